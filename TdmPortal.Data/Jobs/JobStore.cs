using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Jobs;

/// <summary>All long work: its rows are the truth, Quartz only runs them.</summary>
public sealed class JobStore(PortalDatabase database, TimeProvider time)
{
    /// <summary>The team's jobs, newest first.</summary>
    public Task<Page<JobSummary>> ListAsync(Actor actor, JobState? state, string? search, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var jobs = context.Set<Job>().AsNoTracking().Where(job => job.TeamId == actor.TeamId);
        if (state is { } wanted)
            jobs = jobs.Where(job => job.State == NameOf(wanted));
        if (!string.IsNullOrWhiteSpace(search))
            jobs = jobs.Where(job => EF.Functions.ILike(job.Title, ListCursor.Containing(search), @"\"));
        var total = await jobs.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            jobs = jobs.Where(job => EF.Functions.LessThan(ValueTuple.Create(job.QueuedAt, job.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await jobs.OrderByDescending(job => job.QueuedAt).ThenByDescending(job => job.Id).Take(take + 1).Select(job => new Job
        {
            Id = job.Id, TeamId = job.TeamId, Kind = job.Kind, Title = job.Title, State = job.State, Step = job.Step, RowsDone = job.RowsDone, RowsTotal = job.RowsTotal, RowsPerSecond = job.RowsPerSecond,
            SecondsLeft = job.SecondsLeft, DatasetId = job.DatasetId, DatasetName = job.DatasetName, StartedById = job.StartedById, StartedBy = job.StartedBy, QueuedAt = job.QueuedAt, StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt, Error = job.Error, CancelRequested = job.CancelRequested,
        }).ToListAsync(token);
        var more = found.Count > take;
        var items = found.Take(take).Select(job => Summarise(job, actor)).ToList();
        return new Page<JobSummary>(items, more ? new ListCursor(items[^1].QueuedAt, items[^1].Id).ToString() : null, total);
    }, cancellation);

    /// <summary>Rows that the team generated on each day (UTC) since <paramref name="since"/>; days without any are missing.</summary>
    public Task<IReadOnlyDictionary<DateOnly, long>> RowsByDayAsync(Actor actor, DateTimeOffset since, CancellationToken cancellation) => database.ReadAsync<IReadOnlyDictionary<DateOnly, long>>(actor, async (context, token) =>
        await context.Database.SqlQuery<DayRows>($"""
            select (finished_at at time zone 'UTC')::date as day, sum(rows_done)::bigint as rows from portal.job
            where team_id = {actor.TeamId} and kind = {GenerateWork.KindName} and state = 'completed' and finished_at >= {since} and queued_at >= {since.AddDays(-1)} group by 1
            """).ToDictionaryAsync(found => found.day, found => found.rows, token), cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<JobSummary> GetAsync(Actor actor, Guid id, CancellationToken cancellation) =>
        database.ReadAsync(actor, async (context, token) => Summarise(await FindAsync(context, actor, id, token), actor), cancellation);

    /// <summary>Asks the node that runs it to stop; a job that waits is cancelled at once. Nothing happens to one that has ended.</summary>
    /// <exception cref="ForbiddenException">A tester may cancel their own jobs only.</exception>
    public Task CancelAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        var job = await FindAsync(context, actor, id, token);
        if (!MayChange(job, actor))
            throw new ForbiddenException($"\"{job.Title}\" was started by {job.StartedBy}. Only they or a lead of the team may cancel it.");
        await JobQueue.CancelAsync(context, id, token);
        context.Audit.Add(job.State == Job.Pending ? AuditAction.JobCancelled : AuditAction.JobCancelAsked, AuditObject.Job(id, job.Title), details: new { job.State });
        return true;
    }, cancellation);

    /// <summary>Queues the same work again.</summary>
    /// <returns>The new job's id.</returns>
    /// <exception cref="PortalException">team.quota_exceeded</exception>
    /// <exception cref="ConflictException">job.not_retriable, or dataset.busy: another job works on the same dataset.</exception>
    public async Task<Guid> RetryAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        try
        {
            return await database.ChangeAsync(actor, (context, token) => QueueAgainAsync(context, actor, id, token), cancellation);
        }
        catch (DbUpdateException error) when (error.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException("dataset.busy", "Another job is already working on this dataset.") { SuggestedActions = ["Wait until it has ended, or cancel it."] };
        }
    }

    private async Task<Guid> QueueAgainAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation)
    {
        var job = await FindAsync(context, actor, id, cancellation);
        if (job.State is not (Job.Failed or Job.Cancelled))
            throw new ConflictException("job.not_retriable", $"\"{job.Title}\" is {job.State}; only a failed or cancelled job can be retried.");
        if (job.DatasetId is null && job.DatasetName is not null)
            throw new ConflictException("job.not_retriable", $"The dataset {job.DatasetName} was deleted since.") { SuggestedActions = ["Generate it again from its schema."] };
        await TeamQuotas.DemandAsync(context, job.TeamId, job.ReservedRows, job.ReservedBytes, job.ReservedVersions, cancellation);
        var again = new Job
        {
            ReservedRows = job.ReservedRows, ReservedBytes = job.ReservedBytes, ReservedVersions = job.ReservedVersions,
            Id = Guid.CreateVersion7(time.GetUtcNow()), TeamId = job.TeamId, Kind = job.Kind, Title = job.Title, RowsTotal = job.RowsTotal, DatasetId = job.DatasetId, DatasetName = job.DatasetName,
            SchemaId = job.SchemaId, Input = job.Input, Document = job.Document, StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = time.GetUtcNow(),
        };
        return await JobQueue.AddAsync(context, again, new { again.Kind, dataset = again.DatasetName, retryOf = id }, cancellation);
    }

    private static async Task<Job> FindAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<Job>().AsNoTracking().SingleOrDefaultAsync(job => job.Id == id && job.TeamId == actor.TeamId, cancellation) ?? throw new NotFoundException("The job");

    private static JobSummary Summarise(Job job, Actor actor) => new(job.Id, job.TeamId, job.Kind, job.Title, Enum.Parse<JobState>(job.State, ignoreCase: true), job.CancelRequested && job.State == Job.Running ? "Cancelling" : job.Step,
        job.RowsDone, job.RowsTotal, job.RowsPerSecond, job.SecondsLeft is { } seconds ? TimeSpan.FromSeconds(seconds) : null, job.DatasetId, job.DatasetName, job.StartedBy, job.QueuedAt, job.StartedAt, job.FinishedAt,
        job.Error is null ? null : StoredJson.Read<JobError>(job.Error),
        MayCancel: job.State is Job.Pending or Job.Running && !job.CancelRequested && MayChange(job, actor),
        MayRetry: job.State is Job.Failed or Job.Cancelled && (job.DatasetId is not null || job.DatasetName is null));

    private static bool MayChange(Job job, Actor actor) => actor.IsLead || job.StartedById == actor.UserId;

    private static string NameOf(JobState state) => state switch
    {
        JobState.Pending => Job.Pending,
        JobState.Running => Job.Running,
        JobState.Completed => Job.Completed,
        JobState.Failed => Job.Failed,
        _ => Job.Cancelled,
    };

#pragma warning disable IDE1006, SA1300 // names of columns
    private sealed record DayRows(DateOnly day, long rows);
#pragma warning restore IDE1006, SA1300
}
