using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;
using Xunit;

namespace TdmPortal.Tests.Quality;

public sealed class SketchTests
{
    private const int Count = 300_000;

    /// <summary>Orders that a sketch with a fixed choice would be fooled by.</summary>
    public static TheoryData<string> Orders => ["ascending", "descending", "zigzag", "organ pipe", "blocks", "shuffled", "saw"];

    /// <summary>The numbers 0..n-1, whose ranks are known, in a hostile order: every rank within four standard deviations, whole and merged from parts.</summary>
    [Theory]
    [MemberData(nameof(Orders))]
    public void Items_HostileOrder_RanksAreWithinTheBound(string order)
    {
        var numbers = Enumerable.Range(0, Count).Select(i => (double)At(order, i)).ToArray();
        var whole = new QuantileSketch();
        whole.Clear(1);
        var merged = new QuantileSketch();
        merged.Clear(0);
        foreach (var number in numbers)
            whole.Add(number);
        foreach (var part in numbers.Chunk(40_000))
        {
            var sketch = new QuantileSketch();
            sketch.Clear((ulong)part[0] + 5);
            foreach (var number in part)
                sketch.Add(number);
            merged.Merge(sketch);
        }

        foreach (var sketch in new[] { whole, merged })
        {
            var distribution = Distribution.Of(sketch.Items(), (0, Count - 1));
            Assert.Equal(Count, distribution.Count);
            Assert.InRange(sketch.Items().Count, 1, 2600);
            for (var rank = 0; rank < Count; rank += 997)
                Assert.InRange(distribution.CountUpTo(rank) - (rank + 1), -0.016 * Count, 0.016 * Count);
            Assert.Equal((Count - 1) / 2.0, sketch.AllMoments().Mean, 6);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(40_000)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    [InlineData(2_000_000)]
    public void Count_ManyHashes_IsWithinFourStandardErrors(int count)
    {
        var (whole, merged) = (new DistinctCounter(), new DistinctCounter());
        var part = new DistinctCounter();
        for (var i = 0; i < count; i++)
        {
            whole.Add(ValueHash.Of((long)i));
            part.Add(ValueHash.Of((long)i));
            if (i % 50_000 != 49_999)
                continue;
            merged.Merge(part);
            part = new();
        }

        merged.Merge(part);
        Assert.Equal(count <= DistinctCounter.MostExact, whole.IsExact);
        Assert.Equal(whole.Count(), merged.Count());
        if (whole.IsExact)
            Assert.Equal(count, whole.Count());
        else
            Assert.InRange(whole.Count(), count * (1 - (4 * DistinctCounter.Error)), count * (1 + (4 * DistinctCounter.Error)));
    }

    /// <summary>1, 2, 2, 3 against 2, 3, 3, 4: the shares differ most, by a half, below 3 (3/4 against 1/4).</summary>
    [Fact]
    public void KolmogorovSmirnov_FewNumbers_IsAsWorkedOutByHand()
    {
        var (one, other) = (Of(1, 2, 2, 3), Of(2, 3, 3, 4));
        Assert.Equal(0.5, Distribution.KolmogorovSmirnov(one, other), 12);
        Assert.Equal(0.5, Distribution.KolmogorovSmirnov(other, one), 12);
        Assert.Equal(0, Distribution.KolmogorovSmirnov(one, one));
        Assert.Equal(1, Distribution.KolmogorovSmirnov(one, Of(7)), 12);
        Assert.Equal((0, 1, 3, 1), (one.CountUpTo(0.5), one.CountUpTo(1), one.CountBelow(2.5), one.CountBelow(2)));

        static Distribution Of(params double[] numbers) => Distribution.Of([.. numbers.Select(number => (number, 1L))]);
    }

    [Fact]
    public void Merge_Moments_IsTheWhole()
    {
        double[] numbers = [.. Enumerable.Range(0, 1000).Select(i => 1e9 + (Randomness.Cell(3, i) % 1000 / 7.0))];
        var (whole, merged) = (Moments.Of(numbers), default(Moments));
        foreach (var part in numbers.Chunk(37))
            merged.Merge(Moments.Of(part));
        Assert.Equal(whole.Mean, merged.Mean, 6);
        Assert.Equal(whole.StandardDeviation!.Value, merged.StandardDeviation!.Value, 8);
        Assert.Equal(whole.Skewness!.Value, merged.Skewness!.Value, 8);
    }

    private static int At(string order, int i) => order switch
    {
        "ascending" => i,
        "descending" => Count - 1 - i,
        "zigzag" => i % 2 == 0 ? i / 2 : Count - 1 - (i / 2),
        "organ pipe" => i < Count / 2 ? 2 * i : (2 * (Count - 1 - i)) + 1,
        "blocks" => (i % 1000 * (Count / 1000)) + (i / 1000),
        "saw" => (int)((long)i * 7919 % Count),
        _ => (int)((long)i * 190_027 % Count),
    };
}
