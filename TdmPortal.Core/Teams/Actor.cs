using TdmPortal.Core.Audit;

namespace TdmPortal.Core.Teams;

/// <summary>Who asks, and for which team: handed to every operation, and from there into the database's row-level security.</summary>
/// <param name="UserId">The signed-in user.</param>
/// <param name="UserName">For people.</param>
/// <param name="IsAdmin">May do everything, in every team.</param>
/// <param name="TeamId">The team that the user works in now.</param>
/// <param name="TeamKey">Its key, <c>^[a-z][a-z0-9]{0,19}$</c>.</param>
/// <param name="Role">The user's role there (an admin acts as lead).</param>
public sealed record Actor(Guid UserId, string UserName, bool IsAdmin, Guid TeamId, string TeamKey, TeamRole Role)
{
    /// <summary>Where the request came from, for the audit.</summary>
    public AuditOrigin Origin { get; init; } = AuditOrigin.Portal;

    /// <summary>Whether the actor may do what a lead may.</summary>
    public bool IsLead => IsAdmin || Role == TeamRole.Lead;
}
