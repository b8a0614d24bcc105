using System.Data;
using System.Globalization;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Postgres;

/// <summary>
/// The rows of a live database's tables as they are at one instant: one snapshot for all tables and all readings, over
/// connections that may only read. Rows of a table always come in the same order. Nothing of them is kept.
/// </summary>
/// <remarks>Rows have no numbers in a table, so a reading begins at its first row; several tables may be read side by side.</remarks>
public sealed class SnapshotSource : RowSource, IAsyncDisposable
{
    // The order of rows is the one in which they lie: no index, no helper process, nobody else's scan to join.
    private const string Settings = """
        SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL default_transaction_read_only = on;
        SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;
        SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL row_security = off
        """;

    private readonly NpgsqlDataSource dataSource;
    private readonly NpgsqlTransaction holder;
    private readonly string snapshot;
    private readonly Dictionary<string, (ServerTable Table, IReadOnlyList<SelectedColumn> Columns)> tables;

    private SnapshotSource(NpgsqlDataSource dataSource, NpgsqlTransaction holder, string snapshot, SchemaDocument document, Dictionary<string, (ServerTable Table, IReadOnlyList<SelectedColumn> Columns)> tables)
    {
        (this.dataSource, this.holder, this.snapshot, this.tables) = (dataSource, holder, snapshot, tables);
        Entities = [.. document.Entities.Select(entity => new SourceEntity(entity.Name, [.. tables[entity.Name].Columns.Select(column => column.Description)], null))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceEntity> Entities { get; }

    /// <summary>Takes the snapshot and looks whether it has all tables and columns of the document.</summary>
    /// <param name="dataSource">Stays open as long as this is; a connection is held all the time, and one for each reading.</param>
    /// <param name="document">Tables and columns by <c>table</c> and <c>column</c>, else by the names themselves.</param>
    /// <exception cref="PortalException">source.changed, and what <see cref="ServerFailure"/> says.</exception>
    public static async Task<SnapshotSource> OpenAsync(NpgsqlDataSource dataSource, SchemaDocument document, CancellationToken cancellation)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await dataSource.OpenConnectionAsync(cancellation);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await using (var settings = new NpgsqlCommand("SET TRANSACTION READ ONLY; " + Settings, connection))
                await settings.ExecuteNonQueryAsync(cancellation);
            var found = await ServerTables.FindAsync(connection, document.Entities, cancellation);
            var selected = Select(document, found);
            await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection);
            return new(dataSource, transaction, (string)(await export.ExecuteScalarAsync(cancellation))!, document, selected);
        }
        catch (Exception failure)
        {
            if (connection is not null)
                await connection.DisposeAsync();
            if (ServerFailure.IsOne(failure))
                throw ServerFailure.Explain(failure, "Reading the source database");
            throw;
        }
    }

    /// <inheritdoc/>
    public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstRow, 0);
        cancellation.ThrowIfCancellationRequested();
        var (table, selected) = tables[entity.Name];
        SelectedColumn[] wanted = [.. columns.Select(column => selected[column])];
        NpgsqlConnection? connection = null;
        try
        {
            connection = dataSource.OpenConnection();
            var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
            using (var settings = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{snapshot.Replace("'", "''", StringComparison.Ordinal)}'; SET TRANSACTION READ ONLY; {Settings}", connection))
                settings.ExecuteNonQuery();
            var limit = rows is { } most ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {most}") : "";
            var stream = connection.BeginRawBinaryCopy($"COPY (SELECT {string.Join(", ", wanted.Select(column => column.Expression))} FROM {table.From}{limit}) TO STDOUT (FORMAT binary)");
            return new SnapshotReader(table.Shown, transaction, stream, wanted, cancellation);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            if (ServerFailure.IsOne(failure))
                throw ServerFailure.Explain(failure, $"Reading {table.Shown}");
            throw;
        }
    }

    /// <summary>How many rows a table has, counted by the server; null where that takes longer than there is time.</summary>
    /// <exception cref="PortalException">What <see cref="ServerFailure"/> says.</exception>
    public async Task<long?> CountAsync(SourceEntity entity, TimeSpan limit, CancellationToken cancellation)
    {
        var table = tables[entity.Name].Table;
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var time = string.Create(CultureInfo.InvariantCulture, $"SET LOCAL statement_timeout = {Math.Max(1, (long)limit.TotalMilliseconds)}");
            await using (var settings = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{snapshot.Replace("'", "''", StringComparison.Ordinal)}'; SET TRANSACTION READ ONLY; {Settings}; {time}", connection))
                await settings.ExecuteNonQueryAsync(cancellation);
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {table.From}", connection);
            return (long)(await count.ExecuteScalarAsync(cancellation))!;
        }
        catch (PostgresException slow) when (slow.SqlState == PostgresErrorCodes.QueryCanceled && !cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure) && !cancellation.IsCancellationRequested)
        {
            throw ServerFailure.Explain(failure, $"Counting the rows of {table.Shown}");
        }
    }

    /// <summary>Lets go of the snapshot.</summary>
    public async ValueTask DisposeAsync()
    {
        var connection = holder.Connection;
        await holder.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private static Dictionary<string, (ServerTable Table, IReadOnlyList<SelectedColumn> Columns)> Select(SchemaDocument document, Dictionary<string, ServerTable> tables)
    {
        var missing = new List<string>();
        var selected = new Dictionary<string, (ServerTable Table, IReadOnlyList<SelectedColumn> Columns)>(StringComparer.Ordinal);
        foreach (var entity in document.Entities)
        {
            if (!tables.TryGetValue(entity.Name, out var table))
            {
                missing.Add($"there is no table {(entity.Table is { Schema: { } schema, Name: var name } ? $"{schema}.{name}" : entity.Table?.Name ?? entity.Name)}");
                continue;
            }

            var columns = new List<SelectedColumn>();
            foreach (var field in entity.Fields)
            {
                if (table.Columns.TryGetValue(field.Column ?? field.Name, out var column))
                    columns.Add(SelectedColumn.Of(field, column));
                else
                    missing.Add($"{table.Shown} has no column {field.Column ?? field.Name}");
            }

            selected.Add(entity.Name, (table, columns));
        }

        return missing.Count == 0 ? selected : throw new PortalException("source.changed", $"The source database is not as the schema says: {string.Join("; ", missing.Take(5))}{(missing.Count > 5 ? $"; and {missing.Count - 5} more" : "")}.")
        {
            SuggestedActions = ["Import the database's structure again", "Check that the user of the connection may see these tables"],
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["missing"] = missing },
        };
    }
}
