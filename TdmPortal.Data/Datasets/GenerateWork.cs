using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Datasets;

/// <summary>
/// Makes a dataset's next version: a row that says <c>building</c>, then tables, rows and keys in a schema of its own,
/// then <c>ready</c> together with the job's end in one transaction. Whatever goes wrong before that leaves a row that
/// the sweeper takes for what it is, and the version before untouched.
/// </summary>
public sealed class GenerateWork(PortalDatabase database, JobQueue queue, VersionLoader loader, RowExporter exporter, PreparedFiles files, NewVersions versions, Publisher publisher, DiskSpace disk, TeamQuotas quotas, VersionInspector inspector, TimeProvider time) : IJobWork
{
    public const string KindName = "generate";

    public string Kind => KindName;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var input = StoredJson.Read<GenerateInput>(job.Input);
        var plan = await Task.Run(() => Compile(job, input.Request), cancellation);
        job.Progress.RowsTotal = plan.Entities.Sum(entity => entity.Rows);
        await disk.CheckAsync(DatasetSize.Estimate(plan, cancellation), cancellation);
        var version = await versions.BeginAsync(job, input.TeamKey, () => Describe(input.Request, job.Document!, plan), cancellation);
        try
        {
            var inspection = await inspector.BeginAsync(version, plan.Document, VersionInspector.EntitiesOf(plan), Enum.Parse<QualityLevel>(version.QualityLevel, ignoreCase: true), null, cancellation);
            var entities = await loader.LoadAsync(plan, version.DatabaseSchema, input.TeamKey, job.Progress, token => quotas.DemandBytesAsync(job.TeamId, job.Id, inner => loader.SizeAsync(version.DatabaseSchema, inner), token), cancellation, entity => inspection.Inspection.PassesOf(entity.Name));
            job.Progress.Step = "Looking at the quality";
            var looking = Stopwatch.GetTimestamp();
            var report = await inspector.TryCompleteAsync(inspection, new StoredSource(database, null, version.DatabaseSchema, entities), step => job.Progress.Step = step, cancellation);
            var looked = Stopwatch.GetElapsedTime(looking);
            var prepared = await PrepareAsync(input, plan, version, entities, job.Progress, cancellation);
            if (input.Request.Publish)
            {
                job.Progress.Step = "Going live";
                await publisher.PrepareAsync(version.DatasetId, Stored(version, input, entities), cancellation);
            }

            await FinishAsync(job, input, version.Id, entities, prepared, report is null ? null : context => inspector.StoreAsync(context, inspection, report, looked, "generated", job.StartedBy, isReady: true, cancellation), Stopwatch.GetElapsedTime(started), cancellation);
        }
        catch
        {
            await versions.GiveUpAsync(version);
            throw;
        }
    }

    /// <exception cref="SchemaInvalidException"/>
    internal static GenerationPlan Compile(JobExecution job, GenerateRequest request)
    {
        var read = SchemaReader.Read(Encoding.UTF8.GetBytes(job.Document ?? throw new InvalidOperationException("A job to generate has no schema document.")));
        return Compile(read.Document ?? throw new SchemaInvalidException(read.Problems), Options(request));
    }

    /// <exception cref="SchemaInvalidException"/>
    internal static GenerationPlan Compile(SchemaDocument document, GenerationOptions options)
    {
        var compiled = GenerationPlan.Compile(document, options);
        return compiled.Plan ?? throw new SchemaInvalidException([.. compiled.Problems.Where(problem => problem.Severity == ProblemSeverity.Error)]);
    }

    internal static GenerationOptions Options(GenerateRequest request) => new()
    {
        Seed = request.Seed,
        AsOf = request.AsOf ?? throw new InvalidOperationException("A job to generate has no as-of instant."),
        Scale = request.Scale,
        Rows = request.Rows,
        Scenarios = request.Scenarios,
    };

    /// <summary>The record by which a version can be made again.</summary>
    internal static DatasetVersion Describe(GenerateRequest request, string document, GenerationPlan plan) => new()
    {
        SchemaId = request.SchemaId, SchemaVersion = request.SchemaVersion ?? 0, Document = document, Seed = plan.Options.Seed, AsOf = plan.Options.AsOf, Scale = plan.Options.Scale, RowsAsked = StoredJson.Write(plan.Options.Rows),
        Stable = MoreOptions.Write(plan.Options), QualityLevel = request.QualityLevel, EngineVersion = GenerationPlan.EngineVersion,
    };

    private static StoredVersion Stored(DatasetVersion version, GenerateInput input, IReadOnlyList<DatasetEntity> entities) => new(version.Id, input.Request.Name, version.Number, version.DatabaseSchema, entities);

    private async Task<List<PreparedFile>> PrepareAsync(GenerateInput input, GenerationPlan plan, DatasetVersion version, IReadOnlyList<DatasetEntity> entities, JobProgress progress, CancellationToken cancellation)
    {
        var stored = Stored(version, input, entities);
        var prepared = new List<PreparedFile>();
        foreach (var format in input.Request.Prepare.Distinct())
        {
            var name = ExportNames.Whole(stored, format);
            progress.Step = $"Writing {name}";
            prepared.Add(await files.WriteAsync(version.Id, name, format, output => exporter.ExportAllAsync(stored, plan, format, output, cancellation), cancellation));
        }

        return prepared;
    }

    /// <summary>The job's end, the version's readiness and its going live are one transaction.</summary>
    private Task<bool> FinishAsync(JobExecution job, GenerateInput input, Guid versionId, IReadOnlyList<DatasetEntity> entities, List<PreparedFile> prepared, Func<PortalContext, Task>? storeReport, TimeSpan took, CancellationToken cancellation) => database.ChangeAsProvisionerAsync(AuditSource.Of(job), async (work, token) =>
    {
        var context = work.Context;
        if (!await queue.CompleteAsync(context, job, token))
            throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
        var (now, request) = (time.GetUtcNow(), input.Request);
        var version = await context.Set<DatasetVersion>().SingleAsync(candidate => candidate.Id == versionId && candidate.State == DatasetVersion.Building, token);
        var dataset = await Publisher.LockAsync(context, version.DatasetId, token);
        (version.State, version.Entities, version.Files) = (DatasetVersion.Ready, StoredJson.Write(entities), StoredJson.Write(prepared));
        (version.RowCount, version.Bytes, version.TookSeconds) = (entities.Sum(entity => entity.Rows), entities.Sum(entity => entity.Bytes), took.TotalSeconds);
        (dataset.Title, dataset.SchemaId, dataset.SchemaName, dataset.ChangedAt, dataset.ChangedBy) = (request.Title, request.SchemaId, input.SchemaName, now, job.StartedBy);
        context.Audit.Add(AuditAction.VersionMade, AuditObject.Version(version.Id, dataset.Name, version.Number), details: new { from = "generated", version.RowCount, version.Bytes, version.Seed, version.AsOf, version.SchemaVersion, version.EngineVersion });
        if (request.Publish || dataset.CurrentVersionId is null)
            await publisher.GoLiveAsync(work, dataset, version, Stored(version, input, entities), job.StartedBy, null, token);
        if (storeReport is not null)
            await storeReport(context);
        await JobQueue.NotifyAsync(context, dataset.Id, token);
        return true;
    }, cancellation);
}
