using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Refresh;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Retention;

namespace TdmPortal.Data.Refresh;

/// <summary>
/// One attempt of a run: builds the next version beside the live one, verifies it in the database, and makes it live in
/// the transaction that ends job and run. Whatever fails before that leaves the live version as it was; killed at any
/// moment, the next attempt begins from nothing and makes the same bytes, since seed and dates are the run's own.
/// </summary>
public sealed class RefreshWork(PortalDatabase database, JobQueue jobs, RefreshQueue queue, RefreshBuilds builds, NewVersions versions, RefreshGate gate, Publisher publisher, DiskSpace disk, VersionInspector inspector, TimeProvider time) : IJobWork
{
    public const string KindName = "refresh";

    /// <summary>Of the runs before, to foresee how long one takes.</summary>
    private const int PastRuns = 5;

    public string Kind => KindName;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var input = StoredJson.Read<RefreshInput>(job.Input);
        var run = await database.ReadAsSystemAsync((context, token) => context.Set<StoredRefreshRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == input.RunId && run.JobId == job.Id && run.State == RefreshState.Queued, token), cancellation)
            ?? throw new OperationCanceledException("The run has come to its end without this job.");
        var settings = StoredJson.Read<RefreshSettings>(run.Settings);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var alarm = time.CreateTimer(_ => limit.Cancel(), null, settings.TimeOut, Timeout.InfiniteTimeSpan);
        try
        {
            await RunAsync(job, input, run, settings, limit.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new PortalException("refresh.timed_out", $"The refresh was stopped because it took longer than {Readable(settings.TimeOut)}, its time-out.")
            {
                SuggestedActions = ["Allow more time in the schedule's settings", "Generate fewer rows", "Choose an hour at which less else runs"],
            };
        }
    }

    public Task SettleAsync(CancellationToken cancellation) => queue.SettleAsync(cancellation);

    private async Task RunAsync(JobExecution job, RefreshInput input, StoredRefreshRun run, RefreshSettings settings, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var steps = new RunSteps(database, time, run.Id, job.Id);
        job.Progress.Step = "Checking";
        await steps.BeginAsync(RefreshStep.Check, cancellation);
        await using var build = await builds.OpenAsync(job, input, run, settings, cancellation);
        job.Progress.RowsTotal = build.Rows;
        await disk.CheckAsync(build.Bytes, cancellation);
        await CheckTimeAsync(run, settings, job.Progress.RowsTotal, cancellation);

        await steps.BeginAsync(RefreshStep.Build, cancellation);
        var version = await versions.BeginAsync(job, input.TeamKey, build.Describe, cancellation);
        try
        {
            var entities = await build.LoadAsync(version, cancellation);

            job.Progress.Step = "Validating";
            await steps.BeginAsync(RefreshStep.Validate, cancellation);
            var found = await build.ValidateAsync(cancellation);
            async Task StoreAsync(PortalContext context, bool isReady, CancellationToken token)
            {
                await build.StoreAsync(context, version, isReady, Stopwatch.GetElapsedTime(started), token);
                await inspector.StoreAsync(context, found.Inspection, found.Quality, found.Looked, "refreshed", job.StartedBy, isReady, token);
            }

            await ValidateAsync(run, version, build, entities, found, (context, token) => StoreAsync(context, isReady: false, token), cancellation);

            job.Progress.Step = "Going live";
            await steps.BeginAsync(RefreshStep.Publish, cancellation);
            await FinishAsync(job, run, version, build, entities, (context, token) => StoreAsync(context, isReady: true, token), steps, Stopwatch.GetElapsedTime(started), cancellation);
        }
        catch
        {
            await versions.GiveUpAsync(version);
            throw;
        }
    }

    /// <summary>Better to say at once that the time will not do than to stop when it is over.</summary>
    private async Task CheckTimeAsync(StoredRefreshRun run, RefreshSettings settings, long rows, CancellationToken cancellation)
    {
        var past = await database.ReadAsSystemAsync((context, token) => context.Set<StoredRefreshRun>().Where(other => other.DatasetId == run.DatasetId && other.State == RefreshState.Succeeded && other.RowCount > 0)
            .OrderByDescending(other => other.CreatedAt).Select(other => new { Took = other.FinishedAt - other.StartedAt, other.RowCount }).Take(PastRuns).ToListAsync(token), cancellation);
        // The quickest of them: one slow hour must not stop all that come after.
        var least = past.Select(one => one.Took!.Value * (rows / (double)one.RowCount!.Value)).DefaultIfEmpty().Min();
        if (least > settings.TimeOut)
        {
            throw new PortalException("refresh.time_too_short", $"The refresh would take about {Readable(least)}, by the latest runs; its time-out is {Readable(settings.TimeOut)}. It was not begun.")
            {
                SuggestedActions = ["Allow more time in the schedule's settings", "Generate fewer rows"],
            };
        }
    }

    private async Task ValidateAsync(StoredRefreshRun run, DatasetVersion version, RefreshBuild build, List<DatasetEntity> entities, RefreshFindings findings, Func<PortalContext, CancellationToken, Task> storeAsync, CancellationToken cancellation)
    {
        var live = await database.ReadAsSystemAsync((context, token) => context.Set<DatasetVersion>().AsNoTracking().Where(live => live.DatasetId == run.DatasetId && context.Set<Dataset>().Any(dataset => dataset.CurrentVersionId == live.Id)).SingleOrDefaultAsync(token), cancellation);
        var rows = entities.ToDictionary(entity => entity.Name, entity => entity.Rows, StringComparer.Ordinal);
        var found = await gate.CheckAsync(build.Plan, version.DatabaseSchema, entity => rows[entity.Name], build.MayBeEmpty, live is null ? null : (live.DatabaseSchema, StoredJson.Read<List<DatasetEntity>>(live.Entities)), cancellation);
        var report = new GateReport([.. found.Checks.Concat(findings.Checks).OrderBy(check => check.Holds)], findings.Inspection.ReportId);
        var json = StoredJson.Write(report);
        await database.MaintainAsync((context, token) => context.Set<StoredRefreshRun>().Where(one => one.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Report, json), token), cancellation);
        if (report.Passed)
            return;
        // All that will be known of this version.
        await database.MaintainAsync(async (context, token) =>
        {
            await storeAsync(context, token);
            return true;
        }, cancellation);
        var failed = report.Checks.Where(check => !check.Holds).ToList();
        throw new PortalException("refresh.gate_failed", $"The new version did not pass the gate: {string.Join("; ", failed.Take(3).Select(check => $"{check.Place} {check.Text}"))}{(failed.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $"; and {failed.Count - 3} more") : "")}.")
        {
            SuggestedActions = ["Look at the run's report", "Correct the schema, or put it back to the version that worked"],
        };
    }

    /// <summary>The ends of job and run, the version's readiness and its going live are one transaction; for a chain that goes live together, that of its last member.</summary>
    private async Task FinishAsync(JobExecution job, StoredRefreshRun run, DatasetVersion version, RefreshBuild build, List<DatasetEntity> entities, Func<PortalContext, CancellationToken, Task> storeAsync, RunSteps steps, TimeSpan took, CancellationToken cancellation)
    {
        var together = await database.ReadAsSystemAsync((context, token) => RefreshQueue.IsTogetherAsync(context, run, token), cancellation);
        (version.State, version.Entities) = (DatasetVersion.Ready, StoredJson.Write(entities));
        (version.RowCount, version.Bytes, version.TookSeconds) = (entities.Sum(entity => entity.Rows), entities.Sum(entity => entity.Bytes), took.TotalSeconds);
        var prepared = new HashSet<Guid>();
        do
            await PrepareAsync(run, version, together, prepared, cancellation);
        while (!await database.ChangeAsProvisionerAsync(AuditSource.Of(job), (work, token) => FinishAsync(work, job, run, version, build, together, prepared, storeAsync, steps, token), cancellation));
    }

    /// <summary>The live views of all that will go live can show the next versions too.</summary>
    private async Task PrepareAsync(StoredRefreshRun run, DatasetVersion version, bool together, HashSet<Guid> prepared, CancellationToken cancellation)
    {
        var all = !together ? [version] : await database.ReadAsSystemAsync(async (context, token) =>
            await IsAwaitedAsync(context, run, token) || await context.Set<StoredRefreshSchedule>().AnyAsync(follower => follower.AfterId == run.ScheduleId && !follower.Paused, token) ? new List<DatasetVersion>() : [version, .. await HeldVersionsAsync(context, run, token)], cancellation);
        foreach (var one in all.Where(one => prepared.Add(one.Id)))
            await publisher.PrepareAsync(one.DatasetId, Publisher.Stored(one), cancellation);
    }

    /// <returns>False: what else must go live with it is not prepared yet.</returns>
    private async Task<bool> FinishAsync(ProvisionerWork work, JobExecution job, StoredRefreshRun run, DatasetVersion version, RefreshBuild build, bool together, HashSet<Guid> prepared, Func<PortalContext, CancellationToken, Task> storeAsync, RunSteps steps, CancellationToken cancellation)
    {
        var context = work.Context;
        context.Audit.NothingOwed("Something else of the chain has to be prepared first.");
        if (together)
        {
            // The run that began the chain, so that of two members which end at once one is the last.
            _ = await context.Set<StoredRefreshRun>().FromSql($"select * from portal.refresh_run where id = {run.ChainId} for update").AsNoTracking().ToListAsync(cancellation);
            if (await context.Set<StoredRefreshRun>().AnyAsync(other => other.ChainId == run.ChainId && other.Id != run.Id && (other.State == RefreshState.Failed || other.State == RefreshState.Cancelled || other.State == RefreshState.Missed), cancellation))
                throw new PortalException("refresh.chain_failed", "Another dataset that goes live together with this one could not be refreshed.") { SuggestedActions = ["See to that one first, then run the chain again"] };
        }

        var stored = await context.Set<DatasetVersion>().SingleAsync(candidate => candidate.Id == version.Id && candidate.State == DatasetVersion.Building, cancellation);
        var held = together ? await HeldVersionsAsync(context, run, cancellation) : [];
        var now = time.GetUtcNow();
        var mine = await context.Set<StoredRefreshRun>().FromSql($"select * from portal.refresh_run where id = {run.Id} for update").SingleAsync(cancellation);
        var isLast = await queue.FollowAsync(context, mine, cancellation) == 0 && (!together || !await IsAwaitedAsync(context, run, cancellation));
        if (together && isLast && held.Prepend(version).Any(one => !prepared.Contains(one.Id)))
            return false;
        (mine.VersionId, mine.VersionNumber, mine.RowCount, mine.Bytes, mine.Error, mine.State) = (version.Id, version.Number, version.RowCount, version.Bytes, null, RefreshState.Held);
        if (!await jobs.CompleteAsync(context, job, cancellation))
            throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
        (stored.State, stored.Entities, stored.RowCount, stored.Bytes, stored.TookSeconds) = (version.State, version.Entities, version.RowCount, version.Bytes, version.TookSeconds);
        var name = await context.Set<Dataset>().Where(dataset => dataset.Id == version.DatasetId).Select(dataset => dataset.Name).SingleAsync(cancellation);
        context.Audit.Add(AuditAction.VersionMade, AuditObject.Version(version.Id, name, version.Number), details: build.Told(version, run.Id));
        steps.End();
        mine.Steps = steps.Json;
        // Before it goes live: what must not is known by it.
        await storeAsync(context, cancellation);
        await context.SaveChangesAsync(cancellation);
        if (isLast || !together)
        {
            foreach (var one in held.Append(stored).OrderBy(one => one.DatasetId))
                await GoLiveAsync(work, one, one.Id == stored.Id ? mine : await context.Set<StoredRefreshRun>().SingleAsync(other => other.ChainId == run.ChainId && other.VersionId == one.Id, cancellation), now, cancellation);
        }
        else
        {
            mine.FinishedAt = now;
        }

        await JobQueue.NotifyAsync(context, version.DatasetId, cancellation);
        return true;
    }

    private async Task GoLiveAsync(ProvisionerWork work, DatasetVersion version, StoredRefreshRun run, DateTimeOffset now, CancellationToken cancellation)
    {
        var context = work.Context;
        var dataset = await Publisher.LockAsync(context, version.DatasetId, cancellation);
        (dataset.SchemaId, dataset.ChangedAt, dataset.ChangedBy) = (version.SchemaId, now, run.StartedBy);
        await publisher.GoLiveAsync(work, dataset, version, Publisher.Stored(version), run.StartedBy, $"Refresh planned for {run.PlannedFor.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC", cancellation);
        RefreshQueue.End(run, RefreshState.Succeeded, null, run.FinishedAt ?? now);
        // What the rule no longer keeps goes with the next sweep, as a job of its own.
        await context.Set<StoredRetentionRule>().Where(rule => rule.DatasetId == dataset.Id).ExecuteUpdateAsync(set => set.SetProperty(rule => rule.LastRunAt, (DateTimeOffset?)null), cancellation);
        await Notices.AddAsync(context, new Notice(NoticeKind.RefreshSucceeded, run.TeamId, string.Create(CultureInfo.InvariantCulture, $"{dataset.Name} was refreshed to version {version.Number}"),
            string.Create(CultureInfo.InvariantCulture, $"{version.RowCount:N0} rows in {Readable(TimeSpan.FromSeconds(version.TookSeconds))}, planned for {run.PlannedFor.UtcDateTime:yyyy-MM-dd HH:mm} UTC."), $"/datasets/{dataset.Id}/refresh") { DatasetId = dataset.Id, ScheduleId = run.ScheduleId }, cancellation);
        await context.SaveChangesAsync(cancellation);
        await JobQueue.NotifyAsync(context, dataset.Id, cancellation);
    }

    /// <summary>Whether other members of the chain are still on their way.</summary>
    private static Task<bool> IsAwaitedAsync(PortalContext context, StoredRefreshRun run, CancellationToken cancellation) => context.Set<StoredRefreshRun>()
        .AnyAsync(other => other.ChainId == run.ChainId && other.Id != run.Id && (other.State == RefreshState.Waiting || other.State == RefreshState.Queued), cancellation);

    private static Task<List<DatasetVersion>> HeldVersionsAsync(PortalContext context, StoredRefreshRun run, CancellationToken cancellation) => context.Set<StoredRefreshRun>()
        .Where(other => other.ChainId == run.ChainId && other.Id != run.Id && other.State == RefreshState.Held).Join(context.Set<DatasetVersion>(), other => other.VersionId, version => version.Id, (_, version) => version).ToListAsync(cancellation);

    private static string Readable(TimeSpan time) => time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h") : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
