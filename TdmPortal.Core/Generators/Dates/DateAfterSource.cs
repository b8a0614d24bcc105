using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Dates;

/// <summary>A moment so much later than another date of the row or of its parent; null where that one is, or where it would come too late.</summary>
internal sealed class DateAfterSource(FieldReference of, bool toDate, long min, long max, long until) : ValueSource
{
    private const long Second = 1_000_000;

    public override bool CanBeNull => true;

    public static ValueSource? Create(SourceContext context)
    {
        var (min, max) = (context.Duration("min"), context.Duration("max"));
        var until = context.Has("until") ? context.Instant("until") : long.MaxValue;
        if (min > max)
            context.Refuse("min", "\"min\" is longer than \"max\"", false);
        var name = context.Text("of");
        if (context.Failed() || context.Reference(name, "of") is not { } of)
            return null;
        if (of.Type is not (FieldType.Date or FieldType.Timestamp))
            return context.Refuse<ValueSource?>("of", $"{name} is no date: date.after needs a date or timestamp to count from", null);
        return new DateAfterSource(of, context.Type == FieldType.Date, min, max, context.Type == FieldType.Date ? MomentSource.Days(until) : until);
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var from = (LongColumn)fill[of];
        var to = ((LongColumn)target).Values;
        for (var i = 0; i < rows.Length; i++)
        {
            if (from.IsNull(i))
            {
                target.SetNull(i);
                continue;
            }

            var random = Randomness.Cell(fill.Key, rows[i]);
            if (toDate)
            {
                // Whole days: the shortest time rounds up, the longest down, so that both hold for the days themselves.
                var day = of.Type == FieldType.Date ? from.Values[i] : MomentSource.Days(from.Values[i]);
                var (low, high) = (-MomentSource.Days(-min), MomentSource.Days(max));
                to[i] = day + low + (high > low ? (long)Randomness.Bounded(random, (ulong)(high - low) + 1) : 0);
            }
            else
            {
                var start = of.Type == FieldType.Date ? from.Values[i] * TimeText.Day : from.Values[i];
                to[i] = start + min + ((long)Randomness.Bounded(random, ((ulong)(max - min) / Second) + 1) * Second);
            }

            if (to[i] > until)
                target.SetNull(i);
        }
    }
}
