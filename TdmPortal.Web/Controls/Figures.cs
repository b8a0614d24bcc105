using System.Globalization;

namespace TdmPortal.Web.Controls;

/// <summary>Numbers, sizes and durations as people read them.</summary>
public static class Figures
{
    /// <summary>1,200,000.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1.2 M: for charts and tight places, the exact number belongs in the title.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e9 => (value / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + " G",
        >= 1e6 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("#,0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>12.4 MB; powers of 1000.</summary>
    public static string Bytes(long value)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var unit = 0;
        double amount = value;
        while (Math.Abs(amount) >= 999.5 && unit < units.Length - 1)
        {
            amount /= 1000;
            unit++;
        }
        return amount.ToString(unit == 0 || amount >= 99.95 ? "0" : "0.#", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary>"0.4 seconds", "38 seconds", "2 minutes 5 seconds", "3 hours 20 minutes", "4 days 2 hours".</summary>
    public static string Duration(TimeSpan value)
    {
        if (value < TimeSpan.Zero)
            value = TimeSpan.Zero;
        if (value.TotalSeconds < 10 && value.TotalSeconds > 0)
        {
            var seconds = value.TotalSeconds.ToString(value.TotalSeconds < 0.1 ? "0.00" : "0.#", CultureInfo.InvariantCulture);
            return seconds == "1" ? "1 second" : seconds + " seconds";
        }

        var whole = TimeSpan.FromSeconds(Math.Round(value.TotalSeconds));
        return whole switch
        {
            { TotalSeconds: < 60 } => Unit(whole.Seconds, "second"),
            { TotalMinutes: < 60 } => Pair(whole.Minutes, "minute", whole.Seconds, "second"),
            { TotalHours: < 24 } => Pair(whole.Hours, "hour", whole.Minutes, "minute"),
            _ => Pair((int)whole.TotalDays, "day", whole.Hours, "hour"),
        };
    }

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? Unit(large, largeUnit) : Unit(large, largeUnit) + " " + Unit(small, smallUnit);

    private static string Unit(int amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}{(amount == 1 ? "" : "s")}");
}
