using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Refresh;

/// <summary>
/// Takes runs from their planned time to a job, and from a job's end to theirs. All of it may be called at any time by any
/// node: rows are locked, so each thing happens once, and what a killed node left is found by the next call.
/// </summary>
public sealed class RefreshQueue(PortalDatabase database, OverrideStore overrides, TimeProvider time)
{
    /// <summary>Later than this a run counts as missed: shorter delays are a restart, or a busy machine.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>What the change feed says when the next run of any schedule changed.</summary>
    public static readonly Guid SchedulesChanged = new("5c8edf1e-5c8e-4d01-8e5c-0c5c8ed01e50");

    /// <summary>What passes by itself: worth another attempt.</summary>
    private static readonly string[] Passing = ["job.interrupted", "dataset.disk_full", "platform.database_unavailable", "platform.database_busy", "source.unreachable", "source.too_slow"];

    /// <summary>The next run of each schedule. Those that were computed with another tz database are computed anew.</summary>
    public async Task<IReadOnlyList<(Guid ScheduleId, DateTimeOffset At)>> PlannedAsync(CancellationToken cancellation)
    {
        var rules = FireTimes.ZoneRules;
        if (await database.ReadAsSystemAsync((context, token) => context.Set<StoredRefreshSchedule>().AnyAsync(schedule => schedule.ZoneRules != rules, token), cancellation))
        {
            await database.MaintainAsync(async (context, token) =>
            {
                foreach (var schedule in await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where zone_rules <> {rules} for update skip locked").ToListAsync(token))
                    schedule.Plan();
                return true;
            }, cancellation);
        }

        return await database.ReadAsSystemAsync(async (context, token) => (await context.Set<StoredRefreshSchedule>().Where(schedule => schedule.NextAt != null).Select(schedule => new { schedule.Id, schedule.NextAt }).ToListAsync(token)).ConvertAll(row => (row.Id, row.NextAt!.Value)), cancellation);
    }

    /// <summary>Starts what is due. What is due several times runs once, for the last of its times.</summary>
    /// <returns>How many runs were started.</returns>
    public async Task<int> FireDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = await database.ReadAsSystemAsync((context, token) => context.Set<StoredRefreshSchedule>().Where(schedule => schedule.NextAt <= now).OrderBy(schedule => schedule.NextAt).Select(schedule => schedule.Id).Take(500).ToListAsync(token), cancellation);
        var fired = 0;
        foreach (var id in due)
            fired += await FireAsync(id, cancellation);
        if (fired > 0)
            await StartWaitingAsync(cancellation);
        return fired;
    }

    private Task<int> FireAsync(Guid id, CancellationToken cancellation) => database.ChangeAsSystemAsync(AuditSource.Portal, async (context, token) =>
    {
        context.Audit.NothingOwed("Another node was quicker, or nothing is due any more.");
        var now = time.GetUtcNow();
        var schedule = await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where id = {id} and next_at <= {now} for update skip locked").SingleOrDefaultAsync(token);
        if (schedule is null)
            return 0;
        var due = schedule.TakeDue(now);
        var dataset = await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == schedule.DatasetId && dataset.DeletedAt == null, token);
        if (dataset is null || due.Count == 0)
            return 0;
        var late = now - due[^1].At > Grace;
        var run = Begin(schedule, due[^1].At.ToUniversalTime(), late ? RefreshCause.Late : RefreshCause.Planned, now, Guid.Empty, AuditSource.Portal.UserName);
        run.Missed = due.Count - 1;
        if (late && StoredJson.Read<RefreshSettings>(schedule.Settings).Missed == MissedPolicy.Skip)
        {
            run.Missed = due.Count;
            End(run, RefreshState.Missed, null, now);
            context.Audit.Add(AuditAction.RefreshMissed, AuditObject.Schedule(id, dataset.Name), details: new { missed = due.Count, first = due[0].At, last = due[^1].At }, team: schedule.TeamId);
        }
        else
        {
            await SupersedeAsync(context, run, now, token);
            context.Audit.Add(AuditAction.RefreshStarted, AuditObject.Schedule(id, dataset.Name), details: new { run = run.Id, run.PlannedFor, run.Missed }, team: schedule.TeamId);
        }

        context.Add(run);
        await context.SaveChangesAsync(token);
        await TellAsync(context, schedule, token);
        return 1;
    }, cancellation);

    /// <summary>Queues the jobs of runs that wait, where their time has come and their dataset is free.</summary>
    public async Task StartWaitingAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var waiting = await database.ReadAsSystemAsync((context, token) => context.Set<StoredRefreshRun>()
            .Where(run => run.State == RefreshState.Waiting && run.NotBefore <= now && !context.Set<Job>().Any(job => job.DatasetId == run.DatasetId && (job.State == Job.Pending || job.State == Job.Running)))
            .OrderBy(run => run.NotBefore).Select(run => run.Id).Take(500).ToListAsync(token), cancellation);
        foreach (var id in waiting)
        {
            try
            {
                await database.ChangeAsSystemAsync(AuditSource.Portal, (context, token) => StartAsync(context, id, token), cancellation);
            }
            catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Another job took the dataset: it waits on.
            }
            catch (PortalException refused) when (refused is not { Category: ErrorCategory.Platform })
            {
                await FailAsync(id, JobFailure.Describe(refused), cancellation);
            }
        }
    }

    private async Task<bool> StartAsync(PortalContext context, Guid id, CancellationToken cancellation)
    {
        context.Audit.NothingOwed("Another node was quicker.");
        var now = time.GetUtcNow();
        var run = await LockAsync(context, id, RefreshState.Waiting, cancellation);
        if (run is null)
            return false;
        var dataset = await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == run.DatasetId && dataset.DeletedAt == null, cancellation);
        if (dataset is null)
        {
            End(run, RefreshState.Cancelled, null, now);
            return false;
        }

        context.Audit.Source = AuditSource.Portal with { TeamId = run.TeamId };
        // As much as the live version takes: the next one is most often like it, and what it really takes is looked at while it is built.
        var live = await context.Set<DatasetVersion>().Where(version => version.Id == dataset.CurrentVersionId).Select(version => new { version.RowCount, version.Bytes }).SingleOrDefaultAsync(cancellation);
        await TeamQuotas.DemandAsync(context, run.TeamId, live?.RowCount ?? 0, live?.Bytes ?? 0, 1, cancellation);
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TeamId = run.TeamId, Kind = RefreshWork.KindName, Title = $"Refresh {dataset.Name}", RowsTotal = live?.RowCount ?? 0, ReservedRows = live?.RowCount ?? 0, ReservedBytes = live?.Bytes ?? 0, ReservedVersions = 1,
            DatasetId = dataset.Id, DatasetName = dataset.Name, SchemaId = dataset.SchemaId, Input = StoredJson.Write(new RefreshInput(run.Id, dataset.TeamKey)), StartedById = run.StartedById, StartedBy = run.StartedBy, QueuedAt = now,
        };
        (run.State, run.JobId, run.Attempt, run.Steps, run.Report) = (RefreshState.Queued, job.Id, run.Attempt + 1, "[]", null);
        await JobQueue.AddAsync(context, job, new { job.Kind, dataset = dataset.Name, run = run.Id, run.PlannedFor, run.Attempt }, cancellation);
        await JobQueue.NotifyAsync(context, dataset.Id, cancellation);
        return true;
    }

    /// <summary>Ends runs whose jobs ended without success, or lets them wait for another attempt; then starts what waited for their datasets.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        var ended = await database.ReadAsSystemAsync((context, token) => context.Set<StoredRefreshRun>()
            .Where(run => run.State == RefreshState.Queued && !context.Set<Job>().Any(job => job.Id == run.JobId && (job.State == Job.Pending || job.State == Job.Running)))
            .OrderBy(run => run.CreatedAt).Select(run => run.Id).Take(500).ToListAsync(token), cancellation);
        foreach (var id in ended)
        {
            await database.ChangeAsSystemAsync(AuditSource.Portal, async (context, token) =>
            {
                context.Audit.NothingOwed("Another node was quicker.");
                if (await LockAsync(context, id, RefreshState.Queued, token) is not { } run)
                    return false;
                var job = await context.Set<Job>().AsNoTracking().SingleOrDefaultAsync(job => job.Id == run.JobId, token);
                if (job?.State is Job.Pending or Job.Running)
                    return false;
                if (job?.State == Job.Cancelled)
                    await EndAsync(context, run, RefreshState.Cancelled, null, token);
                else
                    await FailAsync(context, run, job?.Error is { } error ? StoredJson.Read<JobError>(error) : new JobError("job.interrupted", "The run's job is gone.", ["Run it again"], ""), token);
                return true;
            }, cancellation);
        }

        await StartWaitingAsync(cancellation);
    }

    /// <summary>Refuses settings whose rows cannot be made: the schema is gone, or its plan does not compile.</summary>
    /// <exception cref="SchemaInvalidException"/>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">refresh.bad_settings, refresh.no_policy, refresh.no_source, refresh.uploaded_source, dataset.bad_request</exception>
    internal async Task CheckAsync(Actor actor, RefreshSettings settings, CancellationToken cancellation)
    {
        if (settings.Masked is { } from)
        {
            await database.ReadAsync(actor, (context, token) => MaskedRefreshes.FindAsync(context, actor.TeamId, from, token), cancellation);
            return;
        }

        var (request, document) = await ReadAsync(actor, "dataset", settings, cancellation);
        GenerateRules.Check(request);
        GenerateRules.CheckRows(request, document);
        var known = document.Entities.Select(entity => entity.Name).Concat(document.Entities.SelectMany(entity => entity.Fields.Select(field => $"{entity.Name}.{field.Name}"))).ToHashSet(StringComparer.Ordinal);
        if (settings.Stable.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new PortalException("refresh.bad_settings", $"The schema {document.Name} has no {unknown} that could stay the same.") { SuggestedActions = ["Choose entities and fields of the schema"] };
        await Task.Run(() => GenerateWork.Compile(document, settings.Options(time.GetUtcNow(), "UTC")), cancellation);
    }

    /// <summary>The schema as the team uses it, at the settings' version or the latest.</summary>
    internal async Task<(GenerateRequest Request, SchemaDocument Document)> ReadAsync(Actor actor, string name, RefreshSettings settings, CancellationToken cancellation)
    {
        var effective = await overrides.GetAsync(actor, settings.SchemaId, settings.SchemaVersion, cancellation);
        var scenarios = await database.ReadAsync(actor, (context, token) => QualityRuleStore.MadeAsync(context, actor.TeamId, settings.SchemaId, token), cancellation);
        return (new GenerateRequest(name, "", settings.SchemaId, effective.Base.Version, settings.Seed, null, settings.Scale, settings.Rows, settings.QualityLevel, []) { Scenarios = scenarios }, effective.Document);
    }

    /// <summary>Pages of schedule and dataset read again, and the triggers follow.</summary>
    internal static async Task TellAsync(PortalContext context, StoredRefreshSchedule schedule, CancellationToken cancellation)
    {
        await JobQueue.NotifyAsync(context, SchedulesChanged, cancellation);
        await JobQueue.NotifyAsync(context, schedule.Id, cancellation);
        await JobQueue.NotifyAsync(context, schedule.DatasetId, cancellation);
    }

    /// <summary>Schedules that are in their team's zone follow it: the same time of day, in the zone that the team has now.</summary>
    internal static async Task MoveZoneAsync(PortalContext context, Guid teamId, string from, string to, CancellationToken cancellation)
    {
        foreach (var schedule in await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where team_id = {teamId} for update").ToListAsync(cancellation))
        {
            var rule = StoredJson.Read<RefreshRule>(schedule.Rule);
            if (rule.Zone != from || !StoredJson.Read<RefreshSettings>(schedule.Settings).InTeamZone)
                continue;
            schedule.Rule = StoredJson.Write(rule with { Zone = to });
            schedule.Revision++;
            schedule.Plan();
            await TellAsync(context, schedule, cancellation);
        }
    }

    /// <summary>A run that waits for its dataset.</summary>
    internal static StoredRefreshRun Begin(StoredRefreshSchedule schedule, DateTimeOffset planned, RefreshCause cause, DateTimeOffset now, Guid by, string byName, Guid? chain = null)
    {
        var (id, options) = (Guid.CreateVersion7(now), StoredJson.Read<RefreshSettings>(schedule.Settings).Options(planned, StoredJson.Read<RefreshRule>(schedule.Rule).Zone));
        return new()
        {
            Id = id, TeamId = schedule.TeamId, ScheduleId = schedule.Id, DatasetId = schedule.DatasetId, ChainId = chain ?? id, PlannedFor = planned, Cause = cause, State = RefreshState.Waiting, NotBefore = now,
            Settings = schedule.Settings, Seed = options.Seed, AsOf = options.AsOf, StartedById = by, StartedBy = byName, CreatedAt = now,
        };
    }

    /// <summary>Begins the runs of the schedules that follow one, in the transaction of its success.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> FollowAsync(PortalContext context, StoredRefreshRun run, CancellationToken cancellation)
    {
        if (run.ScheduleId is not { } leader)
            return 0;
        var (now, count) = (time.GetUtcNow(), 0);
        foreach (var follower in await context.Set<StoredRefreshSchedule>().Where(schedule => schedule.AfterId == leader && !schedule.Paused && context.Set<Dataset>().Any(dataset => dataset.Id == schedule.DatasetId && dataset.DeletedAt == null)).OrderBy(schedule => schedule.Id).ToListAsync(cancellation))
        {
            if (await context.Set<StoredRefreshRun>().AnyAsync(other => other.ChainId == run.ChainId && other.ScheduleId == follower.Id, cancellation))
                continue;
            var next = Begin(follower, run.PlannedFor, RefreshCause.Chain, now, run.StartedById, run.StartedBy, run.ChainId);
            await SupersedeAsync(context, next, now, cancellation);
            context.Add(next);
            context.Audit.Add(AuditAction.RefreshStarted, AuditObject.Schedule(follower.Id, await NameAsync(context, follower.DatasetId, cancellation)), details: new { run = next.Id, next.PlannedFor, after = run.Id }, team: run.TeamId);
            count++;
        }

        return count;
    }

    /// <summary>Whether the chain of a run goes live together, by the settings of the run that began it.</summary>
    internal static async Task<bool> IsTogetherAsync(PortalContext context, StoredRefreshRun run, CancellationToken cancellation) =>
        StoredJson.Read<RefreshSettings>(run.ChainId == run.Id ? run.Settings : await context.Set<StoredRefreshRun>().Where(first => first.Id == run.ChainId).Select(first => first.Settings).SingleOrDefaultAsync(cancellation) ?? run.Settings).Together;

    internal static void End(StoredRefreshRun run, RefreshState state, string? error, DateTimeOffset now) => (run.State, run.Error, run.FinishedAt) = (state, error, now);

    /// <summary>A run that still waits for the dataset is behind by a whole period: the newer one does what it would have done.</summary>
    private static async Task SupersedeAsync(PortalContext context, StoredRefreshRun newer, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var former in await context.Set<StoredRefreshRun>().Where(other => other.DatasetId == newer.DatasetId && other.State == RefreshState.Waiting).ToListAsync(cancellation))
        {
            newer.Missed += former.Missed + 1;
            End(former, former.Error is null ? RefreshState.Missed : RefreshState.Failed, former.Error, now);
        }
    }

    private Task FailAsync(Guid id, JobError error, CancellationToken cancellation) => database.ChangeAsSystemAsync(AuditSource.Portal, async (context, token) =>
    {
        context.Audit.NothingOwed("Another node was quicker.");
        if (await LockAsync(context, id, RefreshState.Waiting, token) is not { } run)
            return false;
        await FailAsync(context, run, error, token);
        return true;
    }, cancellation);

    private async Task FailAsync(PortalContext context, StoredRefreshRun run, JobError error, CancellationToken cancellation)
    {
        var settings = StoredJson.Read<RefreshSettings>(run.Settings);
        if (Passing.Contains(error.Code, StringComparer.Ordinal) && run.Attempt < settings.Attempts)
        {
            var pause = TimeSpan.FromTicks((long)Math.Min(settings.BackOff.Ticks * Math.Pow(2, Math.Max(0, run.Attempt - 1)), TimeSpan.FromDays(1).Ticks));
            (run.State, run.NotBefore, run.Error) = (RefreshState.Waiting, time.GetUtcNow() + pause, StoredJson.Write(error));
            await JobQueue.NotifyAsync(context, run.DatasetId, cancellation);
            return;
        }

        await EndAsync(context, run, RefreshState.Failed, error, cancellation);
    }

    private async Task EndAsync(PortalContext context, StoredRefreshRun run, RefreshState state, JobError? error, CancellationToken cancellation)
    {
        var (now, name) = (time.GetUtcNow(), await NameAsync(context, run.DatasetId, cancellation));
        End(run, state, error is null ? null : StoredJson.Write(error), now);
        context.Audit.Source = AuditSource.Portal with { TeamId = run.TeamId };
        context.Audit.Add(state == RefreshState.Failed ? AuditAction.RefreshFailed : AuditAction.RefreshCancelled, AuditObject.Schedule(run.ScheduleId ?? run.Id, name), details: new { run = run.Id, run.PlannedFor, run.Attempt, error?.Code, error?.Message });
        // All or none: what the chain has ready does not go live.
        if (await IsTogetherAsync(context, run, cancellation))
        {
            foreach (var held in await context.Set<StoredRefreshRun>().Where(other => other.ChainId == run.ChainId && other.Id != run.Id && (other.State == RefreshState.Waiting || other.State == RefreshState.Held)).ToListAsync(cancellation))
            {
                End(held, RefreshState.Failed, StoredJson.Write(new JobError("refresh.chain_failed", $"{name}, which goes live together with this one, {(state == RefreshState.Failed ? "could not be refreshed" : "was cancelled")}.", [$"See to {name} first, then run the chain again"], "")), now);
                await context.Set<DatasetVersion>().Where(version => version.Id == held.VersionId && version.State == DatasetVersion.Ready && !context.Set<Dataset>().Any(dataset => dataset.CurrentVersionId == version.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(version => version.State, DatasetVersion.Deleted), cancellation);
                await JobQueue.NotifyAsync(context, held.DatasetId, cancellation);
            }
        }

        if (state == RefreshState.Failed)
            await Notices.AddAsync(context, new Notice(NoticeKind.RefreshFailed, run.TeamId, $"The refresh of {name} failed", $"{error?.Message} The live version is as it was.", error?.Code == MaskingBench.Drifted && run.MaskingRunId is { } card ? $"/masking/runs/{card}" : $"/datasets/{run.DatasetId}/refresh") { DatasetId = run.DatasetId, ScheduleId = run.ScheduleId }, cancellation);
        await context.SaveChangesAsync(cancellation);
        await JobQueue.NotifyAsync(context, run.DatasetId, cancellation);
    }

    internal static Task<string> NameAsync(PortalContext context, Guid datasetId, CancellationToken cancellation) => context.Set<Dataset>().Where(dataset => dataset.Id == datasetId).Select(dataset => dataset.Name).SingleAsync(cancellation);

    private static async Task<StoredRefreshRun?> LockAsync(PortalContext context, Guid id, RefreshState state, CancellationToken cancellation)
    {
        var run = await context.Set<StoredRefreshRun>().FromSql($"select * from portal.refresh_run where id = {id} for update skip locked").SingleOrDefaultAsync(cancellation);
        return run?.State == state ? run : null;
    }
}
