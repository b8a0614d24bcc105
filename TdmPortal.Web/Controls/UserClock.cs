using System.Globalization;

namespace TdmPortal.Web.Controls;

/// <summary>Times as the signed-in user reads them: in the zone of the account, else of the browser, else UTC, always named.</summary>
public sealed class UserClock(TimeProvider clock)
{
    /// <summary>Raised when the zone became known or was changed.</summary>
    public event Action? Changed;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The zone of the team that the user works in, null where it is none.</summary>
    public TimeZoneInfo? TeamZone { get; private set; }

    /// <summary>An IANA id; an unknown one leaves UTC.</summary>
    public void SetZone(string? id)
    {
        var zone = Find(id) ?? TimeZoneInfo.Utc;
        if (zone.Id == Zone.Id)
            return;
        Zone = zone;
        Changed?.Invoke();
    }

    /// <summary>The team's zone, in which times are named beside the user's own.</summary>
    public void SetTeamZone(string? id)
    {
        TeamZone = Find(id);
        Changed?.Invoke();
    }

    /// <summary>"21 Nov 2026, 14:05 CET".</summary>
    public string Format(DateTimeOffset value) => Format(value, Zone);

    /// <summary>As <see cref="Format(DateTimeOffset)"/>, and what the team's clock shows where that is another time of day.</summary>
    public string FormatForTeam(DateTimeOffset value) =>
        TeamZone is { } team && team.GetUtcOffset(value) != Zone.GetUtcOffset(value) ? $"{Format(value)}; for the team {Format(value, team)}" : Format(value);

    private static TimeZoneInfo? Find(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : null;

    private static string Format(DateTimeOffset value, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(value, zone);
        return local.ToString("d MMM yyyy, HH:mm ", CultureInfo.InvariantCulture) + ZoneName(local, zone);
    }

    /// <summary>What the user's own clock shows at an instant.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset value) => TimeZoneInfo.ConvertTime(value, Zone);

    /// <summary>The instant at which the user's own clock shows this; where a clock change skips it, the first one after.</summary>
    public DateTimeOffset ToInstant(DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(wall))
            wall = wall.AddMinutes(1);
        return new DateTimeOffset(wall, Zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    /// <summary>"just now", "5 minutes ago", "in 2 hours"; beyond a week the date.</summary>
    public string Ago(DateTimeOffset value)
    {
        var span = clock.GetUtcNow() - value;
        var past = span >= TimeSpan.Zero;
        span = span.Duration();
        var text = span.TotalSeconds < 45 ? null
            : span.TotalMinutes < 59.5 ? Count(span.TotalMinutes, "minute")
            : span.TotalHours < 23.5 ? Count(span.TotalHours, "hour")
            : span.TotalDays < 7 ? Count(span.TotalDays, "day")
            : Format(value);
        return text is null ? "just now" : span.TotalDays >= 7 ? text : past ? text + " ago" : "in " + text;
    }

    /// <summary>The abbreviation people use where the platform has one, else the offset.</summary>
    private static string ZoneName(DateTimeOffset local, TimeZoneInfo zone)
    {
        if (zone.Id is "UTC" or "Etc/UTC")
            return "UTC";
        var name = zone.IsDaylightSavingTime(local) ? zone.DaylightName : zone.StandardName;
        if (name.Length is > 1 and <= 5 && name.All(char.IsAsciiLetterUpper))
            return name;
        var offset = local.Offset;
        return string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset.Duration():hh\\:mm}");
    }

    private static string Count(double amount, string unit)
    {
        var whole = Math.Max(1, (long)Math.Round(amount));
        return string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}{(whole == 1 ? "" : "s")}");
    }
}
