using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Teams;

/// <summary>A team as one of its members sees it in the switcher.</summary>
public sealed record TeamMembership(Guid TeamId, string Key, string Name, string TimeZone, string DefaultLocale, string Contacts, TeamRole Role)
{
    /// <summary>Whether edits that reach a scheduled or published dataset wait for a second lead.</summary>
    public bool Review { get; init; }
}
