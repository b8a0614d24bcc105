using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Yes and no drawn anew for each row, yes as often as before.</summary>
internal sealed class BooleanMasker : NumberMasker
{
    private readonly RowKey row;
    private readonly MaskingKey key;
    private long yes;
    private long count;

    private BooleanMasker(MaskerContext context, RowKey row) => (key, this.row) = (context.Key, row);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("boolean", "Draw yes or no", MaskerForm.Numbers, "Yes or no is drawn anew for each row, yes about as often as before.", [FieldType.Boolean],
        MaskerTraits.MayKeepValue | MaskerTraits.LooksAtAllRows | MaskerTraits.Forgets, "true", Create, [new("by", ArgumentKind.Text, "Columns that tell rows apart, parted by commas; the primary key where it is not given.")], synonyms: "flag, flip, random, bool");

    private static BooleanMasker? Create(MaskerContext context) => RowKey.Of(context) is { } row ? new BooleanMasker(context, row) : null;

    public override RowPass Preparation(int column) => new Pass(this, column);

    protected override long MaskValue(MaskBatch batch, int at, long value) => key.Draw(row.Number(batch, at)).Below((ulong)Math.Max(count, 1)) < (ulong)yes ? 1 : 0;

    private sealed class Pass(BooleanMasker masker, int column) : RowPass
    {
        public override IReadOnlyList<int> Columns { get; } = [column];

        public override SegmentPass Begin() => new Segment(column);

        public override void Take(SegmentPass segment)
        {
            var part = (Segment)segment;
            (masker.yes, masker.count) = (masker.yes + part.Yes, masker.count + part.Count);
        }
    }

    private sealed class Segment(int column) : SegmentPass
    {
        public long Yes { get; private set; }

        public long Count { get; private set; }

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
        {
            var source = (LongColumn)columns[column]!;
            for (var at = 0; at < count; at++)
            {
                if (source.IsNull(at))
                    continue;
                Count++;
                Yes += source.Values[at] & 1;
            }
        }
    }
}
