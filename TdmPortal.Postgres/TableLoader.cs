using System.Globalization;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Postgres;

/// <summary>
/// Puts rows into tables that are there already, by COPY, with their constraints and triggers on. What cannot be done is
/// refused before the first row; all of it is one transaction, so that a failure changes nothing. When it returns, the
/// server has asked each of its rules of each row.
/// </summary>
public static class TableLoader
{
    private const string Settings = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL timezone = 'UTC'";

    /// <summary>Loads the rows that a plan makes.</summary>
    /// <param name="progress">Called now and then with an entity and how many of its rows were sent; never by two threads at once.</param>
    /// <exception cref="LoadRefusedException">Before the first row.</exception>
    /// <exception cref="PortalException">What the server refused; nothing is changed.</exception>
    public static Task<LoadResult> LoadAsync(NpgsqlDataSource database, GenerationPlan plan, LoadOptions options, Action<string, long>? progress, CancellationToken cancellation) =>
        LoadAsync(database, plan.Document, new PlanSource(plan), nullsCome: true, options, progress, cancellation);

    /// <summary>Loads the rows of any source, whose entities and columns have the document's names.</summary>
    /// <param name="document">Tables and columns by <c>table</c> and <c>column</c>, else by the names themselves.</param>
    /// <param name="progress">Called now and then with an entity and how many of its rows were sent; never by two threads at once.</param>
    /// <exception cref="LoadRefusedException">Before the first row.</exception>
    /// <exception cref="PortalException">What the server refused, or what the source could not read; nothing is changed.</exception>
    public static Task<LoadResult> LoadAsync(NpgsqlDataSource database, SchemaDocument document, RowSource source, LoadOptions options, Action<string, long>? progress, CancellationToken cancellation) =>
        LoadAsync(database, document, source, nullsCome: false, options, progress, cancellation);

    private static async Task<LoadResult> LoadAsync(NpgsqlDataSource database, SchemaDocument document, RowSource source, bool nullsCome, LoadOptions options, Action<string, long>? progress, CancellationToken cancellation)
    {
        var doing = "Looking at the tables";
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, Settings, cancellation);
            var prepared = await LoadPreparation.OfAsync(connection, document, source, nullsCome, options.Existing, cancellation);
            var process = connection.ProcessID;

            // The server may be at work for long where nothing reads the token: at the end of a COPY, in an UPDATE.
            await using var stop = cancellation.UnsafeRegister(_ => Stop(database, process), null);
            if (options.Existing == ExistingRows.Truncate)
                await ExecuteAsync(connection, $"TRUNCATE {string.Join(", ", prepared.Tables.Select(table => table.Server.From).Distinct())}", cancellation);
            if (prepared.Deferred.Count > 0)
                await ExecuteAsync(connection, $"SET CONSTRAINTS {string.Join(", ", prepared.Deferred.Select(key => key.Name).Distinct())} DEFERRED", cancellation);
            var loaded = new List<LoadedTable>();
            foreach (var table in prepared.Tables)
            {
                doing = $"Loading {table.Server.Shown}";
                LoadColumn[] columns = [.. table.Columns.Where(column => !table.Later.Contains(column.Server.Name))];
                if (table.Together is not null)
                    await ExecuteAsync(connection, $"CREATE TEMPORARY TABLE {Waiting(table)} ON COMMIT DROP AS SELECT {Names(columns)} FROM {table.Server.Quoted} WITH NO DATA", cancellation);
                var rows = await new TableCopy(connection, source, table, table.Together is null ? table.Server.Quoted : Waiting(table), columns, options.Threads).RunAsync(rows => progress?.Invoke(table.Entity.Name, rows), cancellation);
                loaded.Add(new(table.Entity.Name, table.Server.Shown, rows, table.Binary));
                if (table.Together is { } together && table == together[^1])
                    await ExecuteAsync(connection, InOneStatement(together), cancellation);
            }

            foreach (var table in prepared.Tables.Where(table => table.Later.Count > 0))
            {
                doing = $"Completing {table.Server.Shown}";
                await CompleteAsync(connection, source, table, options.Threads, cancellation);
            }

            doing = "Asking the rules that are asked at the end";
            await ExecuteAsync(connection, "SET CONSTRAINTS ALL IMMEDIATE", cancellation);
            foreach (var table in prepared.Tables)
            {
                doing = $"Setting the sequences of {table.Server.Shown}";
                foreach (var column in table.Columns.Where(column => column.Server is { Sequence: not null, BaseType: "int2" or "int4" or "int8" or "numeric" }))
                    await ContinueAsync(connection, table, column.Server, cancellation);
            }

            await transaction.CommitAsync(cancellation);
            return new(loaded, prepared.Rights.Values.Sum(rights => rights.Rules),
                [.. prepared.Tables.Where(table => prepared.Rights[table.Server.Id].TurnedOff > 0).Select(table => $"{table.Server.Shown} has triggers that are turned off ({prepared.Rights[table.Server.Id].TurnedOff}); what they would ask was not asked.")]);
        }
        catch (SourceFailedException failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure) && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("Loading was stopped.", failure, cancellation);
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure))
        {
            throw ServerFailure.Explain(failure, doing);
        }
    }

    private static string InOneStatement(IReadOnlyList<LoadTable> tables)
    {
        var inserts = tables.Select(table => $"INSERT INTO {table.Server.Quoted} ({Names(table.Columns)}) OVERRIDING SYSTEM VALUE SELECT {Names(table.Columns)} FROM {Waiting(table)}").ToList();
        return $"WITH {string.Join(", ", inserts.SkipLast(1).Select((insert, place) => $"i{place} AS ({insert})"))} {inserts[^1]}";
    }

    private static string Waiting(LoadTable table) => $"pg_temp.{SqlSchema.Quote($"tdm_{table.Server.Id}")}";

    private static string Names(IEnumerable<LoadColumn> columns) => string.Join(", ", columns.Select(column => SqlSchema.Quote(column.Server.Name)));

    /// <summary>Sets what was left null, by a second reading of the rows into a table that goes with the transaction.</summary>
    private static async Task CompleteAsync(NpgsqlConnection connection, RowSource source, LoadTable table, int threads, CancellationToken cancellation)
    {
        string[] later = [.. table.Later];
        LoadColumn[] columns = [.. table.Columns.Where(column => table.Key.Contains(column.Server.Name) || table.Later.Contains(column.Server.Name))];
        await ExecuteAsync(connection, $"CREATE TEMPORARY TABLE tdm_later ON COMMIT DROP AS SELECT {Names(columns)} FROM {table.Server.Quoted} WITH NO DATA", cancellation);
        await new TableCopy(connection, source, table, "pg_temp.tdm_later", columns, threads).RunAsync(null, cancellation);
        var isSet = string.Join(" OR ", later.Select(name => $"l.{SqlSchema.Quote(name)} IS NOT NULL"));
        await ExecuteAsync(connection, "ANALYZE pg_temp.tdm_later", cancellation);
        await ExecuteAsync(connection,
            $"UPDATE {table.Server.From} t SET {string.Join(", ", later.Select(name => $"{SqlSchema.Quote(name)} = l.{SqlSchema.Quote(name)}"))} FROM pg_temp.tdm_later l WHERE ({isSet}) AND {string.Join(" AND ", table.Key.Select(name => $"t.{SqlSchema.Quote(name)} = l.{SqlSchema.Quote(name)}"))}",
            cancellation);
        await ExecuteAsync(connection, "DROP TABLE pg_temp.tdm_later", cancellation);
    }

    /// <summary>Lets the sequence of a column go on behind its values; it never goes back.</summary>
    private static async Task ContinueAsync(NpgsqlConnection connection, LoadTable table, ServerColumn column, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            SELECT setval($1::regclass, v.value) FROM (SELECT CASE WHEN s.seqincrement > 0 THEN m.highest ELSE m.lowest END AS value, s.seqincrement, s.seqmin, s.seqmax, l.last_value, l.is_called
                FROM pg_sequence s, {column.Sequence} l, (SELECT max({SqlSchema.Quote(column.Name)})::bigint AS highest, min({SqlSchema.Quote(column.Name)})::bigint AS lowest FROM {table.Server.Quoted}) m WHERE s.seqrelid = $1::regclass) v
            WHERE v.value BETWEEN v.seqmin AND v.seqmax AND (CASE WHEN v.seqincrement > 0 THEN v.value > v.last_value ELSE v.value < v.last_value END OR (v.value = v.last_value AND NOT v.is_called))
            """, connection) { CommandTimeout = 0, Parameters = { new() { Value = column.Sequence! } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Stop(NpgsqlDataSource database, int process) => _ = Task.Run(async () =>
    {
        try
        {
            await using var cancel = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_cancel_backend({process})"));
            await cancel.ExecuteNonQueryAsync();
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure) || failure is ObjectDisposedException)
        {
            // Then the statement ends by itself, and the transaction is rolled back all the same.
        }
    });
}
