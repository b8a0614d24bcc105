using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Audit;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Teams;
using TdmPortal.Web.Audit;
using TdmPortal.Web.Identity;

namespace TdmPortal.Web.Teams;

/// <summary>
/// The signed-in user in the team they work in now, for pages and API endpoints alike. Read again from the database
/// every few seconds, so that a removed member or a disabled account loses its rights in open pages too.
/// </summary>
public sealed class ActorProvider(AuthenticationStateProvider authentication, IHttpContextAccessor http, CircuitScope circuit, PortalDatabase database, TeamStore teams, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private PortalSession? session;
    private DateTimeOffset readAt;

    /// <summary>For handing to the stores.</summary>
    /// <exception cref="ForbiddenException">Nobody is signed in, or the account was disabled.</exception>
    public async Task<Actor> GetAsync(CancellationToken cancellation = default) => (await GetSessionAsync(cancellation)).Actor;

    /// <inheritdoc cref="GetAsync"/>
    public async Task<PortalSession> GetSessionAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (session is not null && now - readAt < Fresh)
            return session;
        var id = await UserIdAsync() ?? throw new ForbiddenException("Sign in first.");
        session = await ReadAsync(id, cancellation);
        readAt = now;
        return session;
    }

    /// <summary>Moves the user to another of their teams; pages must be loaded anew after it.</summary>
    public async Task SwitchTeamAsync(Guid teamId, CancellationToken cancellation = default)
    {
        var current = await GetSessionAsync(cancellation);
        if (current.Teams.All(team => team.TeamId != teamId))
            throw new NotFoundException("Team");
        await database.ChangeAsSystemAsync(AuditSource.Of(current.Actor), async (context, token) =>
        {
            var team = current.Teams.First(team => team.TeamId == teamId);
            context.Audit.Add(AuditAction.TeamSwitched, AuditObject.Team(teamId, team.Key), current.Team is null ? null : new { team = current.Team.Key }, new { team = team.Key }, team: teamId);
            var user = await context.Users.SingleAsync(user => user.Id == current.Actor.UserId, token);
            user.CurrentTeamId = teamId;
            return await context.SaveChangesAsync(token);
        }, cancellation);
        session = null;
    }

    /// <summary>Reads everything again at the next call: after the account's settings changed.</summary>
    public void Forget() => session = null;

    private async Task<Guid?> UserIdAsync()
    {
        var user = circuit.IsOpen ? (await authentication.GetAuthenticationStateAsync()).User : http.HttpContext?.User;
        return Guid.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
    }

    private async Task<PortalSession> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var user = await database.ReadAsSystemAsync((context, token) => context.Users
            .Where(user => user.Id == userId && !user.Disabled)
            .Select(user => new
            {
                user.UserName,
                user.DisplayName,
                user.Email,
                user.TimeZone,
                user.CurrentTeamId,
                IsAdmin = context.UserRoles.Any(role => role.UserId == userId && context.Roles.Any(known => known.Id == role.RoleId && known.Name == PortalRoles.Admin)),
            })
            .SingleOrDefaultAsync(token), cancellation)
            ?? throw new ForbiddenException("This account was disabled. Ask an administrator.");
        var memberships = await teams.MembershipsAsync(userId, cancellation);
        var team = memberships.FirstOrDefault(team => team.TeamId == user.CurrentTeamId) ?? (memberships.Count > 0 ? memberships[0] : null);
        var role = user.IsAdmin ? TeamRole.Lead : team?.Role ?? TeamRole.Tester;
        var name = user.UserName ?? "";
        return new PortalSession(new Actor(userId, name, user.IsAdmin, team?.TeamId ?? Guid.Empty, team?.Key ?? "", role) { Origin = circuit.IsOpen ? new AuditOrigin(AuditChannel.Page, circuit.Address) : RequestOrigin.Of(http.HttpContext) },
            user.DisplayName.Length == 0 ? name : user.DisplayName, user.Email, user.TimeZone, memberships);
    }
}
