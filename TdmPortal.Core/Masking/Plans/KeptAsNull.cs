using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Lets a masker's preparation see rows that keep their value as nulls, so that they take no part in it: a shuffle permutes the others among themselves.</summary>
internal sealed class KeptAsNull(RowPass inner, ColumnMask mask) : RowPass
{
    public override IReadOnlyList<int> Columns { get; } = [.. inner.Columns.Append(mask.Place).Concat(mask.Fields.Where(place => place >= 0)).Distinct()];

    public override SegmentPass Begin() => new Segment(inner.Begin(), mask);

    public override void Take(SegmentPass segment) => inner.Take(((Segment)segment).Inner);

    private sealed class Segment(SegmentPass inner, ColumnMask mask) : SegmentPass
    {
        private readonly KeptRows kept = new(mask);
        private Column? copy;
        private Column?[] seen = [];
        private int[] rows = [];

        public SegmentPass Inner => inner;

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            if (kept.Of(columns, count) is not { } bits)
            {
                inner.Add(firstRow, columns, count);
                return;
            }

            if (rows.Length < count)
                rows = [.. Enumerable.Range(0, count)];
            copy ??= ColumnCopy.Like(columns[mask.Place]!);
            copy.Gather(columns[mask.Place]!, rows.AsSpan(0, count));
            copy.SetNulls(bits);
            if (seen.Length != columns.Count)
                seen = new Column?[columns.Count];
            for (var place = 0; place < seen.Length; place++)
                seen[place] = place == mask.Place ? copy : columns[place];
            inner.Add(firstRow, seen, count);
        }
    }
}
