using System.Globalization;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Instants, dates, times and durations as a schema document writes them. An instant is ISO 8601 (a date alone is its
/// midnight, no zone means UTC) or relative to as-of: <c>now</c>, <c>now-2y</c>, <c>now+3mo-1d</c>. Units: y, mo, w, d,
/// h, m (minutes), s.
/// </summary>
public static class TimeText
{
    /// <summary>Microseconds in a day.</summary>
    public const long Day = 86_400_000_000;

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    /// <param name="asOf">What <c>now</c> is, in the same unit.</param>
    public static bool TryParseInstant(ReadOnlySpan<char> text, long asOf, out long micros)
    {
        if (text.StartsWith("now", StringComparison.Ordinal))
            return TryShift(asOf, text[3..], out micros);
        micros = 0;
        if (text.Length < 10 || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) || text[4] != '-')
            return false;
        micros = ToMicros(instant);
        return true;
    }

    /// <summary>A length of time in microseconds: <c>30d</c>, <c>1d12h</c>, <c>90m</c>; a year counts 365 days, a month 30.</summary>
    public static bool TryParseDuration(ReadOnlySpan<char> text, out long micros)
    {
        micros = 0;
        var sign = 1;
        if (text is ['-', ..])
        {
            sign = -1;
            text = text[1..];
        }

        if (text.IsEmpty)
            return false;
        while (!text.IsEmpty)
        {
            if (!TryTake(ref text, out var amount, out var unit))
                return false;
            var length = unit switch { "y" => 365 * Day, "mo" => 30 * Day, "w" => 7 * Day, "d" => Day, "h" => Day / 24, "m" => 60_000_000, _ => 1_000_000L };
            micros += sign * amount * length;
        }

        return true;
    }

    /// <summary>Time of day in microseconds since midnight: <c>08:00</c>, <c>08:00:00.5</c>.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out long micros)
    {
        var parsed = TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time);
        micros = parsed ? time.Ticks / 10 : 0;
        return parsed;
    }

    private static bool TryShift(long instant, ReadOnlySpan<char> text, out long micros)
    {
        micros = instant;
        while (!text.IsEmpty)
        {
            if (text[0] is not ('+' or '-'))
                return false;
            var sign = text[0] == '-' ? -1 : 1;
            text = text[1..];
            if (!TryTake(ref text, out var amount, out var unit))
                return false;
            if (unit is "y" or "mo")
            {
                var months = sign * amount * (unit == "y" ? 12 : 1);
                var moment = DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
                if (Math.Abs(months) > 100_000 || moment.Year + (months / 12) is < 2 or > 9998)
                    return false;
                micros = ToMicros(moment.AddMonths((int)months));
            }
            else
            {
                micros += sign * amount * (unit switch { "w" => 7 * Day, "d" => Day, "h" => Day / 24, "m" => 60_000_000, _ => 1_000_000L });
            }
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, out long amount, out string unit)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        (amount, unit) = (0, "");
        if (digits is 0 or > 7)
            return false;
        amount = long.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[digits..];
        unit = text switch { ['m', 'o', ..] => "mo", ['y', ..] => "y", ['w', ..] => "w", ['d', ..] => "d", ['h', ..] => "h", ['m', ..] => "m", ['s', ..] => "s", _ => "" };
        text = text[unit.Length..];
        return unit.Length > 0;
    }

    private static long ToMicros(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
}
