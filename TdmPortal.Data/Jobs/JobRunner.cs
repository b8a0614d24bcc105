using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Jobs;

/// <summary>Runs jobs on this node, a bounded number at a time, each under a lease that a heartbeat renews.</summary>
public sealed class JobRunner(JobQueue queue, IEnumerable<IJobWork> works, JobOptions options, TimeProvider time, ILogger<JobRunner> log) : IDisposable
{
    private readonly Dictionary<string, IJobWork> works = works.ToDictionary(work => work.Kind, StringComparer.Ordinal);
    private readonly SemaphoreSlim slots = new(options.Slots);
    /// <summary>A place for work that takes seconds, when all others are taken.</summary>
    private readonly SemaphoreSlim shortSlot = new(1);
    private readonly string[] shortKinds = [.. works.Where(work => work.IsShort).Select(work => work.Kind)];

    /// <summary>Claims and runs jobs until none waits; returns at once when all places are taken.</summary>
    /// <param name="cancellation">The portal stops: what runs is given back for any node to take up.</param>
    /// <returns>How many jobs were run, well or not.</returns>
    public async Task<int> RunPendingAsync(CancellationToken cancellation)
    {
        return await RunPendingAsync(slots, null, cancellation) ?? await RunPendingAsync(shortSlot, shortKinds, cancellation) ?? 0;
    }

    /// <param name="kinds">Null: all.</param>
    /// <returns>Null: the places are taken.</returns>
    private async Task<int?> RunPendingAsync(SemaphoreSlim places, string[]? kinds, CancellationToken cancellation)
    {
        if (!await places.WaitAsync(TimeSpan.Zero, cancellation))
            return null;
        try
        {
            var count = 0;
            for (; !cancellation.IsCancellationRequested && await queue.ClaimAsync(kinds, cancellation) is { } job; count++)
                await RunAsync(job, cancellation);
            return count;
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        slots.Dispose();
        shortSlot.Dispose();
    }

    private async Task RunAsync(JobExecution job, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        var heartbeat = KeepLeaseAsync(job, stop, ended.Token);
        log.LogInformation("Job {Job} ({Kind}) starts, attempt {Attempt}", job.Id, job.Kind, job.Attempt);
        try
        {
            if (!works.TryGetValue(job.Kind, out var work))
                throw new InvalidOperationException($"Nothing in this portal does jobs of kind {job.Kind}.");
            await work.RunAsync(job, stop.Token);
            log.LogInformation("Job {Job} ({Kind}) completed, {Rows} rows", job.Id, job.Kind, job.Progress.RowsDone);
        }
        catch (Exception failure)
        {
            await ended.CancelAsync();
            await EndAsync(job, failure, await heartbeat, stopping);
            await SettleAsync(job);
        }
        finally
        {
            await ended.CancelAsync();
            await heartbeat;
        }
    }

    private async Task EndAsync(JobExecution job, Exception failure, Heartbeat standing, CancellationToken stopping)
    {
        try
        {
            if (standing == Heartbeat.Own)
                standing = await queue.BeatAsync(job, tell: false, CancellationToken.None);
            if (standing == Heartbeat.Lost)
            {
                log.LogWarning("Job {Job} was taken over by another node or ended from outside", job.Id);
            }
            else if (standing == Heartbeat.Cancel)
            {
                log.LogInformation("Job {Job} cancelled", job.Id);
                await queue.CancelledAsync(job, CancellationToken.None);
            }
            else if (stopping.IsCancellationRequested)
            {
                log.LogInformation("Job {Job} given back because the portal stops", job.Id);
                await queue.ReleaseAsync(job, CancellationToken.None);
            }
            else if (JobFailure.IsInterruption(failure))
            {
                log.LogWarning(failure, "Job {Job} lost its database; it is taken up again when its lease ends", job.Id);
            }
            else
            {
                var error = JobFailure.Describe(failure);
                log.LogError(failure, "Job {Job} failed: {Code}, request {RequestId}", job.Id, error.Code, error.RequestId);
                await queue.FailAsync(job, error, CancellationToken.None);
            }
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            log.LogWarning(error, "The end of job {Job} could not be stored; it is taken up again when its lease ends", job.Id);
        }
    }

    private async Task SettleAsync(JobExecution job)
    {
        try
        {
            if (works.TryGetValue(job.Kind, out var work))
                await work.SettleAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or InvalidOperationException or PortalException)
        {
            log.LogWarning(error, "What hangs on job {Job} follows later", job.Id);
        }
    }

    private async Task<Heartbeat> KeepLeaseAsync(JobExecution job, CancellationTokenSource stop, CancellationToken ended)
    {
        var (told, renewed) = ((Step: (string?)null, Rows: -1L), time.GetTimestamp());
        using var timer = new PeriodicTimer(options.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                try
                {
                    var now = (job.Progress.Step, job.Progress.RowsDone);
                    var standing = await queue.BeatAsync(job, tell: now != told, ended);
                    (told, renewed) = (now, time.GetTimestamp());
                    if (standing != Heartbeat.Own)
                    {
                        await stop.CancelAsync();
                        return standing;
                    }
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    log.LogWarning(error, "The lease of job {Job} could not be renewed", job.Id);
                    if (time.GetElapsedTime(renewed) > options.Lease)
                    {
                        await stop.CancelAsync();
                        return Heartbeat.Lost;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }

        return Heartbeat.Own;
    }
}
