using System.Globalization;
using TdmPortal.Core.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>A clock by which runs are shown.</summary>
/// <param name="Label">Whose clock it is: "Europe/Berlin, the team's".</param>
/// <param name="Zone">Null: the schedule's own, whose offset a run's time carries.</param>
public sealed record RunZone(string Label, TimeZoneInfo? Zone)
{
    /// <summary>The schedule's clock, and the team's and the viewer's where they show another time on any of the runs.</summary>
    public static IReadOnlyList<RunZone> Of(string schedule, TimeZoneInfo? team, TimeZoneInfo viewer, IReadOnlyCollection<DateTimeOffset> runs)
    {
        var zones = new List<(string Id, string? Whose, TimeZoneInfo? Zone)> { (schedule, null, null) };
        Add(team, "the team's");
        Add(viewer, "yours");
        return [.. zones.Select(zone => new RunZone(zone.Id.Replace('_', ' ') + (zone.Whose is null || zones.Count == 1 ? "" : $", {zone.Whose}"), zone.Zone))];

        void Add(TimeZoneInfo? zone, string whose)
        {
            if (zone is null)
                return;
            var same = zones.FindIndex(one => one.Id == zone.Id || runs.All(run => Offset(one.Zone, run) == zone.GetUtcOffset(run)));
            if (same < 0)
                zones.Add((zone.Id, whose, zone));
            else
                zones[same] = zones[same] with { Whose = zones[same].Whose is { } former ? $"{former} and {whose}" : whose };
        }
    }

    /// <summary>"06:30", with the day where it is another one than the run's: "Mon 30 Nov, 22:30".</summary>
    public string Show(FireTime run)
    {
        var local = Zone is null ? run.At : TimeZoneInfo.ConvertTime(run.At, Zone);
        return local.ToString(DateOnly.FromDateTime(local.DateTime) == run.Day ? "HH:mm" : "ddd d MMM, HH:mm", CultureInfo.InvariantCulture);
    }

    private static TimeSpan Offset(TimeZoneInfo? zone, DateTimeOffset run) => zone?.GetUtcOffset(run) ?? run.Offset;
}
