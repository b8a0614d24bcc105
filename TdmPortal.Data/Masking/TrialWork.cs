using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Quality;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Masking;

/// <summary>Tries a policy: the first rows of each table are masked in memory and proved; what is kept is the result, no row.</summary>
public sealed class TrialWork(PortalDatabase database, JobQueue queue, MaskingBench bench, TimeProvider time) : IJobWork
{
    public const string KindName = "mask_trial";

    /// <summary>Rows of a table: enough for most ways to go wrong, few enough to be done in seconds.</summary>
    private const long Rows = 5_000;

    public string Kind => KindName;

    /// <summary>Somebody waits for it, and it takes seconds.</summary>
    public bool IsShort => true;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var input = StoredJson.Read<MaskJobInput>(job.Input);
        await using var prepared = await bench.PrepareAsync(job, input.RunId, Rows, cancellation);
        var rows = 0L;
        job.Progress.Step = "Masking a sample";
        var proof = await Task.Run(() =>
        {
            prepared.Masked.Prepare(null, cancellation);
            foreach (var entity in prepared.Masked.Beside.Entities)
                rows += RowPasses.Run(prepared.Masked.Beside, entity, prepared.Prover.PassesOf(entity.Name), progress: job.Progress.AddRows, cancellation: cancellation);
            return prepared.Prover.Complete(prepared.Masked, prepared.Masked.Beside, cancellation);
        }, cancellation);
        var outcome = MaskOutcome.Of(prepared.Decisions, proof);
        await database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
        {
            if (!await queue.CompleteAsync(context, job, token))
                throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
            var run = await context.Set<StoredMaskingRun>().SingleAsync(run => run.Id == input.RunId, token);
            MaskingBench.Store(run, prepared, outcome, rows, time.GetElapsedTime(started));
            await context.SaveChangesAsync(token);
            return true;
        }, cancellation);
    }
}
