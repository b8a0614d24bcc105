using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>Counts groups of rows that agree in quasi-identifiers, before and after.</summary>
internal sealed class GroupPass : RowPass
{
    private readonly int behind;
    private readonly int[] fields;
    private readonly int? sensitive;

    /// <param name="fields">Places of the quasi-identifiers.</param>
    /// <param name="sensitive">Place of the sensitive column.</param>
    /// <param name="behind">Columns of the entity: that many places behind a masked one is its original.</param>
    public GroupPass(int[] fields, int? sensitive, int behind)
    {
        (this.fields, this.sensitive, this.behind) = (fields, sensitive, behind);
        int[] own = [.. fields, .. sensitive is { } place ? [place] : Array.Empty<int>()];
        Columns = [.. own, .. own.Select(column => column + behind)];
    }

    public GroupState Before { get; } = new();

    public GroupState After { get; } = new();

    public override IReadOnlyList<int> Columns { get; }

    public override SegmentPass Begin() => new Segment(this);

    public override void Take(SegmentPass segment)
    {
        foreach (var (before, beforeValue, after, afterValue) in ((Segment)segment).Rows)
        {
            Before.Add(before, beforeValue);
            After.Add(after, afterValue);
        }
    }

    /// <summary>The group of a row; null is a value like any other.</summary>
    public static ulong GroupOf(IReadOnlyList<Column?> columns, int[] fields, int by, int row)
    {
        var hash = 1UL;
        foreach (var field in fields)
            hash = ValueHash.Combine(hash, columns[field + by]!.IsNull(row) ? 2 : ValueHash.Of(columns[field + by]!, row));
        return hash;
    }

    private sealed class Segment(GroupPass pass) : SegmentPass
    {
        public List<(ulong Before, ulong? BeforeValue, ulong After, ulong? AfterValue)> Rows { get; } = [];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            for (var row = 0; row < count; row++)
                Rows.Add((GroupOf(columns, pass.fields, pass.behind, row), Value(columns, pass.behind, row), GroupOf(columns, pass.fields, 0, row), Value(columns, 0, row)));
        }

        private ulong? Value(IReadOnlyList<Column?> columns, int by, int row) =>
            pass.sensitive is not { } place ? null : columns[place + by]!.IsNull(row) ? 2 : ValueHash.Of(columns[place + by]!, row);
    }
}
