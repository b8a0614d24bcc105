using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Teams;

/// <summary>How much each team keeps and may keep. Whatever adds a version reserves it when its job is queued.</summary>
public sealed class TeamQuotas(PortalDatabase database)
{
    /// <summary>The team's use and bounds.</summary>
    /// <exception cref="NotFoundException">Another team's, and the actor is no administrator.</exception>
    public Task<TeamUse> UseAsync(Actor actor, Guid teamId, CancellationToken cancellation)
    {
        if (!actor.IsAdmin && actor.TeamId != teamId)
            throw new NotFoundException("Team");
        return database.ReadAsSystemAsync(async (context, token) => (await OfAsync(context, [teamId], token)).GetValueOrDefault(teamId) ?? throw new NotFoundException("Team"), cancellation);
    }

    /// <summary>Sets a team's bounds. What it keeps already stays, also where it is more.</summary>
    /// <exception cref="ForbiddenException">Only administrators set quotas.</exception>
    /// <exception cref="PortalException">team.quota_invalid</exception>
    public async Task SetAsync(Actor admin, Guid teamId, TeamQuota quota, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, "Only administrators set what a team may keep.", cancellation);
        if (quota.Rows < 0 || quota.Bytes < 0 || quota.Versions < 0)
            throw new PortalException("team.quota_invalid", "A quota cannot be negative.") { SuggestedActions = ["Write 0 or more, or leave it empty for no bound"] };
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            var team = await context.Teams.AsNoTracking().SingleOrDefaultAsync(team => team.Id == teamId, token) ?? throw new NotFoundException("Team");
            var stored = await context.Set<StoredTeamQuota>().SingleAsync(one => one.TeamId == teamId, token);
            context.Audit.Add(AuditAction.TeamQuotaSet, AuditObject.Team(teamId, team.Key), stored.ToQuota(), quota, team: teamId);
            (stored.Rows, stored.Bytes, stored.Versions) = (quota.Rows, quota.Bytes, quota.Versions);
            return true;
        }, cancellation);
    }

    /// <summary>
    /// Makes sure that the team may add so much, and keeps others of the team from asking until the transaction ends: the
    /// caller stores the job that reserves it in the same one.
    /// </summary>
    /// <exception cref="PortalException">team.quota_exceeded</exception>
    internal static async Task DemandAsync(PortalContext context, Guid teamId, long rows, long bytes, int versions, CancellationToken cancellation)
    {
        await context.Database.ExecuteSqlAsync($"update portal.team_quota set locked_at = clock_timestamp() where team_id = {teamId}", cancellation);
        if ((await OfAsync(context, [teamId], cancellation)).GetValueOrDefault(teamId) is { } use && use.Exceeds(rows, bytes, versions))
            throw Exceeded(use, rows, bytes, versions);
    }

    /// <summary>Makes sure that a job's version may be as large as it has become: the reservation was an estimate.</summary>
    /// <param name="bytes">As large as it is now.</param>
    /// <exception cref="PortalException">team.quota_exceeded</exception>
    internal async Task DemandBytesAsync(Guid teamId, Guid jobId, Func<CancellationToken, Task<long>> bytes, CancellationToken cancellation)
    {
        var use = await database.ReadAsSystemAsync(async (context, token) =>
        {
            var reserved = await context.Set<Job>().Where(job => job.Id == jobId && (job.State == Job.Pending || job.State == Job.Running)).Select(job => job.ReservedBytes).SingleOrDefaultAsync(token);
            return (await OfAsync(context, [teamId], token)).GetValueOrDefault(teamId) is { Quota.Bytes: not null } found ? found with { ReservedBytes = found.ReservedBytes - reserved } : null;
        }, cancellation);
        if (use is null || await bytes(cancellation) is var now && !(use.TakenBytes + now > use.Quota.Bytes))
            return;
        throw Exceeded(use with { Quota = TeamQuota.None with { Bytes = use.Quota.Bytes } }, 0, now, 0);
    }

    /// <summary>Use and bounds of several teams.</summary>
    internal static async Task<Dictionary<Guid, TeamUse>> OfAsync(PortalContext context, IReadOnlyCollection<Guid> teams, CancellationToken cancellation)
    {
        var quotas = await context.Set<StoredTeamQuota>().AsNoTracking().Where(quota => teams.Contains(quota.TeamId)).ToListAsync(cancellation);
        var kept = await context.Set<DatasetVersion>().Where(version => teams.Contains(version.TeamId) && version.State == DatasetVersion.Ready).GroupBy(version => version.TeamId)
            .Select(versions => new { Team = versions.Key, Rows = versions.Sum(version => version.RowCount), Bytes = versions.Sum(version => version.Bytes), Versions = versions.LongCount() }).ToDictionaryAsync(found => found.Team, cancellation);
        var reserved = await context.Set<Job>().Where(job => teams.Contains(job.TeamId) && (job.State == Job.Pending || job.State == Job.Running)).GroupBy(job => job.TeamId)
            .Select(jobs => new { Team = jobs.Key, Rows = jobs.Sum(job => job.ReservedRows), Bytes = jobs.Sum(job => job.ReservedBytes), Versions = jobs.Sum(job => (long)job.ReservedVersions) }).ToDictionaryAsync(found => found.Team, cancellation);
        return quotas.ToDictionary(quota => quota.TeamId, quota =>
        {
            var (have, will) = (kept.GetValueOrDefault(quota.TeamId), reserved.GetValueOrDefault(quota.TeamId));
            return new TeamUse(have?.Rows ?? 0, have?.Bytes ?? 0, have?.Versions ?? 0, will?.Rows ?? 0, will?.Bytes ?? 0, will?.Versions ?? 0, quota.ToQuota());
        });
    }

    private static PortalException Exceeded(TeamUse use, long rows, long bytes, long versions)
    {
        var said = new List<string>();
        var details = new Dictionary<string, object?>(StringComparer.Ordinal);
        Check("rows", use.Rows, use.ReservedRows, rows, use.Quota.Rows, value => $"{Whole(value)} rows");
        Check("bytes", use.Bytes, use.ReservedBytes, bytes, use.Quota.Bytes, DiskSpace.Readable);
        Check("versions", use.Versions, use.ReservedVersions, versions, use.Quota.Versions, value => value == 1 ? "1 version" : $"{Whole(value)} versions");
        return new("team.quota_exceeded", string.Join(" ", said))
        {
            Details = details,
            SuggestedActions = ["Delete versions or datasets that nobody needs any more", "Generate fewer rows or choose a smaller scale", "Ask an administrator for a larger quota"],
        };

        void Check(string what, long used, long reserved, long asked, long? most, Func<long, string> words)
        {
            if (!(used + reserved + asked > most))
                return;
            said.Add($"The team may keep {words(most.Value)}; {words(used)} {(used == 1 ? "is" : "are")} used{(reserved > 0 ? $", {words(reserved)} reserved by jobs that wait or run" : "")}, and this needs {words(asked)} more.");
            details[what] = new { used, reserved, asked, most };
        }
    }

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
