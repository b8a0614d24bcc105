using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Dates;

/// <summary>
/// Any day, instant or time of day between two, each equally likely: days for a date, whole seconds for instants and
/// times; microseconds where no two rows may be alike.
/// </summary>
internal sealed class MomentSource(long first, long last, long unit) : ValueSource
{
    private const long Second = 1_000_000;

    public override UInt128? Capacity => (UInt128)(last - first) + 1;

    /// <summary>From and to as instants, or as times of day for a time.</summary>
    public static ValueSource? Between(SourceContext context)
    {
        if (context.Type == FieldType.Time)
            return TimeOfDay(context, context.Has("from") ? "from" : null, context.Has("to") ? "to" : null);
        var (from, to) = (context.Instant("from"), context.Instant("to"));
        if (context.Failed())
            return null;
        if (from <= to && context.Has("weights"))
            return WeightedMomentSource.Create(context, from, to);
        return from <= to ? Create(context, from, to) : context.Refuse<ValueSource?>("from", $"\"from\" ({context.Text("from")}) is after \"to\" ({context.Text("to")})", null);
    }

    /// <summary>Between as-of and so many years or days from it.</summary>
    public static ValueSource? FromNow(SourceContext context, string argument, string unit, int sign)
    {
        var amount = context.Integer(argument);
        if (context.Failed())
            return null;
        if (!TimeText.TryParseInstant($"now{(sign < 0 ? '-' : '+')}{amount}{unit}", context.AsOf, out var far))
            return context.Refuse<ValueSource?>(argument, $"{amount} {argument} from now is outside the calendar", null);
        return sign < 0 ? Create(context, far, context.AsOf) : Create(context, context.AsOf, far);
    }

    /// <summary>Between two arguments that are times of day.</summary>
    public static ValueSource? TimeOfDay(SourceContext context, string? from, string? to)
    {
        var (first, last) = (Time(context, from, 0), Time(context, to, TimeText.Day - Second));
        if (first > last)
            context.Refuse("from", "\"from\" is after \"to\"", false);
        return context.Failed() ? null : new MomentSource(first, last, Second);
    }

    public static MomentSource Create(SourceContext context, long from, long to) => context.Type == FieldType.Date
        ? new(Days(from), Days(to), 1)
        : new(from, to, Second);

    /// <summary>The day that an instant falls on.</summary>
    public static long Days(long micros) => micros >= 0 ? micros / TimeText.Day : ((micros + 1) / TimeText.Day) - 1;

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var values = ((LongColumn)target).Values;
        var count = (ulong)((last - first) / unit) + 1;
        for (var i = 0; i < rows.Length; i++)
            values[i] = first + ((long)Randomness.Bounded(Randomness.Cell(fill.Key, rows[i]), count) * unit);
    }

    public override bool HasOrder => true;

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        var count = (ulong)((last - first) / unit) + 1;
        for (var i = 0; i < ranks.Length; i++)
            ((LongColumn)target).Values[i] = first + ((long)Randomness.Bounded(ranks[i], count) * unit);
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            ((LongColumn)target).Values[i] = first + (long)ranks[i];
    }

    private static long Time(SourceContext context, string? argument, long otherwise)
    {
        if (argument is null)
            return otherwise;
        var text = context.Text(argument);
        return TimeText.TryParseTime(text, out var micros) ? micros : context.Refuse(argument, $"\"{argument}\" must be a time of day such as 08:30, not \"{text}\"", otherwise);
    }
}
