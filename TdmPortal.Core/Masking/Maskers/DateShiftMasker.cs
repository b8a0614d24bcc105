using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Dates moved by a number of days that is one person's own, so that order and gaps of a person's dates stay.</summary>
internal sealed class DateShiftMasker : NumberMasker
{
    private readonly MaskingKey key;
    private readonly int? person;
    private readonly ColumnDescription? personColumn;
    private readonly long days;
    private readonly long unit;
    private readonly long all;

    private DateShiftMasker(MaskerContext context, int days, int? person)
    {
        (this.days, this.person) = (days, person);
        key = context.ValuesOf("date_shift").Key;
        personColumn = context.FieldColumn("person");
        unit = context.Column.Type == FieldType.Timestamp ? TimeText.Day : 1;
        all = Offset(context.Key.Number("all"u8));
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("date_shift", "Shift by person", MaskerForm.Numbers, "All dates of a person move by one number of days, so that their order and the time between them stay.", MaskerForm.Days,
        MaskerTraits.Consistent, "1985-03-12", Create,
        [
            new("person", ArgumentKind.Field, "The column that says whose dates they are, such as customer_id; without it all rows move by one number of days."),
            Integer("days", "How far at most, to either side.", 180, 1, 36500),
        ], synonyms: "birth date, offset, date of birth, dob, timeline");

    private static DateShiftMasker? Create(MaskerContext context)
    {
        var (most, place) = (context.Integer("days"), context.Field("person", masked: false));
        return context.Failed() ? null : new DateShiftMasker(context, most, place);
    }

    protected override long MaskValue(MaskBatch batch, int row, long value)
    {
        if (person is { } place && batch.Companion(place) is var column && !column.IsNull(row))
            return value + Offset(CellNumber.Of(key, column, row, personColumn!.Type, personColumn.Scale));
        return value + all;
    }

    /// <summary>Never 0.</summary>
    private long Offset(UInt128 number)
    {
        var step = (long)Randomness.Bounded((ulong)number, (ulong)(2 * days)) - days;
        return (step < 0 ? step : step + 1) * unit;
    }
}
