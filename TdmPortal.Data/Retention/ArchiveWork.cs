using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Retention;

/// <summary>
/// Puts away what a dataset's rule no longer keeps: files first, complete and durable, then in one transaction the
/// archive's row and the version's end. Killed at any moment it leaves a version that is still there, or an archive that
/// is complete; files of neither are removed with the next run.
/// </summary>
public sealed class ArchiveWork(PortalDatabase database, JobQueue queue, IArchiveFiles files, VersionSweeper sweeper, TimeProvider time) : IJobWork
{
    public const string KindName = "archive";

    public string Kind => KindName;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var input = StoredJson.Read<ArchiveInput>(job.Input);
        var going = await database.ReadAsSystemAsync(async (context, token) => await RuleAsync(context, job, token) is { } rule
            ? (await RetentionChoice.JudgeAsync(context, job.DatasetId!.Value, rule, time.GetUtcNow(), token)).Where(verdict => verdict.Goes).OrderBy(verdict => verdict.Number).ToList()
            : [], cancellation);
        job.Progress.RowsTotal = going.Sum(version => version.Rows);
        foreach (var version in going)
        {
            job.Progress.Step = FormattableString.Invariant($"Archiving version {version.Number}");
            if (await ArchiveAsync(job, input, version.VersionId, cancellation))
                await sweeper.TryDropAsync(version.VersionId, cancellation);
        }

        await database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
            await queue.CompleteAsync(context, job, token) ? true : throw new OperationCanceledException("The job was cancelled or taken over just before its end."), cancellation);
    }

    private async Task<bool> ArchiveAsync(JobExecution job, ArchiveInput input, Guid id, CancellationToken cancellation)
    {
        var (version, dataset) = await database.ReadAsSystemAsync(async (context, token) =>
            (await context.Set<DatasetVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.Id == id && version.State == DatasetVersion.Ready, token),
                await context.Set<Dataset>().Where(dataset => dataset.Id == job.DatasetId).Select(dataset => dataset.Name).SingleOrDefaultAsync(token)), cancellation);
        if (version is null || dataset is null)
            return false;
        await files.BeginAsync(id, cancellation);
        try
        {
            var (hash, bytes) = await WriteAsync(job, input, version, dataset, cancellation);
            await files.CompleteAsync(id, cancellation);
            if (await PutAwayAsync(job, dataset, id, hash, bytes, cancellation))
                return true;
        }
        catch
        {
            if (!await IsArchivedAsync(id))
                await files.DeleteAsync(id, CancellationToken.None);
            throw;
        }

        // It was pinned, tagged, copied or made live while its files were written.
        await files.DeleteAsync(id, cancellation);
        return false;
    }

    private async Task<(string Hash, long Bytes)> WriteAsync(JobExecution job, ArchiveInput input, DatasetVersion version, string dataset, CancellationToken cancellation)
    {
        var archived = new List<ArchivedEntity>();
        var entities = StoredJson.Read<List<DatasetEntity>>(version.Entities);
        foreach (var entity in entities)
        {
            var file = FormattableString.Invariant($"{archived.Count + 1:000}-{entity.Name}.copy.gz");
            archived.Add(await WriteAsync(version, entity, file, cancellation));
            job.Progress.AddRows(entity.Rows);
        }

        var manifest = JsonSerializer.SerializeToUtf8Bytes(new ArchiveManifest(ArchiveManifest.CurrentFormat, version.Id, input.TeamKey, dataset, version.Number, version.Origin, version.SchemaId, version.SchemaVersion, version.Document, version.Seed, version.AsOf,
            version.Scale, version.RowsAsked, version.QualityLevel, version.EngineVersion, version.RowCount, version.CreatedBy, version.CreatedAt, version.Note, version.Tags, archived, version.Stable), StoredJson.Options);
        await files.WriteAsync(version.Id, ArchiveManifest.FileName, async output => await output.WriteAsync(manifest, cancellation), cancellation);
        return (Convert.ToHexStringLower(SHA256.HashData(manifest)), archived.Sum(entity => entity.Bytes) + manifest.Length);
    }

    private async Task<ArchivedEntity> WriteAsync(DatasetVersion version, DatasetEntity entity, string file, CancellationToken cancellation)
    {
        var (bytes, hash) = (0L, "");
        await files.WriteAsync(version.Id, file, async output =>
        {
            using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var hashed = new HashedStream(output, hasher);
            await database.ProvisionAsync(async (connection, token) =>
            {
                await CopyAsync(connection, version.DatabaseSchema, entity, hashed, token);
                return true;
            }, cancellation);
            (bytes, hash) = (hashed.Written, Convert.ToHexStringLower(hasher.GetHashAndReset()));
        }, cancellation);
        return new ArchivedEntity(entity.Name, entity.Rows, entity.Columns, entity.PrimaryKey, entity.References, file, bytes, hash);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string schema, DatasetEntity entity, Stream output, CancellationToken cancellation)
    {
        await using var packed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {ArchiveSql.Columns(entity.Columns)} FROM {StoredTable.Name(schema, entity.Name)} ORDER BY \"{StoredTable.RowNumber}\") TO STDOUT (FORMAT binary)", cancellation);
        try
        {
            await rows.CopyToAsync(packed, 1 << 16, cancellation);
        }
        catch
        {
            await rows.CancelAsync();
            throw;
        }
    }

    /// <summary>The archive's row and the version's end; false where something keeps it now.</summary>
    private Task<bool> PutAwayAsync(JobExecution job, string dataset, Guid id, string hash, long bytes, CancellationToken cancellation) => database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
    {
        context.Audit.NothingOwed("Something keeps the version now.");
        // The same lock as publishing, pinning and deleting take.
        _ = await context.Set<Dataset>().FromSql($"select * from portal.dataset where id = {job.DatasetId} and deleted_at is null for update").AsNoTracking().SingleOrDefaultAsync(token);
        var version = await context.Set<DatasetVersion>().FromSql($"select * from portal.dataset_version where id = {id} and state = 'ready' for update").SingleOrDefaultAsync(token);
        if (version is null || await RuleAsync(context, job, token) is not { } rule)
            return false;
        if (!(await RetentionChoice.JudgeAsync(context, version.DatasetId, rule, time.GetUtcNow(), token)).Any(verdict => verdict.VersionId == id && verdict.Goes))
            return false;
        context.Add(new StoredArchive
        {
            Id = id, TeamId = version.TeamId, DatasetId = version.DatasetId, Number = version.Number, RowCount = version.RowCount, VersionBytes = version.Bytes, ArchiveBytes = bytes, ManifestHash = hash,
            Note = version.Note, Tags = version.Tags, CreatedBy = version.CreatedBy, CreatedAt = version.CreatedAt, ArchivedBy = job.StartedBy, ArchivedAt = time.GetUtcNow(),
        });
        version.State = DatasetVersion.Deleted;
        context.Audit.Add(AuditAction.VersionArchived, AuditObject.Version(id, dataset, version.Number), details: new { version.RowCount, version.Bytes, archiveBytes = bytes });
        await context.SaveChangesAsync(token);
        await JobQueue.NotifyAsync(context, version.DatasetId, token);
        return true;
    }, cancellation);

    private Task<bool> IsArchivedAsync(Guid id) => database.ReadAsSystemAsync((context, token) => context.Set<StoredArchive>().AnyAsync(archive => archive.Id == id, token), CancellationToken.None);

    private static async Task<RetentionRule?> RuleAsync(PortalContext context, JobExecution job, CancellationToken cancellation) =>
        (await context.Set<StoredRetentionRule>().AsNoTracking().SingleOrDefaultAsync(rule => rule.DatasetId == job.DatasetId && rule.TeamId == job.TeamId, cancellation))?.ToRule();
}
