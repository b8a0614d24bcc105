using TdmPortal.Core;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Teams;

/// <summary>Teams and who is in them. Creating a team also makes its reader role in the database.</summary>
public sealed class TeamStore
{
    /// <summary>The teams that a user is in (an admin: all), by name.</summary>
    public Task<IReadOnlyList<TeamMembership>> MembershipsAsync(Guid userId, CancellationToken cancellation) => throw new NotImplementedException();
    public Task<Page<TeamSummary>> ListAsync(Actor admin, string? search, string? after, int take, CancellationToken cancellation) => throw new NotImplementedException();
    /// <exception cref="Core.Errors.ConflictException">team.key_taken</exception>
    public Task<Guid> CreateAsync(Actor admin, string key, string name, string timeZone, CancellationToken cancellation) => throw new NotImplementedException();
    public Task UpdateAsync(Actor lead, Guid teamId, string name, string timeZone, CancellationToken cancellation) => throw new NotImplementedException();
    public Task<IReadOnlyList<TeamMember>> MembersAsync(Actor actor, Guid teamId, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Adds a member or changes the role.</summary>
    public Task SetMemberAsync(Actor lead, Guid teamId, Guid userId, TeamRole role, CancellationToken cancellation) => throw new NotImplementedException();
    public Task RemoveMemberAsync(Actor lead, Guid teamId, Guid userId, CancellationToken cancellation) => throw new NotImplementedException();
}
