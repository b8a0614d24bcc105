using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>Links within families and in junctions: how children are spread, and how many steps that takes, however many rows there are.</summary>
public sealed class FamilyLinkTests
{
    private const ulong Key = 0x0FED_CBA9_8765_4321;

    [Theory]
    [InlineData(20)]
    [InlineData(3000)]
    [Trait("Requirement", "N1")]
    public void Matched_AMillionTimesTheRows_TakesNoMoreStepsEitherWay(long tenants)
    {
        var few = Steps(tenants, 30 * tenants);
        var many = Steps(tenants, 30_000_000 * tenants);
        Assert.InRange(many.Forward, 0, (few.Forward * 2) + 5);
        Assert.InRange(many.Backward, 0, (few.Backward * 2) + 200);
    }

    [Fact]
    public void Matched_Counts_AreSpreadAsRandomOnesAre()
    {
        var (up, candidates) = (new UniformLink(Key, 10, 20_000), new UniformLink(Key ^ 1, 10, 1000));
        var link = new MatchedLink(Key ^ 2, 1000, 20_000, up, candidates);
        var counts = Counts(link);
        var families = Enumerable.Range(0, 10).Select(tenant => up.CountOf(tenant) / (double)candidates.CountOf(tenant)).ToArray();
        var expected = Enumerable.Range(0, 1000).Select(parent => families[candidates.ParentOf(parent)]).ToArray();
        Assert.InRange(ChiSquare.Statistic(counts, expected), 990 * 0.75, 990 * 1.2);
    }

    [Theory]
    [InlineData(1, 6, 400, 9000)]
    [InlineData(2, 6, 400, 9000)]
    [InlineData(3, 2, 3, 300)]
    public void Matched_FamilyThatIsKept_GivesTheSameChildrenInTheSameOrder(ulong seed, long tenants, long parents, long rows)
    {
        MatchedLink Link() => new(seed, parents, rows, new UniformLink(Key, tenants, rows), new UniformLink(Key ^ 1, tenants, parents));
        var kept = Link();
        for (var i = 0; i < parents; i++)
            Children(kept, i % 3, 500);

        // A link of its own for each parent has nothing kept yet.
        for (var parent = 0; parent < parents; parent++)
            Assert.Equal(Children(Link(), parent, 500), Children(kept, parent, 3));
    }

    [Fact]
    public void Agreeing_FamilyTooLargeToBeKept_IsWalkedToTheSameChildren()
    {
        const long rows = 300_000;
        AgreeingLink Link(long all) => new(Key, 3, all, new UniformLink(Key ^ 1, 2, all), new UniformLink(Key ^ 2, 2, 3), new ZipfQuantile(1, 3));
        Assert.True(new UniformLink(Key ^ 1, 2, rows).CountOf(0) > FamilyMemory.MostChildren);
        var (large, small) = (Link(rows), Link(50_000));
        foreach (var parent in new long[] { 0, 1, 2, 0 })
        {
            var children = Children(large, parent, 5000);
            Assert.All(children.Where((_, i) => i % 100 == 0), child => Assert.Equal(parent, large.ParentOf(child)));
            Assert.Equal(Children(small, parent, 5000), children.Where(child => child < 50_000));
        }
    }

    [Fact]
    public void Seniority_InAFamilyThatIsSorted_IsThatOfTheRowNumbers()
    {
        var link = new UniformLink(Key, 5, 2000);
        var seen = new long[5];
        for (var child = 0; child < 2000; child++)
            Assert.Equal(seen[link.ParentOf(child)]++, link.SeniorityOf(child));
    }

    private static List<long> Children(Link link, long parent, int buffer)
    {
        var (children, cursor, found) = (new List<long>(), default(ChildCursor), new long[buffer]);
        for (int count; (count = link.ChildrenOf(parent, ref cursor, found)) > 0;)
            children.AddRange(found[..count]);
        return children;
    }

    [Fact]
    public void Agreeing_Zipf_HasItsExponentInAFamily()
    {
        var (up, candidates) = (new PerParentLink(Key, 1, 100_000, 100_000), new PerParentLink(Key ^ 1, 1, 300, 300));
        var counts = Counts(new AgreeingLink(Key ^ 2, 300, 100_000, up, candidates, new ZipfQuantile(1.2, 300))).OrderDescending().ToArray();
        Assert.InRange(ZipfExponent.Fit(counts), 1.17, 1.23);
    }

    [Theory]
    [InlineData(1.0, 1000)]
    [InlineData(0.5, 1000)]
    [InlineData(1.5, 90)]
    public void CappedZipf_Counts_AreTheSharesUpToTheCap(double exponent, long cap)
    {
        const int rows = 1024 * 32;
        var counts = Counts(new CappedZipfLink(Key, 500, rows, exponent, cap)).OrderDescending().ToArray();
        var total = Enumerable.Range(1, 500).Sum(rank => Math.Pow(rank, -exponent));
        double wished = 0, given = 0;
        Assert.Equal(rows, counts.Sum());
        Assert.InRange(counts[0], 0, cap);
        for (var rank = 0; rank < 100; rank++)
        {
            // What is above the cap goes to the next ranks, so that up to each rank there is as much as can be.
            wished += rows * Math.Pow(rank + 1, -exponent) / total;
            given += counts[rank];
            Assert.InRange(given, Math.Min(wished, (rank + 1) * cap) - 3, Math.Min(wished, (rank + 1) * cap) + 3);
        }
    }

    [Fact]
    public void RankedPair_BothZipf_HaveTheirSharesAndNoPairTwice()
    {
        const int rows = 60_000;
        var first = new CappedZipfLink(Key, 2000, rows, 0.5, 1500);
        var second = new RankedPairLink(Key ^ 1, first, 1500, 0.3, null);
        Assert.Equal(rows, Enumerable.Range(0, rows).Select(row => (first.ParentOf(row), second.ParentOf(row))).Distinct().Count());
        var counts = Counts(second).OrderDescending().ToArray();
        var total = Enumerable.Range(1, 1500).Sum(rank => Math.Pow(rank, -0.3));
        foreach (var rank in new[] { 3, 10, 50, 200 })
            Assert.InRange(counts[rank - 1], rows * Math.Pow(rank, -0.3) / total * 0.88, rows * Math.Pow(rank, -0.3) / total * 1.12);
    }

    [Fact]
    public void RankedPair_UniformBesideZipf_IsSpreadEvenly()
    {
        const int rows = 60_000;
        var counts = Counts(new RankedPairLink(Key ^ 1, new CappedZipfLink(Key, 2000, rows, 0.8, 1500), 1500, null, null));
        Assert.InRange(ChiSquare.Statistic(counts, [.. Enumerable.Repeat(rows / 1500.0, 1500)]), 0, 1499 * 1.15);
    }

    [Fact]
    public void FamilyForest_Parents_LieAnywhereBefore()
    {
        var link = new FamilyForestLink(Key, 20_000, new UniformLink(Key ^ 1, 8, 20_000), 5, null);
        var (roots, sum) = (0, 0.0);
        for (long row = 1; row < 20_000; row++)
        {
            var parent = link.ParentOf(row);
            roots += parent < 0 ? 1 : 0;
            sum += parent < 0 ? 0 : parent / (double)row;
        }

        Assert.InRange(roots / 20_000.0, 0.045, 0.055);
        Assert.InRange(sum / (20_000 - roots), 0.48, 0.52);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1000, 30)]
    [InlineData(64, 99.5)]
    [InlineData(777, 0.3)]
    public void OrphanRows_Numbers_AreThoseOfTheRowsWithAParent(long present, double percent)
    {
        var rows = OrphanRows.RowsFor(present, percent);
        var orphans = new OrphanRows(Key, percent, rows);
        Assert.Equal(present, orphans.Present);
        var numbers = Enumerable.Range(0, (int)rows).Select(row => orphans.NumberOf(row)).ToList();
        Assert.Equal(Enumerable.Range(0, (int)present).Select(number => (long)number), numbers.Where(number => number >= 0).Order());
        Assert.All(Enumerable.Range(0, (int)present), number => Assert.Equal(number, numbers[(int)orphans.RowOf(number)]));
    }

    private static double[] Counts(Link link)
    {
        var counts = new double[link.Parents];
        for (long child = 0; child < link.Children; child++)
            counts[link.ParentOf(child)]++;
        return counts;
    }

    /// <summary>How often the links of a family are asked for one child's parent, and for one parent's children.</summary>
    private static (double Forward, double Backward) Steps(long tenants, long rows)
    {
        var (up, candidates) = (new CountingLink(new UniformLink(Key, tenants, rows)), new CountingLink(new UniformLink(Key ^ 1, tenants, rows / 3)));
        var link = new MatchedLink(Key ^ 2, rows / 3, rows, up, candidates);
        for (var i = 1; i <= 100; i++)
            Assert.InRange(link.ParentOf(rows - i), 0, link.Parents - 1);
        var forward = up.Steps + candidates.Steps;
        var found = new long[100];
        for (var i = 1; i <= 20; i++)
        {
            var cursor = default(ChildCursor);
            var count = link.ChildrenOf(link.Parents - i, ref cursor, found);
            Assert.All(found[..count], child => Assert.Equal(link.Parents - i, link.ParentOf(child)));
        }

        return (forward / 100.0, (up.Steps + candidates.Steps - forward) / 20.0);
    }

    private sealed class CountingLink(Link inner) : Link(0, inner.Parents, inner.Children)
    {
        public int Steps { get; private set; }

        public override bool HasSlots => inner.HasSlots;

        public override int SlotsPerChild => inner.SlotsPerChild;

        public override long SlotsOf(long parent) => inner.SlotsOf(parent);

        public override long SlotOf(long child) => Count(inner.SlotOf(child));

        public override long ChildAt(long parent, long slot) => Count(inner.ChildAt(parent, slot));

        public override long ParentOf(long child) => Count(inner.ParentOf(child));

        public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
        {
            var count = inner.ChildrenOf(parent, ref cursor, into);
            Steps += count;
            return count;
        }

        private long Count(long result)
        {
            Steps++;
            return result;
        }
    }
}
