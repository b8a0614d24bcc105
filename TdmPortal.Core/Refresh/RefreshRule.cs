using System.Globalization;
using NodaTime;
using TdmPortal.Core.Errors;

namespace TdmPortal.Core.Refresh;

/// <summary>
/// When a dataset is refreshed, in local dates and times of one zone. What the zone's clocks do is asked each time, so a
/// rule stays right when the zone's rules change after it was made.
/// </summary>
public sealed record RefreshRule
{
    /// <summary>The last of a weekday in a month, for <see cref="Nth"/>.</summary>
    public const int Last = 5;

    /// <summary>Blackout days of one rule.</summary>
    public const int MostBlackouts = 366;

    /// <summary>How often.</summary>
    public required RefreshCycle Cycle { get; init; }

    /// <summary>No run is before this day. The anchor of the biweekly cycle, and its weekday.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>The time of day, to the minute.</summary>
    public required TimeOnly Time { get; init; }

    /// <summary>An IANA id: <c>Europe/Berlin</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>Of the weekly cycle: one or more.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Of the monthly cycle on a day: 1 to 31.</summary>
    public int Day { get; init; }

    /// <summary>Of the monthly cycle on a weekday: 1 to 4, or <see cref="Last"/>.</summary>
    public int Nth { get; init; }

    /// <summary>Of the monthly cycle on a weekday.</summary>
    public DayOfWeek Weekday { get; init; }

    /// <summary>Days without a run.</summary>
    public IReadOnlyList<DateOnly> Blackouts { get; init; } = [];

    /// <summary>What becomes of a run on one of those.</summary>
    public BlackoutMove Move { get; init; }

    /// <summary>Days whose run is left out once: "skip the next".</summary>
    public IReadOnlyList<DateOnly> Skipped { get; init; } = [];

    /// <summary>Refuses what no calendar can follow.</summary>
    /// <exception cref="PortalException">refresh.bad_rule; the message says what is wrong.</exception>
    public void Check()
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
            throw Bad($"\"{Zone}\" is no time zone.", "Choose one of the list, such as Europe/Berlin");
        if (Time.Ticks % TimeSpan.TicksPerMinute != 0)
            throw Bad($"The time {Time:HH:mm:ss.FFF} has seconds.", "Give hours and minutes only");
        if (Start.Year is < 1970 or > 9000)
            throw Bad($"The start {Start:yyyy-MM-dd} is out of range.", "Choose a day between 1970 and 9000");
        if (Cycle == RefreshCycle.Weekly && (Weekdays.Count == 0 || Weekdays.Distinct().Count() != Weekdays.Count || !Weekdays.All(Enum.IsDefined)))
            throw Bad("A weekly refresh needs one or more weekdays, each once.", "Choose at least one weekday");
        if (Cycle == RefreshCycle.MonthlyOnDay && Day is < 1 or > 31)
            throw Bad($"{Day} is no day of a month.", "Choose 1 to 31; shorter months use their last day");
        if (Cycle == RefreshCycle.MonthlyOnWeekday && (Nth is < 1 or > Last || !Enum.IsDefined(Weekday)))
            throw Bad("A month has a first to fourth and a last of each weekday.", "Choose one of these");
        if (!Enum.IsDefined(Cycle) || !Enum.IsDefined(Move))
            throw Bad("The cycle is unknown.", "Choose weekly, biweekly or monthly");
        if (Blackouts.Count > MostBlackouts)
            throw Bad($"There are {Blackouts.Count} blackout days; {MostBlackouts} are the most.", "Remove those that are past");
        if (Cycle == RefreshCycle.Weekly && Move == BlackoutMove.Skip && Blackouts.Count == 0)
            return;
        if (!FireTimes.After(this, DateTimeOffset.MinValue).Any())
            throw Bad("No run is left: every day is a blackout day or skipped.", "Remove blackout days, or move runs to another day");
    }

    /// <summary>"Every second Tuesday at 06:30, Europe/Berlin, from 1 December 2026".</summary>
    public string Describe()
    {
        var days = Cycle switch
        {
            RefreshCycle.Weekly => Weekdays.Count == 7 ? "Every day" : $"Every {Join([.. Weekdays.OrderBy(day => ((int)day + 6) % 7).Select(Name)])}",
            RefreshCycle.Biweekly => $"Every second {Name(Start.DayOfWeek)}",
            RefreshCycle.MonthlyOnDay => Day == 31 ? "On the last day of every month" : Day > 28 ? $"On day {Day} of every month, or its last" : $"On day {Day} of every month",
            _ => $"On the {(Nth == Last ? "last" : (string[])["first", "second", "third", "fourth"] is var names && Nth is >= 1 and <= 4 ? names[Nth - 1] : "?")} {Name(Weekday)} of every month",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{days} at {Time:HH:mm}, {Zone}, from {Start:d MMMM yyyy}");
    }

    private static string Name(DayOfWeek day) => day.ToString();

    private static string Join(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static PortalException Bad(string message, string action) => new("refresh.bad_rule", message) { SuggestedActions = [action] };
}
