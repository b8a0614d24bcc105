using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Teams;

/// <summary>A member in a team's list.</summary>
public sealed record TeamMember(Guid UserId, string UserName, string DisplayName, TeamRole Role, bool Disabled, DateTimeOffset Since);
