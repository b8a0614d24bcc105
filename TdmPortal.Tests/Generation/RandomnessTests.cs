using System.Numerics;
using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// The mixing of 64 bits: the strict avalanche criterion (Webster and Tavares 1985) over every pair of input and output bit,
/// Pearson's correlation and the serial test (Knuth, The Art of Computer Programming 3.3.2) between neighbouring rows, fields,
/// entities and seeds, the runs test of Wald and Wolfowitz, and the equidistribution of each byte. Fixed seeds throughout;
/// bounds at one in a thousand or rarer, allowing for how many are looked at.
/// </summary>
public sealed class RandomnessTests
{
    private const int Count = 100_000;

    /// <summary>Series of 64-bit numbers that have to look unrelated: the pairs of neighbours of each are tested.</summary>
    public static TheoryData<string> Neighbours() => ["rows", "distant rows", "fields", "entities", "seeds", "draws", "null and value", "relationship"];

    [Fact]
    public void Cell_EachBitOfRowOrKey_FlipsEachBitOfTheResultInHalfOfAllCases()
    {
        const int samples = 4000;
        foreach (var byKey in new[] { false, true })
        {
            for (var input = 0; input < 64; input++)
            {
                var flips = new int[64];
                for (var i = 0; i < samples; i++)
                {
                    var (key, row) = (Randomness.Derive(7, (ulong)i), i * 31L);
                    var changed = Randomness.Cell(key, row) ^ (byKey ? Randomness.Cell(key ^ (1UL << input), row) : Randomness.Cell(key, row ^ (1L << input)));
                    for (var output = 0; output < 64; output++)
                        flips[output] += (int)((changed >> output) & 1);
                }

                // 8,192 pairs of bits: 4.9 standard deviations are one in a million.
                Assert.All(flips, count => Assert.InRange(count, (samples / 2) - (4.9 * Math.Sqrt(samples) / 2), (samples / 2) + (4.9 * Math.Sqrt(samples) / 2)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public void Neighbours_Compared_AreNotCorrelated(string what)
    {
        var pairs = Enumerable.Range(0, Count).Select(i => Pair(what, i)).ToArray();

        // Pearson's r of independent values has the deviation 1/√n.
        Assert.InRange(Pearson(pairs.Select(pair => (Randomness.Unit(pair.A), Randomness.Unit(pair.B)))), -3.3 / Math.Sqrt(Count), 3.3 / Math.Sqrt(Count));

        // Each bit of one against the same bit of the other, too: half agree.
        var agreeing = pairs.Sum(pair => 64 - BitOperations.PopCount(pair.A ^ pair.B));
        Assert.InRange(agreeing, (Count * 32.0) - (3.3 * Math.Sqrt(Count * 16.0)), (Count * 32.0) + (3.3 * Math.Sqrt(Count * 16.0)));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public void Neighbours_AsPairsOfDigits_PassTheSerialTest(string what)
    {
        foreach (var shift in new[] { 0, 24, 56 })
        {
            var cells = new double[256];
            for (var i = 0; i < Count; i++)
            {
                var (a, b) = Pair(what, i);
                cells[(((a >> shift) & 15) * 16) + ((b >> shift) & 15)]++;
            }

            Assert.InRange(ChiSquare.Probability(cells, [.. Enumerable.Repeat(1.0, 256)]), 0.0002, 0.9998);
        }
    }

    [Fact]
    public void Bytes_OfManyCells_AreEquallyFrequent()
    {
        for (var shift = 0; shift < 64; shift += 8)
        {
            var counts = new double[256];
            for (long row = 0; row < Count; row++)
                counts[(Randomness.Cell(99, row) >> shift) & 255]++;
            Assert.InRange(ChiSquare.Probability(counts, [.. Enumerable.Repeat(1.0, 256)]), 0.0002, 0.9998);
        }
    }

    [Fact]
    public void Rows_AboveAndBelowTheMiddle_ComeInRunsOfChance()
    {
        var runs = 1;
        var above = 0;
        for (long row = 0; row < Count; row++)
        {
            var isAbove = Randomness.Unit(Randomness.Cell(3, row)) >= 0.5;
            above += isAbove ? 1 : 0;
            runs += row > 0 && isAbove != Randomness.Unit(Randomness.Cell(3, row - 1)) >= 0.5 ? 1 : 0;
        }

        var below = Count - above;
        var expected = (2.0 * above * below / Count) + 1;
        Assert.InRange((runs - expected) / Math.Sqrt((expected - 1) * (expected - 2) / (Count - 1)), -3.3, 3.3);
    }

    [Fact]
    public void Bounded_EveryBound_IsEquallyLikelyEverywhere()
    {
        foreach (var bound in new[] { 2, 3, 7, 10, 100, 1000 })
        {
            var counts = new double[bound];
            for (long row = 0; row < Count; row++)
                counts[Randomness.Bounded(Randomness.Cell(17, row), (ulong)bound)]++;
            Assert.True(bound == 2 ? Math.Abs(counts[0] - (Count / 2)) < 3.3 * Math.Sqrt(Count) / 2 : ChiSquare.Probability(counts, [.. Enumerable.Repeat(1.0, bound)]) > 0.0002, $"{bound}");
        }
    }

    [Fact]
    public void Derive_NamesThatShareLetters_GiveOtherKeys()
    {
        var keys = new[] { "a", "b", "ab", "ba", "aa", "", "order", "orders" }.Select(name => Randomness.Derive(1, name)).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    /// <summary>The keys as the engine makes them: of the seed, then of the entity's name, then of the field's.</summary>
    private static ulong Field(long seed, string entity, string field) => Randomness.Derive(Randomness.Derive(Randomness.Derive((ulong)seed, "entity"), entity), field);

    private static (ulong A, ulong B) Pair(string what, int i) => what switch
    {
        "rows" => (Randomness.Cell(Field(1, "order", "amount"), i), Randomness.Cell(Field(1, "order", "amount"), i + 1)),
        "distant rows" => (Randomness.Cell(Field(1, "order", "amount"), i), Randomness.Cell(Field(1, "order", "amount"), i + (1L << 40))),
        "fields" => (Randomness.Cell(Field(1, "order", "field_1"), i), Randomness.Cell(Field(1, "order", "field_2"), i)),
        "entities" => (Randomness.Cell(Field(1, "order", "id"), i), Randomness.Cell(Field(1, "orders", "id"), i)),
        "seeds" => (Randomness.Cell(Field(i, "order", "amount"), 0), Randomness.Cell(Field(i + 1, "order", "amount"), 0)),
        "draws" => (Randomness.Next(Randomness.Cell(5, i), 0), Randomness.Next(Randomness.Cell(5, i), 1)),
        "null and value" => (Randomness.Cell(Field(1, "order", "note"), i), Randomness.Cell(Randomness.Derive(Field(1, "order", "note"), "null"), i)),
        _ => (Randomness.Cell(Field(1, "order", "customer_id"), i), Randomness.Cell(Randomness.Derive(Randomness.Derive(Randomness.Derive(Randomness.Derive(1, "entity"), "order"), "relationship"), "customer_id"), i)),
    };

    private static double Pearson(IEnumerable<(double A, double B)> pairs)
    {
        var all = pairs.ToArray();
        var (meanA, meanB) = (all.Average(pair => pair.A), all.Average(pair => pair.B));
        return all.Sum(pair => (pair.A - meanA) * (pair.B - meanB))
            / Math.Sqrt(all.Sum(pair => (pair.A - meanA) * (pair.A - meanA)) * all.Sum(pair => (pair.B - meanB) * (pair.B - meanB)));
    }
}
