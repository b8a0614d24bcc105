using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The age that follows from the row's masked birth date.</summary>
internal sealed class AgeMasker : NumberMasker
{
    private readonly DateTime today;
    private readonly int birth;
    private readonly long unit;

    private AgeMasker(MaskerContext context, int birth)
    {
        today = DateTime.UnixEpoch.AddTicks(context.AsOf * 10).Date;
        this.birth = birth;
        unit = context.FieldColumn("birth")!.Type == FieldType.Timestamp ? TimeText.Day : 1;
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("age", "Age by birth date", MaskerForm.Numbers, "The age in years that follows from the masked birth date of the row.", [FieldType.Integer],
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "40", Create, [new("birth", ArgumentKind.Field, "The column of birth dates whose masked value it follows.") { Required = true }], """{"birth":"value"}""", "years, dependent");

    private static AgeMasker? Create(MaskerContext context)
    {
        context.Text("birth");
        if (context.Failed() || context.Field("birth", masked: true) is not { } place)
            return null;
        if (context.FieldColumn("birth")!.Type is FieldType.Date or FieldType.Timestamp || context.Columns.Count == 1)
            return new AgeMasker(context, place);
        context.Refuse("birth", "must name a column of dates");
        return null;
    }

    protected override long MaskValue(MaskBatch batch, int row, long value)
    {
        if (batch.Companion(birth) is not LongColumn dates || dates.IsNull(row) || dates.Values[row] / unit is not (> -700_000 and < 2_900_000 and var day))
            return Math.Clamp(value, 0, 90) / 10 * 10;
        var born = DateTime.UnixEpoch.AddDays(day);
        var age = today.Year - born.Year;
        return Math.Max(0, today.Month < born.Month || (today.Month == born.Month && today.Day < born.Day) ? age - 1 : age);
    }
}
