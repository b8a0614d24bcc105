using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Reviews;

namespace TdmPortal.Data.Teams;

/// <summary>Teams and who is in them. Creating a team also makes its reader role in the database.</summary>
public sealed class TeamStore(PortalDatabase database, TimeProvider time)
{
    /// <summary>Name of the Identity role that may do everything.</summary>
    internal const string AdminRole = "Admin";

    /// <summary>The teams that a user is in (an admin: all), by name.</summary>
    public Task<IReadOnlyList<TeamMembership>> MembershipsAsync(Guid userId, CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
    {
        var found = await context.Teams.AsNoTracking()
            .Select(team => new
            {
                Team = team,
                Role = context.Memberships.Where(member => member.TeamId == team.Id && member.UserId == userId).Select(member => (TeamRole?)member.Role).FirstOrDefault(),
                IsAdmin = context.UserRoles.Any(link => link.UserId == userId && context.Roles.Any(role => role.Id == link.RoleId && role.Name == AdminRole)),
            })
            .Where(row => row.Role != null || row.IsAdmin)
            .OrderBy(row => row.Team.Name).ThenBy(row => row.Team.Key)
            .ToListAsync(token);
        return (IReadOnlyList<TeamMembership>)found.ConvertAll(row => new TeamMembership(row.Team.Id, row.Team.Key, row.Team.Name, row.Team.TimeZone, row.Team.DefaultLocale, row.Team.Contacts, row.IsAdmin ? TeamRole.Lead : row.Role!.Value) { Review = row.Team.Review });
    }, cancellation);

    /// <summary>All teams by key.</summary>
    /// <exception cref="ForbiddenException">Only administrators see all teams.</exception>
    public async Task<Page<TeamSummary>> ListAsync(Actor admin, string? search, string? after, int take, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        return await database.ReadAsSystemAsync(async (context, token) =>
        {
            var teams = context.Teams.AsNoTracking();
            if (!string.IsNullOrWhiteSpace(search))
            {
                var pattern = ListCursor.Containing(search);
                teams = teams.Where(team => EF.Functions.ILike(team.Name, pattern, @"\") || EF.Functions.ILike(team.Key, pattern, @"\"));
            }
            var total = await teams.LongCountAsync(token);
            if (after is not null) teams = teams.Where(team => team.Key.CompareTo(after) > 0);
            var found = await teams.OrderBy(team => team.Key).Take(take + 1)
                .Select(team => new
                {
                    Team = team,
                    Members = context.Memberships.Count(member => member.TeamId == team.Id),
                    Datasets = context.Set<Dataset>().Count(dataset => dataset.TeamId == team.Id && dataset.DeletedAt == null),
                })
                .ToListAsync(token);
            var use = await TeamQuotas.OfAsync(context, found.ConvertAll(row => row.Team.Id), token);
            return new Page<TeamSummary>([.. found.Take(take).Select(row => new TeamSummary(row.Team.Id, row.Team.Key, row.Team.Name, row.Team.TimeZone, row.Members, row.Datasets, row.Team.CreatedAt, use[row.Team.Id]))],
                found.Count > take ? found[take - 1].Team.Key : null, total);
        }, cancellation);
    }

    /// <param name="key">Part of the names of the team's schemas in the database; never changes.</param>
    /// <exception cref="ConflictException">team.key_taken</exception>
    /// <exception cref="PortalException">team.key_invalid, team.name_invalid, team.time_zone_unknown</exception>
    public async Task<Guid> CreateAsync(Actor admin, string key, string name, string timeZone, CancellationToken cancellation)
    {
        await DemandAdminAsync(admin, cancellation);
        Check(name, timeZone);
        _ = database.ReaderRole(key);
        try
        {
            return await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
            {
                var team = new Team { Id = Guid.CreateVersion7(), Key = key, Name = name.Trim(), TimeZone = timeZone, CreatedAt = time.GetUtcNow() };
                context.Teams.Add(team);
                context.Add(new StoredTeamQuota { TeamId = team.Id });
                context.Audit.Add(AuditAction.TeamCreated, AuditObject.Team(team.Id, key), after: new { team.Key, team.Name, team.TimeZone }, team: team.Id);
                await context.SaveChangesAsync(token);
                // Before the commit: a team whose role is missing could not read its rows. A role left by a failed commit is taken over.
                await database.CreateReaderAsync(key, token);
                return team.Id;
            }, cancellation);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException("team.key_taken", $"There is already a team with the key \"{key}\".") { SuggestedActions = ["Choose another key: it can not be changed later"] };
        }
    }

    /// <summary>Changes what people see of the team; its key stays.</summary>
    /// <exception cref="ForbiddenException">Neither an administrator nor a lead of this team.</exception>
    /// <exception cref="PortalException">team.name_invalid, team.time_zone_unknown, team.locale_unknown, team.contacts_invalid</exception>
    /// <exception cref="ConflictException">team.review_needs_leads: with a single lead nobody could approve that lead's edits.</exception>
    public async Task UpdateAsync(Actor lead, Guid teamId, TeamSettings settings, CancellationToken cancellation)
    {
        await DemandLeadAsync(lead, teamId, cancellation);
        Check(settings.Name, settings.TimeZone);
        if (GeneratorCatalogue.Locales.All(locale => locale.Name != settings.DefaultLocale))
            throw new PortalException("team.locale_unknown", $"There is no locale called \"{settings.DefaultLocale}\".") { SuggestedActions = ["Choose one of the list, such as en or de"] };
        if (settings.Contacts.Length > 1000)
            throw new PortalException("team.contacts_invalid", $"The contacts have {settings.Contacts.Length} characters; 1,000 are allowed.") { SuggestedActions = ["Shorten them"] };
        await database.ChangeAsSystemAsync(AuditSource.Of(lead), async (context, token) =>
        {
            var team = await context.Teams.SingleOrDefaultAsync(team => team.Id == teamId, token) ?? throw new NotFoundException("Team");
            if (settings.Review && !team.Review)
            {
                await LockAsync(context, teamId, token);
                await DemandLeadsForReviewAsync(context, teamId, null, token);
            }

            var before = new { team.Name, team.TimeZone, team.DefaultLocale, team.Contacts, team.Review };
            (team.Name, team.TimeZone, team.DefaultLocale, team.Contacts, team.Review) = (settings.Name.Trim(), settings.TimeZone, settings.DefaultLocale, settings.Contacts.Trim(), settings.Review);
            if (before.Review != team.Review)
                await JobQueue.NotifyAsync(context, ReviewStore.Changed, token);
            if (before.TimeZone != team.TimeZone)
                await RefreshQueue.MoveZoneAsync(context, teamId, before.TimeZone, team.TimeZone, token);
            context.Audit.Add(AuditAction.TeamChanged, AuditObject.Team(teamId, team.Key), before, new { team.Name, team.TimeZone, team.DefaultLocale, team.Contacts, team.Review }, team: teamId);
            return true;
        }, cancellation);
    }

    /// <summary>The team's members, leads first.</summary>
    /// <exception cref="NotFoundException">Another team's, and the actor is no administrator.</exception>
    public Task<IReadOnlyList<TeamMember>> MembersAsync(Actor actor, Guid teamId, CancellationToken cancellation)
    {
        if (!actor.IsAdmin && actor.TeamId != teamId) throw new NotFoundException("Team");
        return database.ReadAsSystemAsync(async (context, token) =>
        {
            if (!await context.Teams.AnyAsync(team => team.Id == teamId, token)) throw new NotFoundException("Team");
            var found = await context.Memberships.AsNoTracking().Where(member => member.TeamId == teamId)
                .Join(context.Users, member => member.UserId, user => user.Id, (member, user) => new { member, user.UserName, user.DisplayName, user.Disabled })
                .OrderBy(row => row.DisplayName).ThenBy(row => row.UserName)
                .ToListAsync(token);
            return (IReadOnlyList<TeamMember>)found
                .Select(row => new TeamMember(row.member.UserId, row.UserName ?? "", row.DisplayName, row.member.Role, row.Disabled, row.member.Since))
                .OrderByDescending(member => member.Role)
                .ToList();
        }, cancellation);
    }

    /// <summary>Adds a member or changes the role.</summary>
    /// <exception cref="ConflictException">team.last_lead: the team would be left without a lead. team.review_needs_leads: it would be left with one.</exception>
    public async Task SetMemberAsync(Actor lead, Guid teamId, Guid userId, TeamRole role, CancellationToken cancellation)
    {
        await DemandLeadAsync(lead, teamId, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(lead), async (context, token) =>
        {
            await LockAsync(context, teamId, token);
            var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, token) ?? throw new NotFoundException("User");
            var member = await context.Memberships.SingleOrDefaultAsync(m => m.TeamId == teamId && m.UserId == userId, token);
            context.Audit.Add(member is null ? AuditAction.MemberAdded : AuditAction.MemberRole, AuditObject.User(userId, user.UserName), member is null ? null : new { member.Role }, new { role }, team: teamId);
            if (member is null) context.Memberships.Add(new Membership { TeamId = teamId, UserId = userId, Role = role, Since = time.GetUtcNow() });
            else
            {
                if (role != TeamRole.Lead) await DemandAnotherLeadAsync(context, lead, member, token);
                member.Role = role;
            }
            return true;
        }, cancellation);
    }

    /// <inheritdoc cref="SetMemberAsync" path="/exception"/>
    public async Task RemoveMemberAsync(Actor lead, Guid teamId, Guid userId, CancellationToken cancellation)
    {
        await DemandLeadAsync(lead, teamId, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(lead), async (context, token) =>
        {
            await LockAsync(context, teamId, token);
            var member = await context.Memberships.SingleOrDefaultAsync(m => m.TeamId == teamId && m.UserId == userId, token) ?? throw new NotFoundException("Member");
            await DemandAnotherLeadAsync(context, lead, member, token);
            context.Memberships.Remove(member);
            var name = await context.Users.Where(user => user.Id == userId).Select(user => user.UserName).SingleAsync(token);
            context.Audit.Add(AuditAction.MemberRemoved, AuditObject.User(userId, name), before: new { member.Role }, team: teamId);
            return true;
        }, cancellation);
    }

    // Two leads who step down at the same moment must not both find the other still there.
    private static async Task LockAsync(PortalContext context, Guid teamId, CancellationToken cancellation)
    {
        if (await context.Database.ExecuteSqlAsync($"update portal.team set key = key where id = {teamId}", cancellation) == 0) throw new NotFoundException("Team");
    }

    /// <summary>Edits wait for a lead other than their author: two are the fewest with whom none waits for ever.</summary>
    /// <param name="without">A lead who is about to be none.</param>
    private static async Task DemandLeadsForReviewAsync(PortalContext context, Guid teamId, Guid? without, CancellationToken cancellation)
    {
        if (await context.Memberships.CountAsync(member => member.TeamId == teamId && member.Role == TeamRole.Lead && member.UserId != without && !context.Users.Any(user => user.Id == member.UserId && user.Disabled), cancellation) < 2)
        {
            throw new ConflictException("team.review_needs_leads", "A review needs two leads: of a team with one, nobody could approve that lead's own edits.")
            {
                SuggestedActions = [without is null ? "Make another member lead first" : "Make another member lead first, or turn the review off"],
            };
        }
    }

    private static async Task DemandAnotherLeadAsync(PortalContext context, Actor actor, Membership member, CancellationToken cancellation)
    {
        if (member.Role == TeamRole.Lead && await context.Teams.AnyAsync(team => team.Id == member.TeamId && team.Review, cancellation))
            await DemandLeadsForReviewAsync(context, member.TeamId, member.UserId, cancellation);
        // An administrator may leave a team without a lead: they act as one everywhere.
        if (actor.IsAdmin || member.Role != TeamRole.Lead) return;
        if (!await context.Memberships.AnyAsync(other => other.TeamId == member.TeamId && other.UserId != member.UserId && other.Role == TeamRole.Lead, cancellation))
            throw new ConflictException("team.last_lead", "This is the team's only lead: without one nobody could manage the team.") { SuggestedActions = ["Make another member lead first"] };
    }

    private Task DemandAdminAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsAdmin, "Only administrators manage teams.", cancellation);

    private Task DemandLeadAsync(Actor actor, Guid teamId, CancellationToken cancellation)
    {
        if (!actor.IsAdmin && actor.TeamId != teamId) throw new NotFoundException("Team");
        return database.DemandAsync(actor, actor.IsLead, "Only a lead of the team or an administrator may change it and its members.", cancellation);
    }

    private static void Check(string name, string timeZone)
    {
        if (name.Trim().Length is 0 or > 100) throw new PortalException("team.name_invalid", "A team's name has 1 to 100 characters.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _)) throw new PortalException("team.time_zone_unknown", $"There is no time zone called \"{timeZone}\".") { SuggestedActions = ["Use a name such as Europe/Berlin or UTC"] };
    }
}
