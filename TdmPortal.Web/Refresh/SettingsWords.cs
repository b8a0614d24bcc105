using System.Globalization;
using TdmPortal.Core.Refresh;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Refresh;

/// <summary>What a run does, in words.</summary>
public static class SettingsWords
{
    private const int Listed = 6;

    /// <summary>What, and how it is set.</summary>
    public static IReadOnlyList<(string Label, string Text)> Of(RefreshSettings settings, string zone) =>
    [
        .. settings.Masked is null ? Generated(settings, zone) : Masked,
        ("Versions kept", settings.KeepVersions is { } keep ? keep == 1 ? "The newest" : $"The newest {Figures.Number(keep)}" : "By the dataset's own rule"),
        ("Missed runs", settings.Missed == MissedPolicy.RunOnce ? "One run makes up for all of them" : "Are left out"),
        ("Failures", Failures(settings)),
    ];

    private static IEnumerable<(string Label, string Text)> Masked => [("Rows", "All of the source at that moment, or the part that the policy says"), ("Changes of the source", "New, renamed or retyped columns stop the run until a lead takes them over into the policy; then it goes on")];

    private static IEnumerable<(string Label, string Text)> Generated(RefreshSettings settings, string zone) =>
    [
        ("Values", Values(settings)),
        ("Dates", Dates(settings, zone)),
        ("Schema", settings.SchemaVersion is { } version ? string.Create(CultureInfo.InvariantCulture, $"Version {version}, whatever comes after it") : "The latest version at the time of the run"),
        ("Rows", Rows(settings)),
    ];

    private static string Values(RefreshSettings settings) => settings.Seeds == SeedPolicy.Same
        ? string.Create(CultureInfo.InvariantCulture, $"The same in every run (seed {settings.Seed})")
        : "Others in every run" + (settings.Stable.Count == 0 ? "" : $", but for {List(settings.Stable)}");

    private static string Dates(RefreshSettings settings, string zone)
    {
        if (settings.Dates == DatePolicy.Planned || settings.DatesFrom is not { } from)
            return "Move with each run: now is the time that it was planned for";
        return string.Create(CultureInfo.InvariantCulture, $"Move by whole weeks from {SettingsEdits.DayIn(from, zone):ddd d MMM yyyy}, so that weekdays stay");
    }

    private static string Rows(RefreshSettings settings)
    {
        var all = settings.Scale == 1 ? "As the schema says" : string.Create(CultureInfo.InvariantCulture, $"The schema's, times {settings.Scale:0.####}");
        return settings.Rows.Count == 0 ? all : $"{all}, but {List([.. settings.Rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key} {Figures.Number(row.Value)}")])}";
    }

    private static string Failures(RefreshSettings settings)
    {
        var stop = $"Stopped after {Figures.Duration(settings.TimeOut)}";
        return settings.Attempts == 1 ? $"{stop}; never tried again" : string.Create(CultureInfo.InvariantCulture, $"{stop}; up to {settings.Attempts} attempts when the cause passes, the first pause {Figures.Duration(settings.BackOff)}");
    }

    private static string List(IReadOnlyList<string> names) => names.Count > Listed
        ? $"{string.Join(", ", names.Take(Listed))} and {Figures.Number(names.Count - Listed)} more"
        : names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
