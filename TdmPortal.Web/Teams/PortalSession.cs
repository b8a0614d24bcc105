using TdmPortal.Core.Teams;
using TdmPortal.Data.Teams;

namespace TdmPortal.Web.Teams;

/// <summary>Who is signed in and where they work now.</summary>
/// <param name="Teams">The teams that the user may switch to, by name.</param>
/// <param name="TimeZone">IANA id; null: the browser's.</param>
public sealed record PortalSession(Actor Actor, string DisplayName, string? Email, string? TimeZone, IReadOnlyList<TeamMembership> Teams)
{
    /// <summary>The current team, null when the user is in none.</summary>
    public TeamMembership? Team => Teams.FirstOrDefault(team => team.TeamId == Actor.TeamId);
}
