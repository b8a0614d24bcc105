using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Datasets;

/// <summary>Indexes on (column, row number) of stored versions, made when somebody first sorts or filters by the column. The rows never change, so readers are not held up.</summary>
public sealed class SortIndexes(PortalDatabase database, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(150);

    internal static bool IsServedByKey(DatasetEntity entity, ColumnDescription column) => entity.PrimaryKey is [var only] && only == column.Name;

    /// <summary>Whether there is nothing to make: there is an index, or the type takes none.</summary>
    internal async Task<bool> ExistsAsync(NpgsqlConnection connection, StoredVersion version, DatasetEntity entity, int place, ColumnDescription column, CancellationToken cancellation)
    {
        if (IsServedByKey(entity, column) || !CanIndex(column))
            return true;
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = IndexName(version, entity, place, column) });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    internal async Task EnsureAsync(StoredVersion version, DatasetEntity entity, int place, ColumnDescription column, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (IsServedByKey(entity, column) || !CanIndex(column))
            return;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = Task.CompletedTask;
        try
        {
            await database.ProvisionAsync(async (connection, token) =>
            {
                if (await ExistsAsync(connection, version, entity, place, column, token))
                    return true;
                if (progress is not null)
                    watching = WatchAsync(connection.ProcessID, progress, done.Token);
                // Not waiting long for anything: the only lock in the way is the sweeper's, on a version that goes away.
                await ExecuteAsync(connection, "SET lock_timeout = '5s'; SET maintenance_work_mem = '256MB'; SET synchronous_commit = off", token);
                await ExecuteAsync(connection, $"CREATE INDEX IF NOT EXISTS {SqlSchema.Quote(StoredTable.SortIndex(place, StoredVersion.Place(entity, column)))} ON {version.Table(entity)} ({ColumnSql.Name(column)}, \"{StoredTable.RowNumber}\")", token);
                return true;
            }, cancellation);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable)
        {
            // Somebody else asked for the same one at the same moment, and has it made.
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.ProgramLimitExceeded)
        {
            // A value longer than an index entry may be: the column is sorted by scanning instead.
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.LockNotAvailable)
        {
            throw new NotFoundException("The dataset's version");
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError)
        {
            throw new PortalException("dataset.disk_full", $"The disk of the database server is full: {entity.Name} cannot be sorted by {column.Name} quickly.", error) { SuggestedActions = ["Delete datasets that are not needed any more.", "Ask an administrator for more disk space."] };
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    // An array or a document as a whole is hardly ever sorted by, and may be longer than an index entry.
    private static bool CanIndex(ColumnDescription column) => !column.IsArray && column.Type != FieldType.Json && column is not { Type: FieldType.String, MaxLength: > 2000 };

    private static string IndexName(StoredVersion version, DatasetEntity entity, int place, ColumnDescription column) =>
        StoredTable.Name(version.DatabaseSchema, StoredTable.SortIndex(place, StoredVersion.Place(entity, column)));

    private async Task WatchAsync(int backend, IProgress<double> progress, CancellationToken cancellation)
    {
        try
        {
            await database.ProvisionAsync(async (connection, token) =>
            {
                // Scanning and sorting take about two thirds of the time, writing the index the rest.
                await using var command = new NpgsqlCommand("""
                    SELECT CASE WHEN phase LIKE '%loading tuples%' THEN 0.65 + 0.35 * tuples_done / greatest(tuples_total, 1)
                        ELSE 0.65 * blocks_done / greatest(blocks_total, 1) END::double precision
                    FROM pg_stat_progress_create_index WHERE pid = $1
                    """, connection);
                command.Parameters.Add(new NpgsqlParameter { Value = backend });
                while (true)
                {
                    if (await command.ExecuteScalarAsync(token) is double share)
                        progress.Report(Math.Clamp(share, 0, 0.99));
                    await Task.Delay(ProgressInterval, time, token);
                }

#pragma warning disable CS0162 // the loop ends by cancellation
                return true;
#pragma warning restore CS0162
            }, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The index is made.
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
