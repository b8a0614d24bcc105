using TdmPortal.Core.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>Edits of what a run does, and what they mean.</summary>
public static class SettingsEdits
{
    /// <summary>The local day of an instant.</summary>
    /// <param name="zone">An IANA id.</param>
    public static DateOnly DayIn(DateTimeOffset at, string zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

    /// <summary>Dates move by whole weeks from this local day; the time of day stays as it was.</summary>
    public static RefreshSettings WithDatesFrom(RefreshSettings settings, DateOnly day, string zone)
    {
        var where = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var time = settings.DatesFrom is { } from ? TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, where).DateTime) : TimeOnly.MinValue;
        var local = day.ToDateTime(time);
        return settings with { Dates = DatePolicy.WholeWeeks, DatesFrom = new DateTimeOffset(local, where.GetUtcOffset(local)).ToUniversalTime() };
    }

    /// <summary>An entity or field stays the same in every run, or no longer; a whole entity says more than its fields.</summary>
    public static RefreshSettings WithStable(RefreshSettings settings, string name, bool stable)
    {
        var others = settings.Stable.Where(other => other != name && !(stable && other.StartsWith(name + ".", StringComparison.Ordinal)));
        return settings with { Stable = [.. (stable ? others.Append(name) : others).Order(StringComparer.Ordinal)] };
    }

    /// <summary>Whether runs make other rows than before: worth a look at them before it is saved.</summary>
    public static bool ChangesRows(RefreshSettings before, RefreshSettings after) =>
        before.SchemaVersion != after.SchemaVersion || before.Seeds != after.Seeds || before.Seed != after.Seed || before.Dates != after.Dates
        || (after.Dates == DatePolicy.WholeWeeks && before.DatesFrom != after.DatesFrom) || before.Scale != after.Scale
        || (after.Seeds == SeedPolicy.New && !before.Stable.Order(StringComparer.Ordinal).SequenceEqual(after.Stable.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        || before.Rows.Count != after.Rows.Count || before.Rows.Any(row => !after.Rows.TryGetValue(row.Key, out var rows) || rows != row.Value);
}
