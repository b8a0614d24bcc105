using System.Numerics;
using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

public sealed class RandomnessTests
{
    [Fact]
    public void Cell_OneBitOfRowOrKey_FlipsHalfTheBits()
    {
        foreach (var bit in Enumerable.Range(0, 64))
        {
            var (byRow, byKey) = (0, 0);
            for (long row = 0; row < 2000; row++)
            {
                byRow += BitOperations.PopCount(Randomness.Cell(99, row) ^ Randomness.Cell(99, row ^ (1L << bit)));
                byKey += BitOperations.PopCount(Randomness.Cell(99, row) ^ Randomness.Cell(99UL ^ (1UL << bit), row));
            }

            // 128,000 coins: six standard deviations are 0.84 %.
            Assert.InRange(byRow / 128_000.0, 0.49, 0.51);
            Assert.InRange(byKey / 128_000.0, 0.49, 0.51);
        }
    }

    [Fact]
    public void Bounded_NeighbouringRows_AreIndependent()
    {
        var pairs = new double[100];
        for (long row = 0; row < 100_000; row++)
            pairs[(Randomness.Bounded(Randomness.Cell(5, row), 10) * 10) + Randomness.Bounded(Randomness.Cell(5, row + 1), 10)]++;
        Assert.InRange(ChiSquare.Statistic(pairs, [.. Enumerable.Repeat(1000.0, 100)]), 40, 149.4);
    }

    [Fact]
    public void Derive_NamesThatShareLetters_GiveOtherKeys()
    {
        var keys = new[] { "a", "b", "ab", "ba", "aa", "", "order", "orders" }.Select(name => Randomness.Derive(1, name)).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }
}
