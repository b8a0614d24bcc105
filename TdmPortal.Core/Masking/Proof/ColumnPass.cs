using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>Compares masked cells with their originals, and remembers the originals of identifying columns.</summary>
internal sealed class ColumnPass : RowPass
{
    private readonly int behind;
    private readonly IReadOnlyList<ColumnDescription> descriptions;
    private readonly List<ColumnState> columns;

    /// <param name="columns">Those that are compared.</param>
    /// <param name="behind">Columns of the entity: that many places behind a masked one is its original.</param>
    public ColumnPass(IReadOnlyList<ColumnDescription> descriptions, List<ColumnState> columns, int behind)
    {
        (this.descriptions, this.columns, this.behind) = (descriptions, columns, behind);
        Columns = [.. columns.SelectMany(column => new[] { column.Place, column.Place + behind })];
    }

    public override IReadOnlyList<int> Columns { get; }

    public override SegmentPass Begin() => new Segment(this);

    public override void Take(SegmentPass segment)
    {
        var done = (Segment)segment;
        for (var i = 0; i < columns.Count; i++)
        {
            columns[i].Compared += done.Compared[i];
            columns[i].Same += done.Same[i];
            if (columns[i].Originals is { } bloom)
            {
                foreach (var hash in done.Hashes[i])
                    bloom.Add(hash);
            }
        }
    }

    private sealed class Segment(ColumnPass pass) : SegmentPass
    {
        public long[] Compared { get; } = new long[pass.columns.Count];
        public long[] Same { get; } = new long[pass.columns.Count];
        public List<ulong>[] Hashes { get; } = [.. pass.columns.Select(_ => new List<ulong>())];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            for (var i = 0; i < Compared.Length; i++)
            {
                var state = pass.columns[i];
                var (masked, original) = (columns[state.Place]!, columns[state.Place + pass.behind]!);
                for (var row = 0; row < count; row++)
                {
                    if (original.IsNull(row) || CellKey.IsEmpty(original, row))
                        continue;
                    var hash = CellKey.Of(original, row);
                    var same = !masked.IsNull(row) && CellKey.Of(masked, row) == hash;
                    // A sentinel stays on purpose and is nobody's value.
                    if (same && state.Sentinels.Count > 0 && state.Sentinels.Contains(CellText.Of(original, row, pass.descriptions[state.Place])!))
                        continue;
                    Compared[i]++;
                    if (same)
                        Same[i]++;
                    if (state.Originals is not null)
                        Hashes[i].Add(hash);
                }
            }
        }
    }
}
