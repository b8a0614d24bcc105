using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Server;

namespace TdmPortal.Data.Environments;

/// <summary>
/// A login of its own for each team: it reads the team's live datasets and kept versions with any PostgreSQL client, and
/// nothing else. What its sessions may set for themselves (time-outs, memory) a watchdog of the portal bounds.
/// </summary>
public sealed class TeamLogins(PortalDatabase database, TimeProvider time)
{
    /// <summary>Sessions at a time of one team.</summary>
    public const int MostSessions = 20;

    /// <summary>How the actor's team reaches its datasets.</summary>
    public async Task<TeamLogin> GetAsync(Actor actor, CancellationToken cancellation)
    {
        var login = await database.ReadAsync(actor, (context, token) => context.Set<StoredTeamLogin>().AsNoTracking().SingleOrDefaultAsync(known => known.TeamId == actor.TeamId, token), cancellation);
        if (login is not null)
            await database.RecordAsync(AuditSource.Of(actor), AuditAction.LoginShown, AuditObject.Login(login.RoleName), null, cancellation);
        var sessions = login is null ? 0 : await SessionsAsync(login.RoleName, cancellation);
        return new TeamLogin(database.Address, login?.RoleName, login?.ChangedBy, login?.ChangedAt, sessions);
    }

    /// <summary>Makes the login, or gives it another password and ends the sessions that the former one opened.</summary>
    /// <returns>The password. It is kept nowhere: who loses it makes another.</returns>
    /// <exception cref="ForbiddenException">For leads of the team.</exception>
    public async Task<string> RotateAsync(Actor lead, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may set the password of its database login.", cancellation);
        var role = database.Roles.Login(lead.TeamKey);
        var password = LoginRules.NewPassword();
        await database.ChangeAsProvisionerAsync(AuditSource.Of(lead), async (work, token) =>
        {
            // One at a time for a team: roles are no rows that could be locked.
            _ = await work.Context.Teams.FromSql($"select * from portal.team where id = {lead.TeamId} for update").SingleOrDefaultAsync(token) ?? throw new NotFoundException("Team");
            var (now, login) = (time.GetUtcNow(), await work.Context.Set<StoredTeamLogin>().SingleOrDefaultAsync(known => known.TeamId == lead.TeamId, token));
            work.Context.Audit.Add(login is null ? AuditAction.LoginMade : AuditAction.LoginRotated, AuditObject.Login(role));
            if (login is null)
                work.Context.Add(new StoredTeamLogin { TeamId = lead.TeamId, RoleName = role, MadeBy = lead.UserName, MadeAt = now, ChangedBy = lead.UserName, ChangedAt = now });
            else
                (login.ChangedBy, login.ChangedAt) = (lead.UserName, now);
            await work.DefineAsync(Define(role, database.ReaderRole(lead.TeamKey), password), token);
            return true;
        }, cancellation);
        await EndSessionsAsync("usename = $1", role, cancellation);
        return password;
    }

    /// <summary>Ends what runs or idles in a transaction for longer than the portal allows, whatever the session set for itself.</summary>
    /// <returns>How many sessions were ended; those of scratch copies count too.</returns>
    public async Task<int> EndOverdueAsync(CancellationToken cancellation)
    {
        var ended = await EndSessionsAsync(FormattableString.Invariant($"""
        (usename in (select role_name from portal.team_login) or usename in (select role_name from portal.scratch_copy)) and usename <> $1
        and ((state = 'active' and clock_timestamp() - query_start > interval '{LoginRules.LongestStatement.TotalSeconds} seconds')
            or (state like 'idle in transaction%' and clock_timestamp() - state_change > interval '{LoginRules.LongestIdleTransaction.TotalSeconds} seconds'))
        """), "", cancellation);
        if (ended > 0)
            await database.RecordAsync(AuditSource.Portal, AuditAction.SessionsEnded, null, new { sessions = ended, reason = "They took longer than the portal allows." }, cancellation);
        return ended;
    }

    private static string Define(string role, string reader, string password)
    {
        var name = DatabaseRoles.Quote(role);
        return $"""
            {LoginRules.Define(role, MostSessions)};
            {LoginRules.SetPassword(role, password)};
            alter role {name} login;
            alter role {name} set default_transaction_read_only = on;
            grant {DatabaseRoles.Quote(reader)} to {name}
            """;
    }

    private Task<int> SessionsAsync(string role, CancellationToken cancellation) => CountAsync("select count(*)::integer from pg_stat_activity where usename = $1 and datname = current_database()", role, cancellation);

    private Task<int> EndSessionsAsync(string condition, string role, CancellationToken cancellation) =>
        CountAsync($"select count(pg_terminate_backend(pid))::integer from pg_stat_activity where datname = current_database() and {condition}", role, cancellation);

    private Task<int> CountAsync(string sql, string role, CancellationToken cancellation) => database.ProvisionAsync(async (connection, token) =>
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = role } } };
        return (int)(await command.ExecuteScalarAsync(token))!;
    }, cancellation);
}
