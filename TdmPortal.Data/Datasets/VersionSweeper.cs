using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Environments;

namespace TdmPortal.Data.Datasets;

/// <summary>
/// Drops the tables of versions that were deleted, given up, or left half-built by a node that went away. Table by
/// table, waiting only shortly for a lock and never with CASCADE, so that whoever still reads is not broken: what is in
/// use is dropped the next time.
/// </summary>
public sealed class VersionSweeper(PortalDatabase database, PreparedFiles files, ViewSweeper views, ILogger<VersionSweeper> log)
{
    /// <summary>Drops what can be dropped now.</summary>
    /// <returns>How many versions are gone for good.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        await views.SweepAsync(cancellation);
        var waiting = await database.MaintainAsync((context, token) => context.Database.SqlQuery<Guid>($"""
            UPDATE portal.dataset_version version SET state = 'deleted'
            WHERE state = 'deleted' OR (state = 'building' AND NOT EXISTS (
                SELECT FROM portal.job WHERE job.id = version.job_id AND job.attempt = version.attempt AND job.state = 'running' AND job.lease_until > clock_timestamp()))
            RETURNING id AS "Value"
            """).ToListAsync(token), cancellation);
        var gone = 0;
        foreach (var id in waiting)
        {
            if (await TryDropAsync(id, cancellation))
                gone++;
        }

        await ForgetDatasetsAsync(cancellation);
        return gone;
    }

    /// <summary>Drops one version that is marked as deleted.</summary>
    /// <returns>False: somebody still reads it; it is tried again with the next sweep.</returns>
    public async Task<bool> TryDropAsync(Guid id, CancellationToken cancellation)
    {
        var schema = await database.ReadAsSystemAsync((context, token) => context.Set<DatasetVersion>()
            .Where(version => version.Id == id && version.State == DatasetVersion.Deleted).Select(version => version.DatabaseSchema).SingleOrDefaultAsync(token), cancellation);
        if (schema is null)
            return true;
        try
        {
            files.Delete(id);
            await database.ProvisionAsync((connection, token) => DropAsync(connection, schema, token), cancellation);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.DependentObjectsStillExist)
        {
            log.LogInformation("{Schema} is still in use ({Reason}); it is dropped later", schema, error.MessageText);
            return false;
        }
        catch (IOException error)
        {
            log.LogWarning(error, "The files of {Schema} could not be deleted; tried again later", schema);
            return false;
        }

        await database.ChangeAsSystemAsync(AuditSource.Portal, async (context, token) =>
        {
            var dropped = await context.Set<DatasetVersion>().Where(version => version.Id == id).Join(context.Set<Dataset>(), version => version.DatasetId, dataset => dataset.Id, (version, dataset) => new { version.TeamId, version.Number, dataset.Name }).SingleOrDefaultAsync(token);
            if (dropped is null)
                context.Audit.NothingOwed("Another node was faster.");
            else
                context.Audit.Add(AuditAction.VersionDropped, AuditObject.Version(id, dropped.Name, dropped.Number), details: new { schema }, team: dropped.TeamId);
            return await context.Set<DatasetVersion>().Where(version => version.Id == id).ExecuteDeleteAsync(token);
        }, cancellation);
        log.LogInformation("Dropped {Schema}", schema);
        return true;
    }

    private static async Task<bool> DropAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "SET lock_timeout = '2s'", cancellation);
        // Foreign keys first, so that tables can go one by one in any order.
        foreach (var (table, constraint) in await ListAsync(connection, "SELECT cl.relname, co.conname FROM pg_constraint co JOIN pg_class cl ON cl.oid = co.conrelid JOIN pg_namespace n ON n.oid = cl.relnamespace WHERE n.nspname = $1 AND co.contype = 'f'", schema, cancellation))
            await ExecuteAsync(connection, $"ALTER TABLE {StoredTable.Name(schema, table)} DROP CONSTRAINT {SqlSchema.Quote(constraint)}", cancellation);
        foreach (var (table, _) in await ListAsync(connection, "SELECT tablename, '' FROM pg_tables WHERE schemaname = $1", schema, cancellation))
            await ExecuteAsync(connection, $"DROP TABLE {StoredTable.Name(schema, table)}", cancellation);
        await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {SqlSchema.Quote(schema)}", cancellation);
        return true;
    }

    /// <summary>A deleted dataset's row goes when its last version has gone.</summary>
    private Task<bool> ForgetDatasetsAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var forgotten = await context.Set<Dataset>().FromSql($"""
            DELETE FROM portal.dataset WHERE deleted_at IS NOT NULL AND NOT EXISTS (SELECT FROM portal.dataset_version version WHERE version.dataset_id = dataset.id)
                AND NOT EXISTS (SELECT FROM portal.live_dataset WHERE live_dataset.dataset_id = dataset.id)
                AND NOT EXISTS (SELECT FROM portal.job WHERE job.dataset_id = dataset.id AND job.state IN ('pending', 'running'))
            RETURNING dataset.*
            """).AsNoTracking().ToListAsync(token);
        foreach (var dataset in forgotten)
            context.Audit.Add(AuditAction.DatasetForgotten, AuditObject.Dataset(dataset.Id, dataset.Name), team: dataset.TeamId);
        return forgotten.Count > 0;
    }, cancellation);

    private static async Task<List<(string, string)>> ListAsync(NpgsqlConnection connection, string sql, string schema, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
