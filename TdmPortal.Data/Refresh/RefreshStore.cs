using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.Retention;
using TdmPortal.Data.Reviews;

namespace TdmPortal.Data.Refresh;

/// <summary>Schedules of a team's datasets, as people set and see them. A schedule belongs to the team, not to who made it.</summary>
public sealed class RefreshStore(PortalDatabase database, RefreshQueue queue, TimeProvider time)
{
    private const string LeadsOnly = "Only a lead of the team may set when a dataset is refreshed.";

    /// <summary>The dataset's schedule; null: it has none.</summary>
    /// <exception cref="NotFoundException">No such dataset in the team.</exception>
    public Task<RefreshSchedule?> GetAsync(Actor actor, Guid datasetId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        _ = await FindDatasetAsync(context, actor, datasetId, token);
        return (await DescribeAsync(context, actor, Of(context, actor).Where(schedule => schedule.DatasetId == datasetId), token)).SingleOrDefault();
    }, cancellation);

    /// <summary>What a new schedule of a dataset would do unless it is told otherwise: as its live version was made.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">refresh.no_version: nothing says by which schema.</exception>
    public Task<RefreshSettings> ProposeAsync(Actor actor, Guid datasetId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var dataset = await FindDatasetAsync(context, actor, datasetId, token);
        var version = await context.Set<DatasetVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.Id == dataset.CurrentVersionId, token);
        if (version?.Origin == DatasetVersion.Masked)
            return await ProposeMaskedAsync(context, dataset, version, token);
        return version is { SchemaId: { } schema }
            ? new RefreshSettings { SchemaId = schema, Seed = version.Seed, Scale = version.Scale, Rows = StoredJson.Read<Dictionary<string, long>>(version.RowsAsked), QualityLevel = version.QualityLevel, DatesFrom = version.AsOf }
            : throw new ConflictException("refresh.no_version", $"{dataset.Name} has no version that was generated from a schema, so nothing says what a refresh would make.") { SuggestedActions = ["Generate a version first"] };
    }, cancellation);

    private static async Task<RefreshSettings> ProposeMaskedAsync(PortalContext context, Dataset dataset, DatasetVersion version, CancellationToken cancellation)
    {
        var run = await context.Set<StoredMaskingRun>().Where(run => run.VersionId == version.Id).Select(run => new { run.PolicyId, run.SourceId }).FirstOrDefaultAsync(cancellation);
        if (run is not { PolicyId: { } policy, SourceId: { } source })
            throw new ConflictException("refresh.no_version", $"{dataset.Name} was masked by a policy or from a source that is gone, so nothing says what a refresh would mask.") { SuggestedActions = ["Mask a version by a policy that is there first"] };
        var settings = new RefreshSettings { SchemaId = Guid.Empty, Masked = new(policy, source) };
        try
        {
            await MaskedRefreshes.FindAsync(context, dataset.TeamId, settings.Masked, cancellation);
            return settings;
        }
        catch (PortalException missing) when (missing is not NotFoundException)
        {
            throw new ConflictException("refresh.no_version", $"{missing.Message} So {dataset.Name} cannot be refreshed by itself.") { SuggestedActions = ["Mask a version by a policy and from a database that are there first"] };
        }
    }

    /// <summary>The schedules of the team, the next run first; those without one last.</summary>
    /// <param name="search">In the dataset's name or title.</param>
    public Task<Page<RefreshSchedule>> ListAsync(Actor actor, string? search, ScheduleShelf shelf, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var schedules = Of(context, actor).Where(schedule => context.Set<Dataset>().Any(dataset => dataset.Id == schedule.DatasetId && dataset.DeletedAt == null));
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = ListCursor.Containing(search);
            schedules = schedules.Where(schedule => context.Set<Dataset>().Any(dataset => dataset.Id == schedule.DatasetId && (EF.Functions.ILike(dataset.Name, pattern, @"\") || EF.Functions.ILike(dataset.Title, pattern, @"\"))));
        }

        schedules = shelf switch
        {
            ScheduleShelf.Planned => schedules.Where(schedule => schedule.NextAt != null),
            ScheduleShelf.Paused => schedules.Where(schedule => schedule.Paused),
            ScheduleShelf.Failed => schedules.Where(schedule => context.Set<StoredRefreshRun>().Where(run => run.DatasetId == schedule.DatasetId).OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id).Select(run => run.State == RefreshState.Failed).FirstOrDefault()),
            _ => schedules,
        };
        var total = await schedules.LongCountAsync(token);
        var never = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        if (ListCursor.Parse(after) is { } cursor)
            schedules = schedules.Where(schedule => EF.Functions.GreaterThan(ValueTuple.Create(schedule.NextAt ?? never, schedule.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await DescribeAsync(context, actor, schedules.OrderBy(schedule => schedule.NextAt ?? never).ThenBy(schedule => schedule.Id).Take(take + 1), token);
        var items = found.OrderBy(schedule => schedule.NextAt ?? never).ThenBy(schedule => schedule.Id).Take(take).ToList();
        return new Page<RefreshSchedule>(items, found.Count > take ? new ListCursor(items[^1].NextAt ?? never, items[^1].Id).ToString() : null, total);
    }, cancellation);

    /// <summary>Sets when and how a dataset is refreshed; takes effect at once, or becomes a proposal where the team wants a review.</summary>
    /// <param name="after">The schedule whose success starts this one; null: the rule does.</param>
    /// <param name="revision">Of the schedule that was changed; null: there was none.</param>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="ConflictException">refresh.changed: somebody else changed it meanwhile. refresh.cycle: the chain would come back to its beginning.</exception>
    /// <exception cref="PortalException">refresh.bad_rule, refresh.bad_settings, refresh.no_policy, refresh.no_source, refresh.uploaded_source</exception>
    public async Task<EditOutcome> SaveAsync(Actor lead, Guid datasetId, RefreshRule rule, RefreshSettings settings, Guid? after, int? revision, CancellationToken cancellation)
    {
        rule.Check();
        settings.Check();
        await database.DemandAsync(lead, lead.IsLead, LeadsOnly, cancellation);
        await queue.CheckAsync(lead, settings, cancellation);
        try
        {
            return await database.ChangeAsync(lead, async (context, token) => await ReviewGate.IsDatasetReviewedAsync(context, datasetId, token)
                ? new EditOutcome(await ProposeAsync(context, lead, datasetId, new(rule, settings, after), revision, token))
                : new EditOutcome(null) { Schedule = await SaveAsync(context, lead, datasetId, rule, settings, after, revision, token) }, cancellation);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Changed();
        }
    }

    /// <summary>As <see cref="SaveAsync(Actor, Guid, RefreshRule, RefreshSettings, Guid?, int?, CancellationToken)"/>, within somebody's transaction; rule and settings were checked.</summary>
    internal async Task<Guid> SaveAsync(PortalContext context, Actor lead, Guid datasetId, RefreshRule rule, RefreshSettings settings, Guid? after, int? revision, CancellationToken cancellation)
    {
        var dataset = await FindDatasetAsync(context, lead, datasetId, cancellation);
        var stored = await Of(context, lead).SingleOrDefaultAsync(schedule => schedule.DatasetId == datasetId, cancellation);
        if (stored?.Revision != revision)
            throw Changed();
        var now = time.GetUtcNow();
        var before = stored is null ? null : Told(stored);
        if (stored is null)
            context.Add(stored = new StoredRefreshSchedule { Id = Guid.CreateVersion7(now), TeamId = lead.TeamId, DatasetId = datasetId, CreatedBy = lead.UserName, CreatedAt = now, Revision = 0 });
        if (after is { } leader)
            await DemandNoCycleAsync(context, lead, stored.Id, leader, cancellation);
        (stored.Rule, stored.Settings, stored.AfterId) = (StoredJson.Write(rule), StoredJson.Write(settings), after);
        // What should have started before the change is not made up for.
        stored.Watermark = Latest(stored.Watermark, now);
        Touch(stored, lead, now);
        await KeepAsync(context, lead, datasetId, settings, cancellation);
        context.Audit.Add(before is null ? AuditAction.RefreshScheduled : AuditAction.RefreshChanged, AuditObject.Schedule(stored.Id, dataset.Name), before, Told(stored));
        await context.SaveChangesAsync(cancellation);
        await RefreshQueue.TellAsync(context, stored, cancellation);
        await TellAsync(context, lead, stored, dataset.Name, before is null ? "is refreshed by a schedule now" : "is refreshed by another schedule or in another way now", cancellation);
        return stored.Id;
    }

    private async Task<Guid> ProposeAsync(PortalContext context, Actor lead, Guid datasetId, ProposedSchedule wanted, int? revision, CancellationToken cancellation)
    {
        var dataset = await FindDatasetAsync(context, lead, datasetId, cancellation);
        var stored = await Of(context, lead).AsNoTracking().SingleOrDefaultAsync(schedule => schedule.DatasetId == datasetId, cancellation);
        if (stored?.Revision != revision)
            throw Changed();
        return await ReviewGate.ProposeAsync(context, lead, new StoredProposal
        {
            Kind = ProposalKind.Schedule, DatasetId = datasetId, Title = $"Schedule of {dataset.Name}", BaseVersion = revision ?? 0, Wanted = StoredJson.Write(wanted), Note = null,
            Base = StoredJson.Write(stored is null ? null : new ProposedSchedule(StoredJson.Read<RefreshRule>(stored.Rule), StoredJson.Read<RefreshSettings>(stored.Settings), stored.AfterId)),
        }, time.GetUtcNow(), cancellation);
    }

    /// <summary>How many versions are kept is the dataset's own rule, whoever sets it.</summary>
    private async Task KeepAsync(PortalContext context, Actor lead, Guid datasetId, RefreshSettings settings, CancellationToken cancellation)
    {
        if (settings.KeepVersions is not { } keep)
            return;
        var rule = await context.Set<StoredRetentionRule>().SingleOrDefaultAsync(rule => rule.DatasetId == datasetId, cancellation);
        if (rule?.KeepVersions == keep)
            return;
        if (rule is null)
            context.Add(rule = new StoredRetentionRule { DatasetId = datasetId, TeamId = lead.TeamId, KeepTagged = true });
        (rule.KeepVersions, rule.ChangedBy, rule.ChangedAt) = (keep, lead.UserName, time.GetUtcNow());
    }

    private static Task TellAsync(PortalContext context, Actor lead, StoredRefreshSchedule schedule, string dataset, string what, CancellationToken cancellation) => Notices.AddAsync(context,
        new Notice(NoticeKind.ScheduleChanged, schedule.TeamId, $"{dataset} {what}", $"{StoredJson.Read<RefreshRule>(schedule.Rule).Describe()}. Changed by {lead.UserName}.", $"/datasets/{schedule.DatasetId}/refresh") { DatasetId = schedule.DatasetId, ScheduleId = schedule.Id, AuthorId = lead.UserId }, cancellation);

    /// <summary>No run is planned until it is resumed; one that goes on ends.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">For leads.</exception>
    public Task PauseAsync(Actor lead, Guid scheduleId, CancellationToken cancellation) => ChangeAsync(lead, scheduleId, AuditAction.RefreshPaused, schedule => schedule.Paused = true, cancellation);

    /// <summary>Runs are planned again from now on; what was planned in between is not made up for.</summary>
    /// <inheritdoc cref="PauseAsync" path="/exception"/>
    public Task ResumeAsync(Actor lead, Guid scheduleId, CancellationToken cancellation) => ChangeAsync(lead, scheduleId, AuditAction.RefreshResumed, schedule =>
    {
        schedule.Paused = false;
        schedule.Watermark = Latest(schedule.Watermark, time.GetUtcNow());
    }, cancellation);

    /// <summary>Leaves the next planned run out.</summary>
    /// <returns>The run that is left out.</returns>
    /// <inheritdoc cref="PauseAsync" path="/exception"/>
    /// <exception cref="ConflictException">refresh.no_run: none is planned.</exception>
    public async Task<FireTime> SkipNextAsync(Actor lead, Guid scheduleId, CancellationToken cancellation)
    {
        FireTime? skipped = null;
        await ChangeAsync(lead, scheduleId, AuditAction.RefreshSkipped, schedule =>
        {
            var rule = StoredJson.Read<RefreshRule>(schedule.Rule);
            skipped = schedule.NextAt is null ? null : FireTimes.After(rule, Latest(schedule.Watermark, time.GetUtcNow())).FirstOrDefault();
            if (skipped is null)
                throw new ConflictException("refresh.no_run", "No run is planned that could be left out.") { SuggestedActions = ["Resume the schedule first"] };
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-2);
            schedule.Rule = StoredJson.Write(rule with { Skipped = [.. rule.Skipped.Where(day => day >= today), skipped.Day] });
        }, cancellation);
        return skipped!;
    }

    /// <summary>Takes back that a day's run is left out.</summary>
    /// <inheritdoc cref="PauseAsync" path="/exception"/>
    public Task UnskipAsync(Actor lead, Guid scheduleId, DateOnly day, CancellationToken cancellation) => ChangeAsync(lead, scheduleId, AuditAction.RefreshUnskipped, schedule =>
    {
        var rule = StoredJson.Read<RefreshRule>(schedule.Rule);
        schedule.Rule = StoredJson.Write(rule with { Skipped = [.. rule.Skipped.Where(skipped => skipped != day)] });
        schedule.Watermark = Latest(schedule.Watermark, time.GetUtcNow());
    }, cancellation);

    /// <summary>Removes the schedule; the dataset, its versions and the history of its runs stay.</summary>
    /// <inheritdoc cref="PauseAsync" path="/exception"/>
    public Task DeleteAsync(Actor lead, Guid scheduleId, CancellationToken cancellation) => database.ChangeAsync(lead, async (context, token) =>
    {
        var schedule = await FindAsync(context, lead, scheduleId, token);
        await database.DemandAsync(lead, lead.IsLead, LeadsOnly, token);
        // Those that waited for it run by their own rules again, from now on.
        foreach (var follower in await Of(context, lead).Where(other => other.AfterId == scheduleId).ToListAsync(token))
        {
            (follower.AfterId, follower.Watermark) = (null, Latest(follower.Watermark, time.GetUtcNow()));
            Touch(follower, lead, time.GetUtcNow());
        }

        context.Remove(schedule);
        context.Audit.Add(AuditAction.RefreshRemoved, AuditObject.Schedule(scheduleId, await RefreshQueue.NameAsync(context, schedule.DatasetId, token)), Told(schedule));
        await RefreshQueue.TellAsync(context, schedule, token);
        await TellAsync(context, lead, schedule, await RefreshQueue.NameAsync(context, schedule.DatasetId, token), "has no refresh schedule any more", token);
        return true;
    }, cancellation);

    /// <summary>Starts a run now, whatever the schedule says and also while it is paused. Dates are of now.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">refresh.runs: a run waits or goes on.</exception>
    public async Task<Guid> RunNowAsync(Actor actor, Guid scheduleId, CancellationToken cancellation)
    {
        var id = await database.ChangeAsync(actor, async (context, token) =>
        {
            var schedule = await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where id = {scheduleId} and team_id = {actor.TeamId} for update").SingleOrDefaultAsync(token) ?? throw new NotFoundException("The schedule");
            var name = await RefreshQueue.NameAsync(context, schedule.DatasetId, token);
            if (await context.Set<StoredRefreshRun>().AnyAsync(run => run.DatasetId == schedule.DatasetId && (run.State == RefreshState.Waiting || run.State == RefreshState.Queued || run.State == RefreshState.Held), token))
                throw new ConflictException("refresh.runs", $"A refresh of {name} waits or goes on already.") { SuggestedActions = ["Wait until it has ended, or cancel it"] };
            var now = time.GetUtcNow();
            var run = RefreshQueue.Begin(schedule, new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero), RefreshCause.Manual, now, actor.UserId, actor.UserName);
            context.Add(run);
            context.Audit.Add(AuditAction.RefreshAsked, AuditObject.Schedule(scheduleId, name), details: new { run = run.Id });
            await context.SaveChangesAsync(token);
            await RefreshQueue.TellAsync(context, schedule, token);
            return run.Id;
        }, cancellation);
        await queue.StartWaitingAsync(cancellation);
        return id;
    }

    /// <summary>Stops a run that waits or goes on; what it has made so far is removed, the live version stays.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">Neither a lead nor who started it.</exception>
    /// <exception cref="ConflictException">refresh.ended: it has come to its end.</exception>
    public async Task CancelAsync(Actor actor, Guid runId, CancellationToken cancellation)
    {
        await database.ChangeAsync(actor, async (context, token) =>
        {
            var run = await context.Set<StoredRefreshRun>().FromSql($"select * from portal.refresh_run where id = {runId} and team_id = {actor.TeamId} for update").SingleOrDefaultAsync(token) ?? throw new NotFoundException("The run");
            var name = await RefreshQueue.NameAsync(context, run.DatasetId, token);
            await database.DemandAsync(actor, MayCancel(run, actor), $"The refresh of {name} was started by {run.StartedBy}. Only they or a lead of the team may stop it.", token);
            context.Audit.Add(AuditAction.RefreshCancelled, AuditObject.Schedule(run.ScheduleId ?? run.Id, name), details: new { run = runId });
            if (run.State == RefreshState.Queued)
            {
                // Its job ends first; the run follows it.
                await JobQueue.CancelAsync(context, run.JobId!.Value, token);
            }
            else if (run.State is RefreshState.Waiting or RefreshState.Held)
            {
                RefreshQueue.End(run, RefreshState.Cancelled, null, time.GetUtcNow());
            }
            else
            {
                throw new ConflictException("refresh.ended", $"This refresh of {name} has ended already.");
            }

            await JobQueue.NotifyAsync(context, run.DatasetId, token);
            return true;
        }, cancellation);
        await queue.SettleAsync(cancellation);
    }

    /// <summary>The runs of a dataset, the latest first.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<Page<RefreshRun>> RunsAsync(Actor actor, Guid datasetId, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var dataset = await FindDatasetAsync(context, actor, datasetId, token);
        var runs = context.Set<StoredRefreshRun>().AsNoTracking().Where(run => run.DatasetId == datasetId);
        var total = await runs.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            runs = runs.Where(run => EF.Functions.LessThan(ValueTuple.Create(run.CreatedAt, run.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await runs.OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id).Take(take + 1).ToListAsync(token);
        var items = found.Take(take).Select(run => Describe(run, dataset.Name, actor)).ToList();
        return new Page<RefreshRun>(items, found.Count > take ? new ListCursor(items[^1].CreatedAt, items[^1].Id).ToString() : null, total);
    }, cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<RefreshRun> RunAsync(Actor actor, Guid runId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var run = await context.Set<StoredRefreshRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == runId && run.TeamId == actor.TeamId, token) ?? throw new NotFoundException("The run");
        return Describe(run, await RefreshQueue.NameAsync(context, run.DatasetId, token), actor);
    }, cancellation);

    /// <summary>Who uses the dataset just now: pins that hold a version, and sessions of the team's login. For "run now".</summary>
    /// <exception cref="NotFoundException"/>
    public async Task<IReadOnlyList<DatasetUser>> UsersAsync(Actor actor, Guid datasetId, CancellationToken cancellation)
    {
        var (pins, role) = await database.ReadAsync(actor, async (context, token) =>
        {
            _ = await FindDatasetAsync(context, actor, datasetId, token);
            var now = time.GetUtcNow();
            var pins = await context.Set<Environments.StoredPin>().Where(pin => pin.Until > now).Join(context.Set<DatasetVersion>().Where(version => version.DatasetId == datasetId && version.State == DatasetVersion.Ready), pin => pin.VersionId, version => version.Id, (pin, version) => new { pin, version.Number })
                .Select(row => new { row.Number, row.pin.Until, row.pin.PinnedAt, Who = context.Users.Where(user => user.Id == row.pin.UserId).Select(user => user.DisplayName).First() }).OrderBy(row => row.Who).ToListAsync(token);
            var role = await context.Set<Environments.StoredTeamLogin>().Where(login => login.TeamId == actor.TeamId).Select(login => login.RoleName).SingleOrDefaultAsync(token);
            return (pins.ConvertAll(row => new DatasetUser(row.Who, FormattableString.Invariant($"holds version {row.Number} until {row.Until:yyyy-MM-dd HH:mm} UTC"), row.PinnedAt)), role);
        }, cancellation);
        return role is null ? pins : [.. pins, .. await SessionsAsync(role, cancellation)];
    }

    private Task<List<DatasetUser>> SessionsAsync(string role, CancellationToken cancellation) => database.ProvisionAsync(async (connection, token) =>
    {
        await using var command = new NpgsqlCommand("""
            select coalesce(nullif(application_name, ''), 'A client'), coalesce(host(client_addr), 'this machine'), state, backend_start from pg_stat_activity
            where usename = $1 and datname = current_database() order by backend_start limit 50
            """, connection) { Parameters = { new() { Value = role } } };
        var found = new List<DatasetUser>();
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
            found.Add(new DatasetUser(reader.GetString(0), $"is connected from {reader.GetString(1)}{(await reader.IsDBNullAsync(2, token) || reader.GetString(2) != "active" ? "" : ", running a query")}", await reader.GetFieldValueAsync<DateTimeOffset>(3, token)));
        return found;
    }, cancellation);

    private Task ChangeAsync(Actor lead, Guid scheduleId, AuditAction action, Action<StoredRefreshSchedule> change, CancellationToken cancellation) => database.ChangeAsync(lead, async (context, token) =>
    {
        var schedule = await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where id = {scheduleId} and team_id = {lead.TeamId} for update").SingleOrDefaultAsync(token) ?? throw new NotFoundException("The schedule");
        await database.DemandAsync(lead, lead.IsLead, LeadsOnly, token);
        var before = Told(schedule);
        change(schedule);
        Touch(schedule, lead, time.GetUtcNow());
        context.Audit.Add(action, AuditObject.Schedule(scheduleId, await RefreshQueue.NameAsync(context, schedule.DatasetId, token)), before, Told(schedule));
        await context.SaveChangesAsync(token);
        await RefreshQueue.TellAsync(context, schedule, token);
        await TellAsync(context, lead, schedule, await RefreshQueue.NameAsync(context, schedule.DatasetId, token), What(action), token);
        return true;
    }, cancellation);

    private static string What(AuditAction action) => action == AuditAction.RefreshPaused ? "is no longer refreshed: its schedule is paused" : action == AuditAction.RefreshResumed ? "is refreshed again" : action == AuditAction.RefreshSkipped ? "is not refreshed the next time" : "is refreshed the next time after all";

    private static void Touch(StoredRefreshSchedule schedule, Actor lead, DateTimeOffset now)
    {
        (schedule.ChangedBy, schedule.ChangedAt) = (lead.UserName, now);
        schedule.Revision++;
        schedule.Plan();
    }

    private static async Task DemandNoCycleAsync(PortalContext context, Actor lead, Guid id, Guid leader, CancellationToken cancellation)
    {
        // Locked as a whole: two changes at once must not close a circle that neither sees.
        var before = await context.Set<StoredRefreshSchedule>().FromSql($"select * from portal.refresh_schedule where team_id = {lead.TeamId} for update").AsNoTracking().ToDictionaryAsync(schedule => schedule.Id, schedule => schedule.AfterId, cancellation);
        if (!before.ContainsKey(leader))
            throw new NotFoundException("The schedule to follow");
        for (Guid? at = leader; at is { } here; at = before.GetValueOrDefault(here))
        {
            if (here == id)
                throw new ConflictException("refresh.cycle", "This dataset would be refreshed after itself: the chain comes back to its beginning.") { SuggestedActions = ["Choose a dataset that is not refreshed after this one"] };
        }
    }

    internal static async Task<List<RefreshSchedule>> DescribeAsync(PortalContext context, Actor actor, IQueryable<StoredRefreshSchedule> schedules, CancellationToken cancellation)
    {
        var found = await schedules.AsNoTracking().Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), schedule => schedule.DatasetId, dataset => dataset.Id, (schedule, dataset) => new { schedule, dataset.Name, dataset.Title }).ToListAsync(cancellation);
        var datasets = found.ConvertAll(row => row.schedule.DatasetId);
        var leaders = found.Select(row => row.schedule.AfterId).OfType<Guid>().Distinct().ToList();
        var names = leaders.Count == 0 ? [] : await context.Set<StoredRefreshSchedule>().Where(schedule => leaders.Contains(schedule.Id)).Join(context.Set<Dataset>(), schedule => schedule.DatasetId, dataset => dataset.Id, (schedule, dataset) => new { schedule.Id, dataset.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, cancellation);
        var last = await context.Set<StoredRefreshRun>().AsNoTracking().Where(run => datasets.Contains(run.DatasetId)).GroupBy(run => run.DatasetId).Select(runs => runs.OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id).First()).ToDictionaryAsync(run => run.DatasetId, cancellation);
        var masked = found.Select(row => StoredJson.Read<RefreshSettings>(row.schedule.Settings).Masked).OfType<MaskedRefresh>().ToList();
        var (policyIds, sourceIds) = (masked.ConvertAll(from => from.PolicyId), masked.ConvertAll(from => from.SourceId));
        var policies = masked.Count == 0 ? [] : await context.Set<StoredMaskingPolicy>().Where(policy => policyIds.Contains(policy.Id)).Select(policy => new { policy.Id, policy.Name }).ToDictionaryAsync(policy => policy.Id, policy => policy.Name, cancellation);
        var sources = masked.Count == 0 ? [] : await context.Set<StoredImportSource>().Where(source => sourceIds.Contains(source.Id)).Select(source => new { source.Id, source.Name }).ToDictionaryAsync(source => source.Id, source => source.Name, cancellation);
        return found.ConvertAll(row => (Row: row, StoredJson.Read<RefreshSettings>(row.schedule.Settings).Masked)).ConvertAll(one => Describe(one.Row.schedule, one.Row.Name, one.Row.Title) with
        {
            PolicyName = one.Masked is null ? null : policies.GetValueOrDefault(one.Masked.PolicyId), SourceName = one.Masked is null ? null : sources.GetValueOrDefault(one.Masked.SourceId),
        });

        RefreshSchedule Describe(StoredRefreshSchedule schedule, string name, string title) => new(schedule.Id, schedule.TeamId, schedule.DatasetId, name, title, StoredJson.Read<RefreshRule>(schedule.Rule), StoredJson.Read<RefreshSettings>(schedule.Settings),
            schedule.AfterId, schedule.AfterId is { } leader ? names.GetValueOrDefault(leader) : null, schedule.Paused, schedule.Revision, schedule.NextAt, last.TryGetValue(schedule.DatasetId, out var run) ? RefreshStore.Describe(run, name, actor) : null,
            schedule.CreatedBy, schedule.CreatedAt, schedule.ChangedBy, schedule.ChangedAt, actor.IsLead);
    }

    private static RefreshRun Describe(StoredRefreshRun run, string dataset, Actor actor) => new(run.Id, run.ScheduleId, run.DatasetId, dataset, run.ChainId, run.PlannedFor, run.Cause, run.State, run.NotBefore, run.Attempt, StoredJson.Read<RefreshSettings>(run.Settings),
        run.JobId, run.VersionId, run.VersionNumber, run.Seed, run.AsOf, StoredJson.Read<List<RefreshStep>>(run.Steps), run.Report is null ? null : StoredJson.Read<GateReport>(run.Report), run.Error is null ? null : StoredJson.Read<JobError>(run.Error),
        run.RowCount, run.Bytes, run.Missed, run.StartedBy, run.CreatedAt, run.StartedAt, run.FinishedAt, run.State is RefreshState.Waiting or RefreshState.Queued or RefreshState.Held && MayCancel(run, actor)) { MaskingRunId = run.MaskingRunId };

    private static bool MayCancel(StoredRefreshRun run, Actor actor) => actor.IsLead || run.StartedById == actor.UserId;

    private static object Told(StoredRefreshSchedule schedule) => new { rule = StoredJson.Read<RefreshRule>(schedule.Rule), settings = StoredJson.Read<RefreshSettings>(schedule.Settings), after = schedule.AfterId, schedule.Paused };

    private static ConflictException Changed() => new("refresh.changed", "Somebody else changed this schedule meanwhile.") { SuggestedActions = ["Reload the page to see how it is now, then change it again"] };

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static IQueryable<StoredRefreshSchedule> Of(PortalContext context, Actor actor) => context.Set<StoredRefreshSchedule>().Where(schedule => schedule.TeamId == actor.TeamId);

    private static async Task<StoredRefreshSchedule> FindAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await Of(context, actor).SingleOrDefaultAsync(schedule => schedule.Id == id, cancellation) ?? throw new NotFoundException("The schedule");

    private static async Task<Dataset> FindDatasetAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == id && dataset.TeamId == actor.TeamId && dataset.DeletedAt == null, cancellation) ?? throw new NotFoundException("The dataset");
}
