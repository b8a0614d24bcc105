using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Refresh;

/// <summary>
/// What must hold before a version goes live, looked at in the database and not in what the engine says of itself: every
/// key and check is there and was verified over all rows by the server, every table has as many rows as planned, and no
/// column that was filled in the live version is empty now.
/// </summary>
public sealed class RefreshGate(PortalDatabase database)
{
    private const string KeysSql = """
        select cl.relname, co.conname, co.contype::text, co.convalidated from pg_constraint co
        join pg_class cl on cl.oid = co.conrelid join pg_namespace n on n.oid = cl.relnamespace where n.nspname = $1 and co.contype in ('p', 'u', 'f', 'c')
        """;

    /// <summary>For rows that the plan made.</summary>
    internal Task<GateReport> CheckAsync(GenerationPlan plan, string databaseSchema, (string Schema, IReadOnlyList<DatasetEntity> Entities)? live, CancellationToken cancellation) =>
        CheckAsync(plan, databaseSchema, static entity => entity.Rows, static (_, _) => false, live, cancellation);

    /// <param name="rows">How many must be there.</param>
    /// <param name="mayBeEmpty">Entity and column: whether it may be empty in all rows, however it was before.</param>
    /// <param name="live">What is live now; null: nothing.</param>
    internal Task<GateReport> CheckAsync(GenerationPlan plan, string databaseSchema, Func<EntityPlan, long> rows, Func<string, string, bool> mayBeEmpty, (string Schema, IReadOnlyList<DatasetEntity> Entities)? live, CancellationToken cancellation) => database.ProvisionAsync(async (connection, token) =>
    {
        var checks = new List<GateCheck>();
        checks.AddRange(await KeysAsync(connection, plan, databaseSchema, token));
        foreach (var (entity, name, query) in SqlSchema.RelatedChecks(plan, databaseSchema))
        {
            await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 0 };
            var broken = (long)(await command.ExecuteScalarAsync(token))!;
            checks.Add(new GateCheck("check", $"{entity}: {name}", broken == 0, broken == 0 ? "holds for all rows with those related to them" : FormattableString.Invariant($"is broken by {broken:N0} {(broken == 1 ? "row" : "rows")}")));
        }

        foreach (var entity in plan.Entities)
        {
            var before = live?.Entities.FirstOrDefault(known => known.Name == entity.Name);
            checks.AddRange(await RowsAsync(connection, entity, rows(entity), mayBeEmpty, databaseSchema, live?.Schema, before, token));
        }

        return new GateReport([.. checks.OrderBy(check => check.Holds)]);
    }, cancellation);

    /// <summary>A constraint that is there and valid was verified by the server over all rows when it was added, or with each row since.</summary>
    private static async Task<List<GateCheck>> KeysAsync(NpgsqlConnection connection, GenerationPlan plan, string databaseSchema, CancellationToken cancellation)
    {
        var found = new Dictionary<(string Table, string Name), (string Kind, bool Valid)>();
        await using (var command = new NpgsqlCommand(KeysSql, connection) { Parameters = { new() { Value = databaseSchema } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                found[(reader.GetString(0), reader.GetString(1))] = (reader.GetString(2), reader.GetBoolean(3));
        }

        return [.. SqlSchema.Keys(plan, databaseSchema).Select(key =>
        {
            var kind = key.Kind switch { SqlKeyKind.Primary => ("p", "primary key"), SqlKeyKind.Unique => ("u", "unique key"), SqlKeyKind.Foreign => ("f", "foreign key"), _ => ("c", "check") };
            var isThere = found.TryGetValue((key.Entity, key.Name), out var one) && one.Kind == kind.Item1;
            return new GateCheck(kind.Item2, $"{key.Entity}: {key.Name}", isThere && one.Valid, !isThere ? "is missing in the database" : one.Valid ? "verified by the database over all rows" : "was not verified by the database");
        })];
    }

    /// <summary>One pass over a table: its rows, and how many of each column are filled.</summary>
    private static async Task<List<GateCheck>> RowsAsync(NpgsqlConnection connection, EntityPlan entity, long planned, Func<string, string, bool> mayBeEmpty, string databaseSchema, string? liveSchema, DatasetEntity? before, CancellationToken cancellation)
    {
        var checks = new List<GateCheck>();
        // Only a column that can be null can have become empty.
        var suspects = entity.Columns.Where(column => column.Nullable && !mayBeEmpty(entity.Name, column.Name) && before?.Columns.Any(known => known.Name == column.Name) == true).Select(column => column.Name).ToList();
        var counts = await ReadAsync($"select count(*){string.Concat(suspects.Select(column => $", count({SqlSchema.Quote(column)})"))} from {StoredTable.Name(databaseSchema, entity.Name)}", suspects.Count + 1);
        checks.Add(new GateCheck("rows", entity.Name, counts[0] == planned, counts[0] == planned ? FormattableString.Invariant($"{counts[0]:N0} rows, as planned") : FormattableString.Invariant($"{counts[0]:N0} rows are there, {planned:N0} were planned")));
        var empty = suspects.Where((_, place) => counts[place + 1] == 0).ToList();
        if (empty.Count > 0 && counts[0] > 0)
        {
            var filled = await ReadAsync($"select {string.Join(", ", empty.Select(column => $"(exists (select from {StoredTable.Name(liveSchema!, entity.Name)} where {SqlSchema.Quote(column)} is not null))::int::bigint"))}", empty.Count);
            checks.AddRange(empty.Where((_, place) => filled[place] == 1).Select(column => new GateCheck("values", $"{entity.Name}.{column}", false, "is empty in all rows now, and was filled in the live version")));
        }

        if (suspects.Count > 0 && checks.TrueForAll(check => check.Kind != "values"))
            checks.Add(new GateCheck("values", entity.Name, true, "no column that was filled is empty now"));
        return checks;

        async Task<long[]> ReadAsync(string sql, int columns)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            return [.. Enumerable.Range(0, columns).Select(reader.GetInt64)];
        }
    }
}
