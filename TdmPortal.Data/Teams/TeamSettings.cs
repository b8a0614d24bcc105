namespace TdmPortal.Data.Teams;

/// <summary>What a team's lead may set.</summary>
/// <param name="TimeZone">IANA id; the team's schedules run in it.</param>
/// <param name="DefaultLocale">Of new schemas.</param>
/// <param name="Contacts">Whom to ask, in the team's own words; may be empty.</param>
public sealed record TeamSettings(string Name, string TimeZone, string DefaultLocale, string Contacts)
{
    /// <summary>Whether edits that reach a scheduled or published dataset wait until a lead other than their author approves them.</summary>
    public bool Review { get; init; }
}
