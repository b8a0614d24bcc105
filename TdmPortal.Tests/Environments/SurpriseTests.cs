using TdmPortal.Core.Environments;
using Xunit;

namespace TdmPortal.Tests.Environments;

[Trait("Requirement", "N8")]
public class SurpriseTests
{
    [Fact]
    public void Of_SameShares_IsNone() => Assert.Equal(0, Surprise.Of([100, 200, 700], [10_000, 20_000, 70_000]));

    [Fact]
    public void Of_NoBarInCommon_IsOne() => Assert.Equal(1, Surprise.Of([1_000_000, 0], [0, 1_000_000]), 3);

    [Fact]
    public void Of_OneSideWithoutRows_IsOneUnlessBothAre() => Assert.Equal((1.0, 0.0), (Surprise.Of([0, 0], [3, 4]), Surprise.Of([], [])));

    /// <summary>By hand: (0.75, 0.25) and (0.25, 0.75) have the divergence 1 - H(0.75, 0.25) = 0.18872.</summary>
    [Fact]
    public void Of_KnownShares_IsTheDistance() => Assert.Equal(Math.Sqrt(0.1887219), Surprise.Of([7_500_000, 2_500_000], [2_500_000, 7_500_000]), 5);

    [Fact]
    public void Of_FewRowsThatDifferByChance_IsLessThanManyThatDifferAsMuch()
    {
        Assert.Equal(0, Surprise.Of([11, 9], [9, 11]));
        Assert.True(Surprise.Of([11_000, 9_000], [9_000, 11_000]) > 0.05);
    }
}
