using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Order-preserving: the gaps between neighbouring values are stretched or shrunk by a keyed factor of ½ to 1½ each, beginning at the
/// lowest, so who is before whom stays and no value but by chance. Distinct values are held in memory.
/// </summary>
internal sealed class RankMasker(MaskerContext context) : NumberMasker
{
    private readonly MaskingKey key = context.Key;
    private readonly HashSet<long> seen = [];
    private readonly Lock making = new();
    private long[]? values;
    private long[]? masked;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("rank", "Keep the order", MaskerForm.Rearrange, "Values become others in the same order: the gaps between neighbours are changed.", [FieldType.Integer, FieldType.Decimal, FieldType.Date, FieldType.Timestamp],
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.MayKeepValue | MaskerTraits.LooksAtAllRows, "1200", Create, synonyms: "order-preserving, monotone, ordinal, sort");

    private static RankMasker? Create(MaskerContext context)
    {
        if (context.Column is { Type: FieldType.Decimal, Precision: > 18 })
            context.Report("masking.too_precise", $"{context.Column.Name} has {context.Column.Precision} digits, and numbers of up to 18 can be put in order here.", "Choose shuffle");
        return context.Failed() ? null : new RankMasker(context);
    }

    public override RowPass Preparation(int column) => new Pass(this, column);

    protected override long MaskValue(MaskBatch batch, int row, long value)
    {
        if (Volatile.Read(ref masked) is null)
            Make();
        var at = Array.BinarySearch(values!, value);
        return at >= 0 ? masked![at] : throw new InvalidOperationException("the source's rows are not those that were looked at before masking");
    }

    private void Make()
    {
        lock (making)
        {
            if (masked is null)
                MakeOnce();
        }
    }

    private void MakeOnce()
    {
        long[] sorted = [.. seen.Order()];
        var others = new long[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            // The first moves by up to the gap behind it.
            var gap = i > 0 ? sorted[i] - sorted[i - 1] : sorted.Length > 1 ? sorted[1] - sorted[0] : 1;
            var factor = key.Draw(key.Number(sorted[i])).Fraction();
            others[i] = i > 0 ? others[i - 1] + Math.Max(1, (long)(gap * (0.5 + factor))) : sorted[0] + (long)(gap * factor);
        }

        values = sorted;
        Volatile.Write(ref masked, others);
        seen.Clear();
    }

    private sealed class Pass(RankMasker masker, int column) : RowPass
    {
        public override IReadOnlyList<int> Columns { get; } = [column];

        public override SegmentPass Begin() => new Segment(column);

        public override void Take(SegmentPass segment) => masker.seen.UnionWith(((Segment)segment).Seen);
    }

    private sealed class Segment(int column) : SegmentPass
    {
        public HashSet<long> Seen { get; } = [];

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            var source = (LongColumn)columns[column]!;
            for (var row = 0; row < count; row++)
            {
                if (!source.IsNull(row))
                    Seen.Add(source.Values[row]);
            }
        }
    }
}
