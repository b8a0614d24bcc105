using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Masking;

/// <summary>
/// Makes a dataset's next version from a source: its rows are masked on their way, in memory, into tables of their own;
/// what was masked is proved against the originals in the same pass. Nothing of an original is stored anywhere.
/// </summary>
public sealed class MaskWork(PortalDatabase database, JobQueue queue, MaskingBench bench, VersionLoader loader, NewVersions versions, Publisher publisher, TeamQuotas quotas, VersionInspector inspector, TimeProvider time) : IJobWork
{
    public const string KindName = "mask";

    private const QualityLevel Level = QualityLevel.Standard;

    public string Kind => KindName;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var input = StoredJson.Read<MaskJobInput>(job.Input);
        await using var prepared = await bench.PrepareAsync(job, input.RunId, null, cancellation);
        var document = MaskedDocument.Make(prepared.Document, prepared.Decisions);
        var asOf = time.GetUtcNow();
        asOf = new(asOf.Ticks - (asOf.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var plan = await Task.Run(() => GenerateWork.Compile(document, new GenerationOptions { AsOf = asOf }), cancellation);
        var version = await versions.BeginAsync(job, input.TeamKey, () => new DatasetVersion
        {
            Origin = DatasetVersion.Masked, SchemaId = prepared.SchemaId, SchemaVersion = 0, Document = Encoding.UTF8.GetString(SchemaWriter.Write(document)), Seed = plan.Options.Seed, AsOf = asOf, Scale = 1, RowsAsked = "{}",
            QualityLevel = "standard", EngineVersion = GenerationPlan.EngineVersion,
        }, cancellation);
        try
        {
            job.Progress.Step = "Preparing";
            await Task.Run(() => prepared.Masked.Prepare(null, cancellation), cancellation);
            var inspection = await inspector.BeginAsync(version, document, VersionInspector.EntitiesOf(plan), Level, null, cancellation);
            var original = new OriginalProfile(prepared.Document, prepared.Masked.Entities, Level);
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            var loaded = await loader.LoadAsync(plan, version.DatabaseSchema, input.TeamKey, job.Progress,
                token => CopyAsync(prepared, plan, version.DatabaseSchema, entity => [.. inspection.Inspection.PassesOf(entity), .. original.PassesOf(entity), .. prepared.Prover.PassesOf(entity)], counts, job.Progress, token),
                token => quotas.DemandBytesAsync(job.TeamId, job.Id, inner => loader.SizeAsync(version.DatabaseSchema, inner), token), cancellation);
            var entities = loaded.ConvertAll(entity => entity with { Rows = counts[entity.Name] });
            job.Progress.Step = "Proving that no original is left";
            var proof = await Task.Run(() => prepared.Prover.Complete(new StoredSource(database, null, version.DatabaseSchema, entities), prepared.Masked.Beside, cancellation), cancellation);
            job.Progress.Step = "Looking at the quality";
            var looking = time.GetTimestamp();
            var report = await Task.Run(() => inspection.Inspection.Complete(new StoredSource(database, null, version.DatabaseSchema, entities), ($"the original, {input.Source}", original.ToBytes()), step => job.Progress.Step = step, cancellation), cancellation);
            var looked = time.GetElapsedTime(looking);
            var outcome = MaskOutcome.Of(prepared.Decisions, proof);
            if (input.Publish && await database.ReadAsSystemAsync((context, token) => MaskingGuard.LetsPassAsync(context, version.DatasetId, outcome.Open, token), cancellation))
            {
                job.Progress.Step = "Going live";
                await publisher.PrepareAsync(version.DatasetId, new StoredVersion(version.Id, job.Title, version.Number, version.DatabaseSchema, entities), cancellation);
            }

            await FinishAsync(job, input, prepared, version.Id, entities, outcome, context => inspector.StoreAsync(context, inspection, OriginalProfile.Forget(report), looked, "generated", job.StartedBy, isReady: true, cancellation), time.GetElapsedTime(started), cancellation);
        }
        catch
        {
            await versions.GiveUpAsync(version);
            throw;
        }
    }

    private async Task CopyAsync(PreparedMasking prepared, GenerationPlan plan, string schema, Func<string, IReadOnlyList<RowPass>> passes, Dictionary<string, long> counts, JobProgress progress, CancellationToken cancellation)
    {
        var rows = prepared.Masked.Beside;
        foreach (var entity in plan.Entities)
        {
            progress.Step = $"Masking {entity.Name}";
            var source = rows.Entities.First(one => one.Name == entity.Name);
            // As the version's tables have them, whatever they are called where they come from.
            List<ColumnDescription> stored = [.. entity.Columns.Select(column => column with { SqlType = SqlSchema.BaseType(column) })];
            var columns = string.Join(", ", entity.Columns.Select(ColumnSql.Name).Prepend($"\"{StoredTable.RowNumber}\""));
            counts[entity.Name] = await database.ProvisionAsync((connection, token) => VersionLoader.CopyInAsync(connection, StoredTable.Name(schema, entity.Name), columns,
                (copy, inner) => Task.Run(() => SourceWriter.Write(rows, source, stored, "", RowFormat.NumberedPostgresBinary, copy, passes(entity.Name), progress.AddRows, inner), inner), token), cancellation);
        }
    }

    private Task<bool> FinishAsync(JobExecution job, MaskJobInput input, PreparedMasking prepared, Guid versionId, List<DatasetEntity> entities, MaskOutcome outcome, Func<PortalContext, Task> storeReport, TimeSpan took, CancellationToken cancellation) => database.ChangeAsProvisionerAsync(AuditSource.Of(job), async (work, token) =>
    {
        var context = work.Context;
        if (!await queue.CompleteAsync(context, job, token))
            throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
        var now = time.GetUtcNow();
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
        await storeReport(context);
        await JobQueue.NotifyAsync(context, dataset.Id, token);
        return true;
    }, cancellation);
}
