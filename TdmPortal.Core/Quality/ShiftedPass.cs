using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality;

/// <summary>A pass that takes the columns from a place on for an entity's: the originals behind the masked ones, for one.</summary>
/// <param name="inner">What looks.</param>
/// <param name="by">Columns before its first one.</param>
public sealed class ShiftedPass(RowPass inner, int by) : RowPass
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Columns { get; } = [.. inner.Columns.Select(column => column + by)];

    /// <inheritdoc/>
    public override SegmentPass Begin() => new Segment(inner.Begin(), by);

    /// <inheritdoc/>
    public override void Take(SegmentPass segment) => inner.Take(((Segment)segment).Inner);

    private sealed class Segment(SegmentPass inner, int by) : SegmentPass
    {
        private Column?[] rest = [];

        public SegmentPass Inner { get; } = inner;

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            if (rest.Length != columns.Count - by)
                rest = new Column?[columns.Count - by];
            for (var place = 0; place < rest.Length; place++)
                rest[place] = columns[place + by];
            Inner.Add(firstRow, rest, count);
        }
    }
}
