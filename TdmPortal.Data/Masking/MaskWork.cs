using Microsoft.EntityFrameworkCore;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;

namespace TdmPortal.Data.Masking;

/// <summary>Makes a dataset's next version from a source, as a person asked for it.</summary>
public sealed class MaskWork(PortalDatabase database, JobQueue queue, MaskingBench bench, MaskedVersions masked, NewVersions versions, Publisher publisher, VersionInspector inspector, TimeProvider time) : IJobWork
{
    public const string KindName = "mask";

    public string Kind => KindName;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var input = StoredJson.Read<MaskJobInput>(job.Input);
        await using var prepared = await bench.PrepareAsync(job, input.RunId, null, cancellation);
        var plan = await MaskedVersions.PlanAsync(prepared, time.GetUtcNow(), cancellation);
        var version = await versions.BeginAsync(job, input.TeamKey, () => MaskedVersions.Describe(prepared, plan), cancellation);
        try
        {
            var proved = await masked.ProveAsync(job, prepared, await masked.LoadAsync(job, prepared, plan, version, input.TeamKey, cancellation), input.Source, cancellation);
            if (input.Publish && await database.ReadAsSystemAsync((context, token) => MaskingGuard.LetsPassAsync(context, version.DatasetId, proved.Outcome.Open, token), cancellation))
            {
                job.Progress.Step = "Going live";
                await publisher.PrepareAsync(version.DatasetId, new StoredVersion(version.Id, job.Title, version.Number, version.DatabaseSchema, proved.Entities), cancellation);
            }

            await FinishAsync(job, input, prepared, proved, time.GetElapsedTime(started), cancellation);
        }
        catch
        {
            await versions.GiveUpAsync(version);
            throw;
        }
    }

    private Task<bool> FinishAsync(JobExecution job, MaskJobInput input, PreparedMasking prepared, ProvedMasking proved, TimeSpan took, CancellationToken cancellation) => database.ChangeAsProvisionerAsync(AuditSource.Of(job), async (work, token) =>
    {
        var context = work.Context;
        if (!await queue.CompleteAsync(context, job, token))
            throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
        var (now, versionId, outcome, entities) = (time.GetUtcNow(), proved.Loaded.Version.Id, proved.Outcome, proved.Entities);
        var version = await context.Set<DatasetVersion>().SingleAsync(candidate => candidate.Id == versionId && candidate.State == DatasetVersion.Building, token);
        var dataset = await Publisher.LockAsync(context, version.DatasetId, token);
        (version.State, version.Entities) = (DatasetVersion.Ready, StoredJson.Write(entities));
        (version.RowCount, version.Bytes, version.TookSeconds) = (entities.Sum(entity => entity.Rows), entities.Sum(entity => entity.Bytes), took.TotalSeconds);
        (dataset.Title, dataset.SchemaId, dataset.SchemaName, dataset.ChangedAt, dataset.ChangedBy) = (input.Title, prepared.SchemaId, prepared.Document.Name, now, job.StartedBy);
        var run = await context.Set<StoredMaskingRun>().SingleAsync(run => run.Id == input.RunId, token);
        MaskingBench.Store(run, prepared, outcome, version.RowCount, took);
        run.VersionId = version.Id;
        context.Audit.Add(AuditAction.VersionMade, AuditObject.Version(version.Id, dataset.Name, version.Number), details: new { from = "masked", source = input.Source, policy = run.PolicyName, run.PolicyVersion, run.KeyNumber, version.RowCount, version.Bytes, verdict = outcome.Verdict, open = outcome.Open.Count });
        await context.SaveChangesAsync(token);
        if (input.Publish && await MaskingGuard.LetsPassAsync(context, dataset.Id, outcome.Open, token))
            await publisher.GoLiveAsync(work, dataset, version, new StoredVersion(version.Id, dataset.Name, version.Number, version.DatabaseSchema, entities), job.StartedBy, null, token);
        await inspector.StoreAsync(context, proved.Loaded.Inspection, proved.Report, proved.Looked, "generated", job.StartedBy, isReady: true, token);
        await JobQueue.NotifyAsync(context, dataset.Id, token);
        return true;
    }, cancellation);
}
