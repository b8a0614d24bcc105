using Npgsql;

namespace TdmPortal.Postgres;

/// <summary>What the server says of the tables that are to be loaded: keys, rights, rows that are there.</summary>
internal static class LoadCatalogue
{
    private const string ForeignKeysQuery = """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(k.conname), r.child::bigint, r.parent::bigint, k.condeferrable, k.confmatchtype = 'f',
            (SELECT array_agg(a.attname::text ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY p(number, place) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number)
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
        CROSS JOIN LATERAL (SELECT CASE WHEN k.conrelid = ANY ($1::bigint[]::oid[]) THEN k.conrelid ELSE pg_partition_root(k.conrelid) END AS child, CASE WHEN k.confrelid = ANY ($1::bigint[]::oid[]) THEN k.confrelid ELSE pg_partition_root(k.confrelid) END AS parent) r
        WHERE k.contype = 'f' AND r.child = ANY ($1::bigint[]::oid[]) AND r.parent = ANY ($1::bigint[]::oid[]) AND (k.conparentid = 0 OR k.conrelid = r.child)
        ORDER BY k.conname
        """;

    private const string KeysQuery = """
        SELECT DISTINCT ON (i.indrelid) i.indrelid::bigint, (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]))
        FROM pg_index i
        WHERE i.indrelid = ANY ($1::bigint[]::oid[]) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]) AND NOT a.attnotnull)
        ORDER BY i.indrelid, i.indisprimary DESC, i.indnkeyatts, i.indexrelid
        """;

    private const string RightsQuery = """
        SELECT c.oid::bigint, has_table_privilege(c.oid, 'INSERT') OR has_any_column_privilege(c.oid, 'INSERT'), has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'TRUNCATE'), row_security_active(c.oid),
            (SELECT coalesce(string_agg(quote_ident(t.relname), ', '), '') FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid WHERE k.contype = 'f' AND k.confrelid = c.oid AND k.conparentid = 0 AND k.conrelid <> ALL ($1::bigint[]::oid[]) AND NOT t.relispartition),
            (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled = 'D')::int,
            ((SELECT count(*) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('c', 'f', 'p', 'u', 'x')) + (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')))
                + (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'))::int
        FROM pg_class c WHERE c.oid = ANY ($1::bigint[]::oid[])
        """;

    public static Task<List<ServerForeignKey>> ForeignKeysAsync(NpgsqlConnection connection, long[] tables, CancellationToken cancellation) =>
        ReadAsync(connection, ForeignKeysQuery, tables, row => new ServerForeignKey(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<string[]>(5), row.GetBoolean(3), row.GetBoolean(4)), cancellation);

    /// <summary>The key by which rows of each table are found: the primary one where there is one.</summary>
    public static async Task<Dictionary<long, string[]>> KeysAsync(NpgsqlConnection connection, long[] tables, CancellationToken cancellation) =>
        (await ReadAsync(connection, KeysQuery, tables, row => (Table: row.GetInt64(0), Columns: row.GetFieldValue<string[]>(1)), cancellation)).ToDictionary(key => key.Table, key => key.Columns);

    public static async Task<Dictionary<long, TableRights>> RightsAsync(NpgsqlConnection connection, long[] tables, CancellationToken cancellation) =>
        (await ReadAsync(connection, RightsQuery, tables, row => (Table: row.GetInt64(0), Rights: new TableRights(row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetString(6), row.GetInt32(7), row.GetInt32(8))), cancellation)).ToDictionary(one => one.Table, one => one.Rights);

    /// <summary>Whether a statement gives true.</summary>
    public static async Task<bool> IsAsync(NpgsqlConnection connection, string question, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(question, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string query, long[] tables, Func<NpgsqlDataReader, T> take, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = tables } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await reader.ReadAsync(cancellation))
            found.Add(take(reader));
        return found;
    }
}
