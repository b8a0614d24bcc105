using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Retention;

/// <summary>Makes a version out of an archive: a row that says <c>building</c>, tables, the rows of the files, keys and checks, then <c>ready</c> with the job's end.</summary>
public sealed class RestoreWork(PortalDatabase database, JobQueue queue, IArchiveFiles files, ArchiveReader archives, VersionLoader loader, NewVersions versions, DiskSpace disk) : IJobWork
{
    public const string KindName = "restore";

    public string Kind => KindName;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var input = StoredJson.Read<ArchiveInput>(job.Input);
        var archive = await database.ReadAsSystemAsync((context, token) => context.Set<StoredArchive>().AsNoTracking().SingleOrDefaultAsync(known => known.Id == input.ArchiveId && known.TeamId == job.TeamId && known.DatasetId == job.DatasetId, token), cancellation)
            ?? throw new NotFoundException("The archive");
        job.Progress.Step = "Checking the archive";
        job.Progress.RowsTotal = archive.RowCount;
        var manifest = await archives.ReadAsync(archive, cancellation);
        await disk.CheckAsync(archive.VersionBytes, cancellation);
        var plan = await Task.Run(() => Compile(manifest), cancellation);
        var version = await versions.BeginAsync(job, input.TeamKey, () => new DatasetVersion
        {
            Origin = "restored", SchemaId = manifest.SchemaId, SchemaVersion = manifest.SchemaVersion, Document = manifest.Document, Seed = manifest.Seed, AsOf = manifest.AsOf, Scale = manifest.Scale, RowsAsked = manifest.RowsAsked, Stable = manifest.Stable,
            QualityLevel = manifest.QualityLevel, EngineVersion = manifest.EngineVersion, Note = Note(manifest), Tags = [.. manifest.Tags],
        }, cancellation);
        try
        {
            var loaded = await loader.LoadAsync(plan, version.DatabaseSchema, input.TeamKey, job.Progress, token => CopyAsync(archive.Id, manifest, version.DatabaseSchema, job.Progress, token),
                // As large as it was: that much was reserved.
                static _ => Task.CompletedTask, cancellation);
            // As they were stored: what a plan says of rows is true of generated versions only.
            var entities = loaded.ConvertAll(entity => entity with { Rows = manifest.Entities.Single(archived => archived.Name == entity.Name).Rows });
            await FinishAsync(job, version.Id, manifest, entities, Stopwatch.GetElapsedTime(started), cancellation);
        }
        catch
        {
            await versions.GiveUpAsync(version);
            throw;
        }
    }

    private static GenerationPlan Compile(ArchiveManifest manifest)
    {
        var read = SchemaReader.Read(Encoding.UTF8.GetBytes(manifest.Document));
        return GenerateWork.Compile(read.Document ?? throw new SchemaInvalidException(read.Problems),
            MoreOptions.Options(manifest.Seed, manifest.AsOf, manifest.Scale, manifest.RowsAsked, manifest.Stable));
    }

    private static string Note(ArchiveManifest manifest)
    {
        var text = FormattableString.Invariant($"Version {manifest.Number} of {manifest.CreatedAt:yyyy-MM-dd}, restored{(manifest.Note is null ? "" : $": {manifest.Note}")}");
        return text.Length <= 500 ? text : text[..499] + "…";
    }

    private async Task CopyAsync(Guid archive, ArchiveManifest manifest, string schema, JobProgress progress, CancellationToken cancellation)
    {
        foreach (var entity in manifest.Entities)
        {
            progress.Step = $"Restoring {entity.Name}";
            await using var file = await files.OpenAsync(archive, entity.File, cancellation);
            await using var rows = new GZipStream(file, CompressionMode.Decompress);
            await loader.CopyInAsync(StoredTable.Name(schema, entity.Name), ArchiveSql.Columns(entity.Columns), async (copy, token) =>
            {
                await rows.CopyToAsync(copy, 1 << 16, token);
                return true;
            }, cancellation);
            progress.AddRows(entity.Rows);
        }
    }

    private Task<bool> FinishAsync(JobExecution job, Guid versionId, ArchiveManifest manifest, List<DatasetEntity> entities, TimeSpan took, CancellationToken cancellation) => database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
    {
        if (!await queue.CompleteAsync(context, job, token))
            throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
        var version = await context.Set<DatasetVersion>().SingleAsync(candidate => candidate.Id == versionId && candidate.State == DatasetVersion.Building, token);
        (version.State, version.Entities, version.RowCount, version.Bytes, version.TookSeconds) = (DatasetVersion.Ready, StoredJson.Write(entities), entities.Sum(entity => entity.Rows), entities.Sum(entity => entity.Bytes), took.TotalSeconds);
        context.Audit.Add(AuditAction.VersionMade, AuditObject.Version(version.Id, manifest.Dataset, version.Number), details: new { from = "restored", archived = manifest.Number, version.RowCount, version.Bytes });
        await JobQueue.NotifyAsync(context, version.DatasetId, token);
        return true;
    }, cancellation);
}
