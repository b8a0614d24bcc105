using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Datasets;

/// <summary>Puts a plan's rows into a schema of their own: tables, binary COPY streams side by side, then keys, statistics and the team's right to read.</summary>
public sealed class VersionLoader(PortalDatabase database)
{
    /// <summary>COPY streams at a time; each keeps a thread here and a process of the server busy.</summary>
    private static readonly int Streams = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>Rows of one COPY: enough to make its start negligible, few enough for streams to end together; and what passes see as one segment.</summary>
    private const long RowsPerCopy = RowPass.SegmentRows;

    /// <summary>Copies that may be done before an earlier one is, besides those under way.</summary>
    private const int CopiesAhead = 2;

    private const string SessionSettings = "SET synchronous_commit = off; SET maintenance_work_mem = '192MB'; SET lock_timeout = '30s'";

    /// <summary>The rows that the plan makes.</summary>
    /// <param name="check">Called now and then while the rows come in and once the keys are there; it throws when they are too much.</param>
    /// <param name="passes">What looks at an entity's rows on their way; it has seen all of them when this returns.</param>
    /// <returns>What was stored, sizes included.</returns>
    internal Task<List<DatasetEntity>> LoadAsync(GenerationPlan plan, string databaseSchema, string teamKey, JobProgress progress, Func<CancellationToken, Task> check, CancellationToken cancellation, Func<EntityPlan, IReadOnlyList<RowPass>>? passes = null) =>
        LoadAsync(plan, databaseSchema, teamKey, progress, token => CopyAsync(plan, databaseSchema, progress, check, passes, token), check, cancellation);

    /// <summary>Rows from elsewhere, into the plan's tables.</summary>
    /// <param name="copy">Puts them in, row numbers included, before there are keys.</param>
    /// <param name="check">Called once the keys are there.</param>
    /// <returns>What was stored, sizes included.</returns>
    internal async Task<List<DatasetEntity>> LoadAsync(GenerationPlan plan, string databaseSchema, string teamKey, JobProgress progress, Func<CancellationToken, Task> copy, Func<CancellationToken, Task> check, CancellationToken cancellation)
    {
        progress.Step = "Creating tables";
        await ProvisionAsync((connection, token) => CreateTablesAsync(connection, plan, databaseSchema, token), cancellation);
        await copy(cancellation);
        await AddKeysAsync(plan, databaseSchema, progress, cancellation);
        await check(cancellation);
        progress.Step = "Gathering statistics";
        await EachAsync(plan.Entities.Select(entity => $"VACUUM (FREEZE, ANALYZE) {StoredTable.Name(databaseSchema, entity.Name)}"), Streams, null, cancellation);
        var reader = SqlSchema.Quote(database.ReaderRole(teamKey));
        await ProvisionAsync((connection, token) => ExecuteAsync(connection, $"GRANT USAGE ON SCHEMA {SqlSchema.Quote(databaseSchema)} TO {reader}; GRANT SELECT ON ALL TABLES IN SCHEMA {SqlSchema.Quote(databaseSchema)} TO {reader}", token), cancellation);
        return await ProvisionAsync((connection, token) => DescribeAsync(connection, plan, databaseSchema, token), cancellation);
    }

    private static async Task<bool> CreateTablesAsync(NpgsqlConnection connection, GenerationPlan plan, string databaseSchema, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, $"CREATE SCHEMA {SqlSchema.Quote(databaseSchema)}", cancellation);
        foreach (var statement in SqlSchema.CreateTables(plan, databaseSchema))
            await ExecuteAsync(connection, statement, cancellation);
        foreach (var entity in plan.Entities)
            await ExecuteAsync(connection, $"ALTER TABLE {StoredTable.Name(databaseSchema, entity.Name)} ADD COLUMN \"{StoredTable.RowNumber}\" bigint NOT NULL", cancellation);
        return true;
    }

    /// <summary>Bytes of a version's tables and indexes as they are now.</summary>
    internal Task<long> SizeAsync(string databaseSchema, CancellationToken cancellation) => ProvisionAsync(async (connection, token) =>
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(sum(pg_total_relation_size(cl.oid)), 0)::bigint FROM pg_class cl JOIN pg_namespace n ON n.oid = cl.relnamespace WHERE n.nspname = $1 AND cl.relkind = 'r'", connection) { Parameters = { new() { Value = databaseSchema } } };
        return (long)(await command.ExecuteScalarAsync(token))!;
    }, cancellation);

    private async Task CopyAsync(GenerationPlan plan, string databaseSchema, JobProgress progress, Func<CancellationToken, Task> check, Func<EntityPlan, IReadOnlyList<RowPass>>? passes, CancellationToken cancellation)
    {
        var merges = plan.Entities.ToDictionary(entity => entity, entity => new SegmentMerge(passes?.Invoke(entity) ?? [], Streams + CopiesAhead));
        var ranges = plan.Entities.SelectMany(entity => Ranges(entity.Rows).Select(range => (Entity: entity, range.First, range.Count)));
        await Parallel.ForEachAsync(ranges, new ParallelOptions { MaxDegreeOfParallelism = Streams, CancellationToken = cancellation }, async (range, token) =>
        {
            progress.Step = $"Loading {range.Entity.Name}";
            await CopyAsync(plan, range.Entity, range.First, range.Count, databaseSchema, merges[range.Entity], progress, token);
            await check(token);
        });
    }

    private static IEnumerable<(long First, long Count)> Ranges(long rows)
    {
        for (long first = 0; first < rows; first += RowsPerCopy)
            yield return (first, Math.Min(RowsPerCopy, rows - first));
    }

    private async Task CopyAsync(GenerationPlan plan, EntityPlan entity, long first, long count, string databaseSchema, SegmentMerge merge, JobProgress progress, CancellationToken cancellation)
    {
        var columns = string.Join(", ", entity.Columns.Select(ColumnSql.Name).Prepend($"\"{StoredTable.RowNumber}\""));
        var told = 0L;
        await CopyInAsync(StoredTable.Name(databaseSchema, entity.Name), columns, (copy, token) => Task.Run(() =>
        {
            var segments = merge.Begin(first / RowsPerCopy, token);
            plan.Write(entity, first, count, RowFormat.NumberedPostgresBinary, copy, segments, written => progress.AddRows(written - Interlocked.Exchange(ref told, written)), token);
            merge.End(first / RowsPerCopy, segments);
            return true;
        }, token), cancellation);
        progress.AddRows(count - told);
    }

    /// <summary>Rows into a table by binary COPY, in a session that is set as loading wants it: all that is written, or nothing where writing fails.</summary>
    /// <param name="columns">As they stand in a statement.</param>
    internal Task<T> CopyInAsync<T>(string table, string columns, Func<Stream, CancellationToken, Task<T>> write, CancellationToken cancellation) => ProvisionAsync(async (connection, token) =>
    {
        await ExecuteAsync(connection, SessionSettings, token);
        await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT binary)", token);
        try
        {
            return await write(copy, token);
        }
        catch
        {
            // Disposing would end the COPY as if all was well.
            await AbandonAsync(copy);
            throw;
        }
    }, cancellation);

    /// <summary>Ends a COPY so that nothing of it stays.</summary>
    private static async Task AbandonAsync(NpgsqlRawCopyStream copy)
    {
        try
        {
            await copy.CancelAsync();
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The server ended it before, and that is what is being reported.
        }
    }

    /// <summary>Primary and unique keys and the row number's index side by side (they differ in table or name), then foreign keys and checks in order.</summary>
    private async Task AddKeysAsync(GenerationPlan plan, string databaseSchema, JobProgress progress, CancellationToken cancellation)
    {
        var statements = plan.Entities.Select((entity, place) => $"CREATE UNIQUE INDEX {SqlSchema.Quote(StoredTable.RowIndex(place))} ON {StoredTable.Name(databaseSchema, entity.Name)} (\"{StoredTable.RowNumber}\")")
            .Concat(SqlSchema.AddKeys(plan, databaseSchema)).ToList();
        var done = 0;
        void Report() => progress.Step = $"Adding keys ({Interlocked.Increment(ref done)} of {statements.Count})";
        Report();
        foreach (var statement in statements)
        {
            await EachAsync([statement], 1, null, cancellation);
            Report();
        }
    }

    private Task EachAsync(IEnumerable<string> statements, int degree, Action? after, CancellationToken cancellation) =>
        Parallel.ForEachAsync(statements, new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellation }, async (statement, token) =>
        {
            await ProvisionAsync(async (connection, inner) =>
            {
                await ExecuteAsync(connection, SessionSettings, inner);
                return await ExecuteAsync(connection, statement, inner);
            }, token);
            after?.Invoke();
        });

    private static async Task<List<DatasetEntity>> DescribeAsync(NpgsqlConnection connection, GenerationPlan plan, string databaseSchema, CancellationToken cancellation)
    {
        var bytes = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand("SELECT cl.relname, pg_total_relation_size(cl.oid) FROM pg_class cl JOIN pg_namespace n ON n.oid = cl.relnamespace WHERE n.nspname = $1 AND cl.relkind = 'r'", connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = databaseSchema });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                bytes[reader.GetString(0)] = reader.GetInt64(1);
        }

        var references = plan.Document.Relationships.Select(relationship => new DatasetReference(relationship.Name, relationship.From.Entity, relationship.From.Fields, relationship.To.Entity, relationship.To.Fields)).ToList();
        return [.. plan.Entities.Select(entity => new DatasetEntity(entity.Name, entity.Rows, bytes[entity.Name],
            [.. entity.Columns.Select(column => column with { SqlType = SqlSchema.BaseType(column) })], entity.Definition.PrimaryKey,
            [.. references.Where(reference => reference.FromEntity == entity.Name)], [.. references.Where(reference => reference.ToEntity == entity.Name)]))];
    }

    private Task<T> ProvisionAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation) => database.ProvisionAsync(work, cancellation);

    private static async Task<bool> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
        return true;
    }
}
