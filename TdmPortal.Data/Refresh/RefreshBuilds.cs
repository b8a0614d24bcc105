using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Refresh;

/// <summary>Begins what a run makes: by a schema, or by a masking policy over a source.</summary>
public sealed class RefreshBuilds(PortalDatabase database, RefreshQueue queue, VersionLoader loader, TeamQuotas quotas, VersionInspector inspector, MaskingBench bench, MaskingKeys keys, MaskedVersions masked, TimeProvider time)
{
    internal Task<RefreshBuild> OpenAsync(JobExecution job, RefreshInput input, StoredRefreshRun run, RefreshSettings settings, CancellationToken cancellation)
    {
        // As the team sees schemas and keys, whoever's they are.
        var team = new Actor(Guid.Empty, AuditSource.Portal.UserName, false, job.TeamId, input.TeamKey, TeamRole.Lead);
        return settings.Masked is { } from ? MaskAsync(job, team, run, from, cancellation) : GenerateAsync(job, team, run, settings, cancellation);
    }

    private async Task<RefreshBuild> GenerateAsync(JobExecution job, Actor team, StoredRefreshRun run, RefreshSettings settings, CancellationToken cancellation)
    {
        var (request, document) = await queue.ReadAsync(team, job.Title, settings, cancellation);
        GenerateRules.CheckRows(request, document);
        // Seed and dates were settled when the run began: however late it is, they are those of its planned time.
        var options = settings.Options(run.PlannedFor, "UTC") with { Seed = run.Seed!.Value, AsOf = run.AsOf!.Value, Scenarios = request.Scenarios };
        var plan = await Task.Run(() => GenerateWork.Compile(document, options), cancellation);
        return new GeneratedBuild(job, team.TeamKey, request, document, plan, DatasetSize.Estimate(plan, cancellation), database, loader, quotas, inspector);
    }

    private async Task<RefreshBuild> MaskAsync(JobExecution job, Actor team, StoredRefreshRun run, MaskedRefresh from, CancellationToken cancellation)
    {
        var (number, _) = await keys.CurrentAsync(team, cancellation);
        var (id, source, live) = await database.MaintainAsync((context, token) => BeginAsync(context, job, run, from, number, token), cancellation);
        var prepared = await bench.PrepareAsync(job, id, null, cancellation);
        try
        {
            var plan = await MaskedVersions.PlanAsync(prepared, run.AsOf!.Value, cancellation);
            return new MaskedBuild(job, team.TeamKey, id, source, prepared, plan, live, database, masked);
        }
        catch
        {
            await prepared.DisposeAsync();
            throw;
        }
    }

    /// <summary>The attempt's run of the policy; the one that a killed node left is begun again, by the policy as it is now.</summary>
    private async Task<(Guid Id, string Source, (long Rows, long Bytes) Live)> BeginAsync(PortalContext context, JobExecution job, StoredRefreshRun refresh, MaskedRefresh from, int key, CancellationToken cancellation)
    {
        var (policy, source) = await MaskedRefreshes.FindAsync(context, job.TeamId, from, cancellation);
        var version = await context.Set<StoredPolicyVersion>().AsNoTracking().SingleAsync(row => row.PolicyId == policy.Id && row.Version == policy.Version, cancellation);
        var live = await context.Set<DatasetVersion>().Where(one => context.Set<Dataset>().Any(dataset => dataset.Id == refresh.DatasetId && dataset.CurrentVersionId == one.Id)).Select(one => new { one.RowCount, one.Bytes }).SingleOrDefaultAsync(cancellation);
        var run = await context.Set<StoredMaskingRun>().SingleOrDefaultAsync(row => row.JobId == job.Id && row.TeamId == job.TeamId, cancellation);
        if (run is null)
        {
            var now = time.GetUtcNow();
            context.Add(run = new() { Id = Guid.CreateVersion7(now), TeamId = job.TeamId, Kind = StoredMaskingRun.Run, DatasetId = refresh.DatasetId, JobId = job.Id, StartedBy = job.StartedBy, StartedAt = now });
        }

        (run.PolicyId, run.PolicyName, run.PolicyVersion, run.Policy, run.SourceId, run.KeyNumber) = (policy.Id, policy.Name, policy.Version, version.Policy, from.SourceId, key);
        await context.SaveChangesAsync(cancellation);
        await context.Set<StoredRefreshRun>().Where(one => one.Id == refresh.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.MaskingRunId, run.Id), cancellation);
        refresh.MaskingRunId = run.Id;
        return (run.Id, source, (live?.RowCount ?? 0, live?.Bytes ?? 0));
    }
}
