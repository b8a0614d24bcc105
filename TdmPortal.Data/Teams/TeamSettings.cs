namespace TdmPortal.Data.Teams;

/// <summary>What a team's lead may set.</summary>
/// <param name="TimeZone">IANA id; the team's schedules run in it.</param>
/// <param name="DefaultLocale">Of new schemas.</param>
/// <param name="Contacts">Whom to ask, in the team's own words; may be empty.</param>
public sealed record TeamSettings(string Name, string TimeZone, string DefaultLocale, string Contacts);
