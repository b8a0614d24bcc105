using Microsoft.EntityFrameworkCore;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Jobs;

/// <summary>
/// The portal's side of the job rows: claiming, leases, progress, ends. All times are the database's, so that nodes
/// with differing clocks agree; every write names node and attempt, so that one who lost the lease changes nothing.
/// </summary>
public sealed class JobQueue(PortalDatabase database, JobOptions options, TimeProvider time)
{
    /// <summary>The next job for this node: pending, or running with an ended lease; the team with the fewest running jobs first. What reads uploads is for the node that has them, as long as it has any.</summary>
    public Task<JobExecution?> ClaimAsync(CancellationToken cancellation) => ClaimAsync(null, cancellation);

    /// <param name="kinds">Only these; null: all.</param>
    internal Task<JobExecution?> ClaimAsync(string[]? kinds, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var claimed = await context.Database.SqlQuery<Claim>($"""
            UPDATE portal.job SET state = 'running', node = {options.Node}, attempt = attempt + 1, lease_until = clock_timestamp() + {options.Lease},
                started_at = coalesce(started_at, clock_timestamp()), step = 'Starting', rows_done = 0, rows_per_second = 0, seconds_left = NULL
            WHERE id = (
                SELECT waiting.id FROM portal.job waiting
                WHERE (waiting.state = 'pending' OR (waiting.state = 'running' AND waiting.lease_until < clock_timestamp()))
                    AND waiting.attempt < {options.Attempts} AND NOT waiting.cancel_requested AND ({kinds}::text[] IS NULL OR waiting.kind = ANY({kinds}::text[]))
                    AND (waiting.for_node IS NULL OR waiting.for_node = {options.Node} OR NOT EXISTS (SELECT FROM portal.upload there WHERE there.node = waiting.for_node AND there.here_until > clock_timestamp()))
                    AND NOT EXISTS (SELECT FROM portal.work_pause)
                ORDER BY (SELECT count(*) FROM portal.job other WHERE other.team_id = waiting.team_id AND other.state = 'running' AND other.lease_until >= clock_timestamp()),
                    waiting.queued_at, waiting.id
                LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED)
            RETURNING id, team_id, kind, attempt, dataset_id, input::text, document::text, started_by_id, started_by, title
            """).AsAsyncEnumerable().FirstOrDefaultAsync(token);
        if (claimed is null)
            return null;
        await NotifyAsync(context, claimed.id, token);
        var job = new JobExecution(claimed.id, claimed.team_id, claimed.kind, claimed.attempt, claimed.dataset_id, claimed.input, claimed.document, claimed.started_by_id, claimed.started_by, claimed.title, new JobProgress(time));
        Record(context, AuditAction.JobStarted, job, new { job.Attempt, options.Node });
        return job;
    }, cancellation);

    /// <summary>Stores progress and renews the lease.</summary>
    internal Task<Heartbeat> BeatAsync(JobExecution job, bool tell, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var (rate, left) = job.Progress.Measure();
        var answer = await context.Database.SqlQuery<bool>($"""
            UPDATE portal.job SET lease_until = clock_timestamp() + {options.Lease}, step = {job.Progress.Step}, rows_done = {job.Progress.RowsDone}, rows_total = {job.Progress.RowsTotal},
                rows_per_second = {rate}, seconds_left = {left?.TotalSeconds}
            WHERE id = {job.Id} AND state = 'running' AND attempt = {job.Attempt}
            RETURNING cancel_requested AS "Value"
            """).ToListAsync(token);
        if (tell)
            await NotifyAsync(context, job.Id, token);
        return answer switch { [] => Heartbeat.Lost, [true] => Heartbeat.Cancel, _ => Heartbeat.Own };
    }, cancellation);

    /// <summary>Marks the job completed, inside the transaction that makes its result visible. False: the lease was lost or the job cancelled, so roll back.</summary>
    internal async Task<bool> CompleteAsync(PortalContext context, JobExecution job, CancellationToken cancellation)
    {
        var rows = await context.Database.ExecuteSqlAsync($"""
            UPDATE portal.job SET state = 'completed', finished_at = clock_timestamp(), lease_until = NULL, step = NULL, seconds_left = NULL, document = NULL,
                rows_done = {job.Progress.RowsDone}, rows_total = {job.Progress.RowsTotal},
                rows_per_second = {job.Progress.RowsDone} / greatest(0.001, extract(epoch FROM clock_timestamp() - started_at))
            WHERE id = {job.Id} AND state = 'running' AND attempt = {job.Attempt} AND NOT cancel_requested
            """, cancellation);
        if (rows == 1)
            Record(context, AuditAction.JobCompleted, job, new { rows = job.Progress.RowsDone });
        await NotifyAsync(context, job.Id, cancellation);
        return rows == 1;
    }

    internal Task FailAsync(JobExecution job, JobError error, CancellationToken cancellation) => EndAsync(job, Job.Failed, StoredJson.Write(error), cancellation);

    internal Task CancelledAsync(JobExecution job, CancellationToken cancellation) => EndAsync(job, Job.Cancelled, null, cancellation);

    /// <summary>Gives a job back, as when the portal stops: any node may take it up at once.</summary>
    internal Task ReleaseAsync(JobExecution job, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        await context.Database.ExecuteSqlAsync($"""
            UPDATE portal.job SET state = 'pending', lease_until = NULL, node = NULL, attempt = attempt - 1, step = NULL, rows_done = 0, rows_per_second = 0, seconds_left = NULL
            WHERE id = {job.Id} AND state = 'running' AND attempt = {job.Attempt}
            """, token);
        Record(context, AuditAction.JobReleased, job, null);
        await NotifyAsync(context, job.Id, token);
        return true;
    }, cancellation);

    /// <summary>Ends what nobody works on any more: cancelled while its node was away, or taken up too often.</summary>
    public Task<int> EndAbandonedAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var error = StoredJson.Write(new JobError("job.interrupted",
            $"The job was interrupted {options.Attempts} times because the portal stopped or lost its database while it ran.",
            ["Retry the job.", "If it happens again, ask an administrator to look into the portal's log for why it stops."], ""));
        var ended = await context.Database.SqlQuery<Ended>($"""
            UPDATE portal.job SET state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END, finished_at = clock_timestamp(), lease_until = NULL, step = NULL, seconds_left = NULL,
                error = CASE WHEN cancel_requested THEN NULL ELSE {error}::json END
            WHERE id IN (SELECT id FROM portal.job WHERE (cancel_requested OR attempt >= {options.Attempts})
                AND (state = 'pending' OR (state = 'running' AND lease_until < clock_timestamp())) FOR UPDATE SKIP LOCKED)
            RETURNING id, team_id, title, state, attempt
            """).ToListAsync(token);
        foreach (var job in ended)
        {
            context.Audit.Add(job.state == Job.Cancelled ? AuditAction.JobCancelled : AuditAction.JobFailed, AuditObject.Job(job.id, job.title), details: new { interrupted = true, job.attempt }, team: job.team_id);
            await NotifyAsync(context, job.id, token);
        }

        return ended.Count;
    }, cancellation);

    /// <summary>Queues a job in the caller's transaction: its row, the record of it, and the word to every node.</summary>
    /// <param name="details">Of the record.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="DbUpdateException">A unique violation: another job works on its dataset.</exception>
    internal static async Task<Guid> AddAsync(PortalContext context, Job job, object details, CancellationToken cancellation)
    {
        context.Add(job);
        context.Audit.Add(AuditAction.JobQueued, AuditObject.Job(job.Id, job.Title), details: details, team: job.TeamId);
        await context.SaveChangesAsync(cancellation);
        await NotifyAsync(context, job.Id, cancellation);
        return job.Id;
    }

    /// <summary>Asks the node that runs it to stop; one that waits is cancelled at once. Nothing happens to one that has ended.</summary>
    internal static async Task CancelAsync(PortalContext context, Guid id, CancellationToken cancellation)
    {
        await context.Database.ExecuteSqlAsync($"""
            UPDATE portal.job SET cancel_requested = true,
                finished_at = CASE WHEN state = 'pending' THEN clock_timestamp() ELSE finished_at END,
                state = CASE WHEN state = 'pending' THEN 'cancelled' ELSE state END
            WHERE id = {id} AND state IN ('pending', 'running')
            """, cancellation);
        await NotifyAsync(context, id, cancellation);
    }

    /// <summary>Tells every node that something changed; sent when the transaction commits.</summary>
    internal static Task NotifyAsync(PortalContext context, Guid id, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({ChangeFeed.Channel}, {id.ToString("N")})", cancellation);

    private Task EndAsync(JobExecution job, string state, string? error, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var rows = await context.Database.ExecuteSqlAsync($"""
            UPDATE portal.job SET state = {state}, error = {error}::json, finished_at = clock_timestamp(), lease_until = NULL, seconds_left = NULL, rows_done = {job.Progress.RowsDone}
            WHERE id = {job.Id} AND state = 'running' AND attempt = {job.Attempt}
            """, token);
        if (rows == 1)
            Record(context, state == Job.Failed ? AuditAction.JobFailed : AuditAction.JobCancelled, job, error is null ? null : new { StoredJson.Read<JobError>(error).Code, StoredJson.Read<JobError>(error).Message });
        await NotifyAsync(context, job.Id, token);
        return true;
    }, cancellation);

    /// <summary>In the name of who asked for the job, whoever's transaction it is.</summary>
    private static void Record(PortalContext context, AuditAction action, JobExecution job, object? details)
    {
        context.Audit.Source = AuditSource.Of(job);
        context.Audit.Add(action, AuditObject.Job(job.Id, job.Title), details: details);
    }

#pragma warning disable IDE1006, SA1300 // names of columns
    private sealed record Claim(Guid id, Guid team_id, string kind, int attempt, Guid? dataset_id, string input, string? document, Guid started_by_id, string started_by, string title);
    private sealed record Ended(Guid id, Guid team_id, string title, string state, int attempt);
#pragma warning restore IDE1006, SA1300
}
