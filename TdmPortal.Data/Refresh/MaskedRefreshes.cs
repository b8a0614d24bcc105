using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;

namespace TdmPortal.Data.Refresh;

/// <summary>What schedules of masked datasets hang on: their policies and sources.</summary>
internal static class MaskedRefreshes
{
    /// <summary>The policy and the source of a schedule.</summary>
    /// <exception cref="PortalException">refresh.no_policy, refresh.no_source: the team has it no more. refresh.uploaded_source: its rows are gone by the next run.</exception>
    public static async Task<(StoredMaskingPolicy Policy, string Source)> FindAsync(PortalContext context, Guid teamId, MaskedRefresh from, CancellationToken cancellation)
    {
        var policy = await context.Set<StoredMaskingPolicy>().AsNoTracking().SingleOrDefaultAsync(policy => policy.Id == from.PolicyId && policy.TeamId == teamId, cancellation)
            ?? throw new PortalException("refresh.no_policy", "The masking policy that the rows are masked by is gone.") { SuggestedActions = ["Choose another policy in the schedule's settings"] };
        var source = await context.Set<StoredImportSource>().Where(source => source.Id == from.SourceId && source.TeamId == teamId).Select(source => new { source.Name, source.Kind }).SingleOrDefaultAsync(cancellation)
            ?? throw new PortalException("refresh.no_source", "The source that the rows are read from is gone.") { SuggestedActions = ["Choose another source in the schedule's settings"] };
        return source.Kind == SourceKind.Files
            ? throw new PortalException("refresh.uploaded_source", $"{source.Name} is uploaded files. They are forgotten when nobody uses them for a while, so there is nothing to refresh from.") { SuggestedActions = ["Connect the database that the files come from"] }
            : (policy, source.Name);
    }

    /// <summary>What keeps a policy or a source from being removed: a schedule that needs it.</summary>
    /// <exception cref="ConflictException">refresh.needs_it</exception>
    public static async Task DemandUnusedAsync(PortalContext context, Guid teamId, Func<MaskedRefresh, bool> isIt, string name, CancellationToken cancellation)
    {
        foreach (var row in await context.Set<StoredRefreshSchedule>().AsNoTracking().Where(schedule => schedule.TeamId == teamId)
            .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), schedule => schedule.DatasetId, dataset => dataset.Id, (schedule, dataset) => new { schedule.Settings, dataset.Name }).OrderBy(row => row.Name).ToListAsync(cancellation))
        {
            if (StoredJson.Read<RefreshSettings>(row.Settings).Masked is { } from && isIt(from))
                throw new ConflictException("refresh.needs_it", $"{row.Name} is refreshed by a schedule that needs {name}.") { SuggestedActions = [$"Choose another one in the schedule of {row.Name}, or remove the schedule"] };
        }
    }

    /// <summary>
    /// Goes on with refreshes that stopped because their source had other columns than the policy knew, in the transaction
    /// that saves the policy with the columns of now.
    /// </summary>
    /// <returns>How many go on.</returns>
    public static async Task<int> GoOnAsync(PortalContext context, Actor lead, Guid policyId, DateTimeOffset now, CancellationToken cancellation)
    {
        var count = 0;
        var schedules = await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where team_id = {lead.TeamId} and not paused for update").ToListAsync(cancellation);
        foreach (var schedule in schedules.Where(schedule => StoredJson.Read<RefreshSettings>(schedule.Settings).Masked?.PolicyId == policyId))
        {
            var last = await context.Set<StoredRefreshRun>().AsNoTracking().Where(run => run.DatasetId == schedule.DatasetId).OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id).FirstOrDefaultAsync(cancellation);
            if (last is not { State: RefreshState.Failed, Error: { } error } || StoredJson.Read<JobError>(error).Code != MaskingBench.Drifted)
                continue;
            // A chain that goes live together begins again as a whole.
            var first = last.ChainId != last.Id && await RefreshQueue.IsTogetherAsync(context, last, cancellation)
                && await context.Set<StoredRefreshRun>().Where(run => run.Id == last.ChainId).Select(run => run.ScheduleId).SingleOrDefaultAsync(cancellation) is { } leader ? schedules.Find(other => other.Id == leader) ?? schedule : schedule;
            if (await context.Set<StoredRefreshRun>().AnyAsync(run => run.DatasetId == first.DatasetId && (run.State == RefreshState.Waiting || run.State == RefreshState.Queued || run.State == RefreshState.Held), cancellation)
                || !await context.Set<Dataset>().AnyAsync(dataset => dataset.Id == first.DatasetId && dataset.DeletedAt == null, cancellation))
                continue;
            var run = RefreshQueue.Begin(first, last.PlannedFor, RefreshCause.Manual, now, lead.UserId, lead.UserName);
            context.Add(run);
            context.Audit.Add(AuditAction.RefreshAsked, AuditObject.Schedule(first.Id, await RefreshQueue.NameAsync(context, first.DatasetId, cancellation)), details: new { run = run.Id, goesOn = last.Id });
            await context.SaveChangesAsync(cancellation);
            await RefreshQueue.TellAsync(context, first, cancellation);
            count++;
        }

        return count;
    }
}
