using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Dates moved by a number of days that is one person's own, so that order and gaps of a person's dates stay.</summary>
internal sealed class DateShiftMasker : NumberMasker
{
    /// <summary>Days to either side, unless told otherwise.</summary>
    public const int UsualDays = 180;

    private readonly PersonShift shift;
    private readonly long unit;

    private DateShiftMasker(MaskerContext context, int days) =>
        (shift, unit) = (new(context, context.Key, days), context.Column.Type == FieldType.Timestamp ? TimeText.Day : 1);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("date_shift", "Shift by person", MaskerForm.Numbers, "All dates of a person move by one number of days, so that their order and the time between them stay.", MaskerForm.Days,
        MaskerTraits.Consistent, "1985-03-12", Create,
        [
            new("person", ArgumentKind.Field, "The column that says whose dates they are, such as customer_id; without it all rows move by one number of days."),
            Integer("days", "How far at most, to either side.", UsualDays, 1, 36500),
        ], synonyms: "birth date, offset, date of birth, dob, timeline");

    private static DateShiftMasker? Create(MaskerContext context)
    {
        var masker = new DateShiftMasker(context, Math.Max(1, context.Integer("days")));
        return context.Failed() ? null : masker;
    }

    protected override long MaskValue(MaskBatch batch, int row, long value) => value + (shift.Of(batch, row) * unit);
}
