using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Dates become the first day of their week, month, quarter, year or decade.</summary>
internal sealed class GeneraliseDateMasker(bool timestamp, string to) : NumberMasker
{
    private static readonly long Epoch = DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("generalise_date", "Coarser date", MaskerForm.Generalise, "A date becomes the first day of its week, month, quarter, year or decade.", MaskerForm.Days,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "1985-03-12", Create, [Option("to", "How coarse.", "month", "week", "month", "quarter", "year", "decade")], synonyms: "truncate, month, quarter, year, birth date");

    private static GeneraliseDateMasker? Create(MaskerContext context)
    {
        var part = context.Option("to");
        return context.Failed() ? null : new GeneraliseDateMasker(context.Column.Type == FieldType.Timestamp, part);
    }

    protected override long MaskValue(MaskBatch batch, int row, long value)
    {
        var day = timestamp ? (value - (((value % TimeText.Day) + TimeText.Day) % TimeText.Day)) / TimeText.Day : value;
        if (to == "week")
        {
            // 1970-01-01 was a Thursday; weeks begin on Monday.
            var weekday = (((day + 3) % 7) + 7) % 7;
            day -= weekday;
        }
        else if (day + Epoch is >= 0 and <= 3_652_058 and var number)
        {
            // Dates beyond the years 1 to 9999 have no calendar here and stay: they are no person's.
            var date = new DateTime(number * TimeSpan.TicksPerDay, DateTimeKind.Utc);
            var year = to == "decade" ? Math.Max(1, date.Year / 10 * 10) : date.Year;
            var month = to switch { "month" => date.Month, "quarter" => ((date.Month - 1) / 3 * 3) + 1, _ => 1 };
            day = (new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerDay) - Epoch;
        }

        return timestamp ? day * TimeText.Day : day;
    }
}
