using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

public sealed class LinkTests
{
    private const ulong Key = 0x1234_5678_9ABC_DEF1;

    public static TheoryData<string, long, long> Kinds()
    {
        var data = new TheoryData<string, long, long>();
        foreach (var (parents, children) in new[] { (1L, 1L), (1, 50), (3, 1000), (17, 17), (100, 7), (1000, 9000), (5000, 12345), (4096, 4097) })
        {
            foreach (var kind in new[] { "uniform", "zipf", "zipf0.6", "perParent", "oneToOne", "forest", "zipfForest", "pairA", "pairB", "perParentPair", "nullable" })
                data.Add(kind, parents, children);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ChildrenOf_EveryParent_AreExactlyThoseThatPointToIt(string kind, long parents, long children)
    {
        var link = Make(kind, parents, children);
        var forward = new Dictionary<long, SortedSet<long>>();
        for (long child = 0; child < link.Children; child++)
        {
            var parent = link.ParentOrNone(child);
            Assert.InRange(parent, -1, link.Parents - 1);
            if (parent < 0)
                continue;
            if (!forward.TryGetValue(parent, out var family))
                forward[parent] = family = [];
            family.Add(child);
        }

        // Buffers of several sizes: the cursor has to go on where it stopped.
        var buffer = new long[(parents % 5) + 1];
        for (long parent = 0; parent < link.Parents; parent++)
        {
            var backward = new List<long>();
            var cursor = default(ChildCursor);
            for (int count; (count = link.ChildrenOf(parent, ref cursor, buffer)) > 0;)
                backward.AddRange(buffer[..count]);
            Assert.Equal(forward.GetValueOrDefault(parent) ?? [], backward.Order());
        }
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("zipf")]
    [InlineData("pairA")]
    [InlineData("pairB")]
    [InlineData("oneToOne")]
    [InlineData("forest")]
    [Trait("Requirement", "N9")]
    public void ParentOf_MoreChildren_StaysForThoseThatWereThere(string kind)
    {
        var (few, many) = (Make(kind, 700, 500), Make(kind, kind == "forest" ? 1200 : 700, 690));
        for (long child = 0; child < 500; child++)
            Assert.Equal(few.ParentOrNone(child), many.ParentOrNone(child));
    }

    [Theory]
    [InlineData(40, 30, 1200)]
    [InlineData(16, 16, 256)]
    [InlineData(1000, 3, 3000)]
    [InlineData(61, 47, 61 * 47)]
    [InlineData(5000, 5000, 40000)]
    public void Pair_EveryRow_IsDistinct(long sizeA, long sizeB, long rows)
    {
        var design = new PairDesign(Key, sizeA, sizeB, rows);
        var seen = new HashSet<(long, long)>();
        for (long row = 0; row < rows; row++)
        {
            var pair = design.Pair(row);
            Assert.InRange(pair.A, 0, sizeA - 1);
            Assert.InRange(pair.B, 0, sizeB - 1);
            Assert.True(seen.Add(pair), $"row {row} repeats {pair}");
        }
    }

    [Fact]
    public void PerParentPair_ChildrenOfOneParent_HaveDistinctPartners()
    {
        var link = (PartnerLink)Make("perParentPair", 300, 0);
        var first = new PerParentLink(Key, 250, 0, 8);
        var pairs = Enumerable.Range(0, (int)first.Children).Select(child => (first.ParentOf(child), link.ParentOf(child))).ToList();
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
    }

    [Fact]
    public void PerParent_Counts_AreWithinBoundsAndUniform()
    {
        var link = new PerParentLink(Key, 10_000, 1, 10);
        var counts = new int[10_000];
        for (long child = 0; child < link.Children; child++)
            counts[link.ParentOf(child)]++;
        Assert.Equal(55_000, link.Children);
        Assert.True(ChiSquare.Statistic([.. Enumerable.Range(1, 10).Select(n => (double)counts.Count(c => c == n))], [.. Enumerable.Repeat(1000.0, 10)]) < 27.9, "9 degrees of freedom, 0.1 %");
    }

    [Fact]
    public void Uniform_Counts_AreSpreadAsRandomOnesAre()
    {
        const int parents = 2000;
        var link = new UniformLink(Key, parents, 20_000);
        var counts = new double[parents];
        for (long child = 0; child < link.Children; child++)
            counts[link.ParentOf(child)]++;
        var statistic = ChiSquare.Statistic(counts, [.. Enumerable.Repeat(10.0, parents)]);
        Assert.InRange(statistic, 1999 * 0.75, 1999 * 1.15);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.1)]
    [InlineData(0.8)]
    public void Zipf_Shares_FollowTheExponent(double exponent)
    {
        const int parents = 3000;
        var link = new ZipfLink(Key, parents, 600_000, exponent);
        var counts = new double[parents];
        for (long child = 0; child < link.Children; child++)
            counts[link.ParentOf(child)]++;
        Array.Sort(counts);
        Array.Reverse(counts);
        var total = Enumerable.Range(1, parents).Sum(rank => Math.Pow(rank, -exponent));
        foreach (var rank in new[] { 1, 2, 3, 10, 50, 200 })
        {
            var expected = 600_000 * Math.Pow(rank, -exponent) / total;
            Assert.InRange(counts[rank - 1], expected * 0.93, expected * 1.07);
        }
    }

    [Fact]
    public void Forest_EveryParent_ComesBeforeItsChildren()
    {
        var link = Make("forest", 10_000, 0);
        var roots = 0;
        for (long child = 0; child < link.Children; child++)
        {
            var parent = link.ParentOrNone(child);
            Assert.True(parent < child);
            roots += parent < 0 ? 1 : 0;
        }

        Assert.Equal(-1, link.ParentOrNone(0));
        Assert.InRange(roots, 400, 600);
    }

    private static Link Make(string kind, long parents, long children)
    {
        var small = Math.Min(children, parents);
        return kind switch
        {
            "uniform" => new UniformLink(Key, parents, children),
            "nullable" => new UniformLink(Key, parents, children) { NullThreshold = Randomness.Threshold(30) },
            "zipf" => new ZipfLink(Key, parents, children, 1),
            "zipf0.6" => new ZipfLink(Key, parents, children, 0.6) { NullThreshold = Randomness.Threshold(5) },
            "perParent" => new PerParentLink(Key, parents, 0, 7),
            "oneToOne" => new OneToOneLink(Key, parents, small),
            "forest" => new ForestLink(Key, parents, null, 5),
            "zipfForest" => new ForestLink(Key, parents, 1, 5),
            "pairA" => new PairLink(new(Key, parents, Math.Max(1, parents / 2), Math.Min(children, parents * Math.Max(1, parents / 2))), true, Key, parents, Math.Min(children, parents * Math.Max(1, parents / 2))),
            "pairB" => new PairLink(new(Key, parents, Math.Max(1, parents / 2), Math.Min(children, parents * Math.Max(1, parents / 2))), false, Key, Math.Max(1, parents / 2), Math.Min(children, parents * Math.Max(1, parents / 2))),
            _ => new PartnerLink(Key ^ 1, new PerParentLink(Key, 250, 0, 8), Math.Max(8, parents)),
        };
    }
}
