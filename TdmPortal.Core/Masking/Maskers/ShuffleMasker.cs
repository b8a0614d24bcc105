using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// A permutation of the column's values, within groups where that is asked for: frequencies stay exact. Rows are ordered by a keyed
/// number of their key, and each takes the value of the next one; nulls stay where they are. All values are held in memory.
/// </summary>
internal sealed class ShuffleMasker : Masker
{
    private readonly RowKey row;
    private readonly MaskingKey key;
    private readonly (int Place, int Column, ColumnDescription Description)? group;
    private readonly ColumnDescription type;
    private readonly Pool pool = new();

    private ShuffleMasker(MaskerContext context, RowKey row, int? group)
    {
        (this.row, key, type) = (row, context.Key, context.Column);
        if (group is { } place)
            this.group = (place, context.Companions[place].Column, context.Columns[context.Companions[place].Column]);
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("shuffle", "Shuffle", MaskerForm.Rearrange, "Rows exchange their values, all or within groups: how often each value occurs stays exact. A value alone in its group stays.", Kinds.Any,
        MaskerTraits.KeepsForm | MaskerTraits.MayKeepValue | MaskerTraits.LooksAtAllRows, "Anna", Create,
        [
            new("group", ArgumentKind.Field, "A column within whose equal values rows exchange theirs, such as country."),
            new("by", ArgumentKind.Text, "Columns that tell rows apart, parted by commas; the primary key where it is not given."),
        ], synonyms: "permute, swap, rearrange, mix");

    private static ShuffleMasker? Create(MaskerContext context)
    {
        var within = context.Field("group", masked: false);
        return RowKey.Of(context) is { } by && !context.Failed() ? new ShuffleMasker(context, by, within) : null;
    }

    public override RowPass Preparation(int column) => new Pass(this, column);

    public override void Mask(MaskBatch batch, Column source, Column target)
    {
        pool.Sort();
        target.Reset(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            var (from, at) = source.IsNull(i) || batch.Keeps(i) ? (source, i) : pool.Next(GroupOf(group is { } known ? batch.Companion(known.Place) : null, i), (ulong)row.Number(batch, i));
            target.Take(i, from, at);
        }
    }

    private ulong GroupOf(Column? column, int row) =>
        column is null || column.IsNull(row) ? 0 : (ulong)CellNumber.Of(key, column, row, group!.Value.Description.Type, group.Value.Description.Scale);

    private sealed class Pass(ShuffleMasker masker, int column) : RowPass
    {
        public override IReadOnlyList<int> Columns { get; } = [.. masker.row.Columns.Append(column).Concat(masker.group is { } group ? [group.Column] : []).Distinct()];

        public override SegmentPass Begin() => new Segment(masker, column);

        public override void Take(SegmentPass segment) => ((Segment)segment).MoveTo(masker.pool);
    }

    private sealed class Segment(ShuffleMasker masker, int column) : SegmentPass
    {
        private readonly List<(ulong Group, ulong Order)> rows = [];
        private readonly List<Column> values = [];
        private readonly int[] present = new int[1024];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            var source = columns[column]!;
            for (var first = 0; first < count; first += present.Length)
            {
                var size = 0;
                for (var i = first; i < Math.Min(count, first + present.Length); i++)
                {
                    if (source.IsNull(i))
                        continue;
                    present[size++] = i;
                    rows.Add((masker.GroupOf(masker.group is { } group ? columns[group.Column] : null, i), (ulong)masker.row.Number(columns, i)));
                }

                var copy = Column.For(masker.type.Type, masker.type.Precision, masker.type.IsArray);
                copy.Gather(source, present.AsSpan(0, size));
                values.Add(copy);
            }
        }

        public void MoveTo(Pool pool)
        {
            var at = 0;
            foreach (var part in values)
            {
                for (var i = 0; i < part.Count; i++, at++)
                    pool.Add(rows[at].Group, rows[at].Order, part, i);
            }
        }
    }

    /// <summary>All values that are not null, by group and order.</summary>
    private sealed class Pool
    {
        private readonly List<Entry> entries = [];
        private readonly Lock sorting = new();
        private Entry[]? sorted;

        public void Add(ulong group, ulong order, Column values, int at) => entries.Add(new(group, order, values, at));

        public void Sort()
        {
            lock (sorting)
            {
                if (sorted is not null)
                    return;
                Entry[] all = [.. entries];
                Array.Sort(all);
                entries.Clear();
                sorted = all;
            }
        }

        public (Column Values, int At) Next(ulong group, ulong order)
        {
            var at = Array.BinarySearch(sorted!, new Entry(group, order, null!, 0));
            if (at < 0)
                throw new InvalidOperationException("the source's rows are not those that were looked at before masking");
            var next = at + 1;
            if (next == sorted!.Length || sorted[next].Group != group)
            {
                // Behind the last of a group comes its first.
                next = ~Array.BinarySearch(sorted, new Entry(group, 0, null!, 0));
                next = next < 0 ? ~next : next;
            }

            return (sorted[next].Values, sorted[next].At);
        }
    }

    private readonly record struct Entry(ulong Group, ulong Order, Column Values, int At) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Group != other.Group ? Group.CompareTo(other.Group) : Order.CompareTo(other.Order);
    }
}
