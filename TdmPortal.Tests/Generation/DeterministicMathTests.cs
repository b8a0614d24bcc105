using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

public sealed class DeterministicMathTests
{
    [Fact]
    public void LogExpPow_OverTheWholeRange_AgreeWithThePlatformsOwn()
    {
        for (var i = -600; i <= 600; i++)
        {
            var x = Math.Pow(10, i / 3.0) * (1 + (Math.Abs(i) / 1000.0));
            Close(Math.Log(x), DeterministicMath.Log(x), 4e-15);
            Close(Math.Exp(i), DeterministicMath.Exp(i), 4e-15);
            Close(Math.Pow(x, 0.37), DeterministicMath.Pow(x, 0.37), 1e-13);
        }

        Assert.Equal(0, DeterministicMath.Log(1));
        Assert.Equal(1, DeterministicMath.Exp(0));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.8413447460685429, 1)]
    [InlineData(0.0013498980316300933, -3)]
    [InlineData(0.999999713348428, 5)]
    public void NormalQuantile_KnownPoints_IsWithinItsError(double p, double expected) =>
        Assert.Equal(expected, DeterministicMath.NormalQuantile(p), 7);

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= Math.Abs(expected) * tolerance + 1e-300, $"{actual:R} instead of {expected:R}");
}
