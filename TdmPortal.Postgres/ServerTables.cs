using Npgsql;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Postgres;

/// <summary>Looks the tables of a document up in a database.</summary>
internal static class ServerTables
{
    private const string Tables = """
        SELECT w.place::int, c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY w(wanted_schema, wanted_name, place)
        JOIN pg_class c ON c.oid = to_regclass(CASE WHEN w.wanted_schema = '' THEN quote_ident(w.wanted_name) ELSE quote_ident(w.wanted_schema) || '.' || quote_ident(w.wanted_name) END)
        JOIN pg_namespace n ON n.oid = c.relnamespace
        """;

    // A domain stands for the type at its end; its limits and defaults come from any of the steps on the way.
    private const string Columns = """
        WITH RECURSIVE steps AS (
            SELECT a.attrelid, a.attnum, t.oid AS type, a.atttypmod AS modifier, t.typtype, t.typbasetype, t.typtypmod, t.typnotnull AS not_null, t.typdefault IS NOT NULL AS has_default
            FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = ANY ($1::bigint[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT s.attrelid, s.attnum, t.oid, CASE WHEN s.modifier = -1 THEN s.typtypmod ELSE s.modifier END, t.typtype, t.typbasetype, t.typtypmod, s.not_null OR t.typnotnull, s.has_default OR t.typdefault IS NOT NULL
            FROM steps s JOIN pg_type t ON t.oid = s.typbasetype
            WHERE s.typtype = 'd'
        )
        SELECT a.attrelid::bigint, a.attnum::int, a.attname::text, coalesce(e.typname, t.typname)::text, e.oid IS NOT NULL, coalesce(e.typtype, t.typtype) = 'e',
            a.attnotnull OR s.not_null, a.atthasdef OR a.attidentity <> '' OR s.has_default, a.attgenerated <> '', s.modifier, format_type(a.atttypid, a.atttypmod),
            (SELECT quote_ident(qn.nspname) || '.' || quote_ident(q.relname) FROM pg_depend d JOIN pg_class q ON q.relkind = 'S' JOIN pg_namespace qn ON qn.oid = q.relnamespace
             WHERE (d.classid = 'pg_class'::regclass AND d.objid = q.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype IN ('a', 'i'))
                OR (d.classid = 'pg_attrdef'::regclass AND d.objid = (SELECT ad.oid FROM pg_attrdef ad WHERE ad.adrelid = a.attrelid AND ad.adnum = a.attnum) AND d.refclassid = 'pg_class'::regclass AND d.refobjid = q.oid)
             LIMIT 1), coalesce(e.typtype = 'd', false)
        FROM steps s
        JOIN pg_attribute a ON a.attrelid = s.attrelid AND a.attnum = s.attnum
        JOIN pg_type t ON t.oid = s.type
        LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
        WHERE s.typtype <> 'd'
        ORDER BY a.attrelid, a.attnum
        """;

    /// <summary>The tables of the entities, by entity; those that are not there, or that the user cannot see, are left out.</summary>
    public static async Task<Dictionary<string, ServerTable>> FindAsync(NpgsqlConnection connection, IReadOnlyList<EntityDefinition> entities, CancellationToken cancellation)
    {
        var found = new List<(string Entity, long Id, string Schema, string Name, char Kind)>();
        await using (var command = new NpgsqlCommand(Tables, connection) { Parameters = { new() { Value = entities.Select(entity => entity.Table?.Schema ?? "").ToArray() }, new() { Value = entities.Select(entity => entity.Table?.Name ?? entity.Name).ToArray() } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                found.Add((entities[reader.GetInt32(0) - 1].Name, reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)[0]));
        }

        var columns = found.Select(table => table.Id).Distinct().ToDictionary(id => id, _ => new Dictionary<string, ServerColumn>(StringComparer.Ordinal));
        await using (var command = new NpgsqlCommand(Columns, connection) { Parameters = { new() { Value = columns.Keys.ToArray() } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                columns[reader.GetInt64(0)].Add(reader.GetString(2), new(reader.GetString(2), reader.GetInt32(1), reader.GetString(3), reader.GetString(10))
                {
                    IsArray = reader.GetBoolean(4), IsArrayOfDomain = reader.GetBoolean(12), IsEnumeration = reader.GetBoolean(5), NotNull = reader.GetBoolean(6), HasDefault = reader.GetBoolean(7), IsGenerated = reader.GetBoolean(8),
                    Modifier = reader.GetInt32(9), Sequence = reader.IsDBNull(11) ? null : reader.GetString(11),
                });
            }
        }

        return found.ToDictionary(table => table.Entity, table => new ServerTable(table.Id, table.Schema, table.Name, table.Kind, columns[table.Id]), StringComparer.Ordinal);
    }
}
