using System.Globalization;
using System.Text;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Environments;

/// <summary>The SQL of a live dataset's schema <c>&lt;team&gt;_&lt;dataset&gt;</c>: a view on each table of the version that is live.</summary>
internal static class LiveViews
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string SchemaOf(string teamKey, string dataset) => $"{teamKey}_{dataset}";

    /// <summary>Where views go that were replaced. Short: the live name may have 55 bytes and a name 63.</summary>
    public static string RetiredSchemaOf(string liveSchema, long id) => $"{liveSchema}__w{Short(id)}";

    /// <summary>A scratch copy's schema.</summary>
    public static string ScratchSchemaOf(string teamKey, string dataset, long number) => $"{SchemaOf(teamKey, dataset)}__s{Short(number)}";

    /// <summary>A number in as few letters and digits as can be.</summary>
    public static string Short(long id)
    {
        Span<char> number = stackalloc char[13];
        var first = number.Length;
        for (var left = id; left > 0; left /= Digits.Length)
            number[--first] = Digits[(int)(left % Digits.Length)];
        return number[first..].ToString();
    }

    public static string Rename(string schema, string name) => $"alter schema {SqlSchema.Quote(schema)} rename to {SqlSchema.Quote(name)}";

    /// <summary>
    /// The statements that make the views, for the team to read. With several versions each view combines them, in the
    /// form that <paramref name="shape"/> has, and the switch lets the rows of one through.
    /// </summary>
    public static string Create(string liveSchema, Guid datasetId, StoredVersion shape, IReadOnlyList<StoredVersion> versions, string reader)
    {
        var (schema, role) = (SqlSchema.Quote(liveSchema), SqlSchema.Quote(reader));
        var sql = new StringBuilder($"create schema {schema};\n");
        foreach (var entity in shape.Entities)
        {
            var parts = versions.Select(version => Part(entity, version, versions.Count == 1 ? null : datasetId)).OfType<string>();
            sql.Append(CultureInfo.InvariantCulture, $"create view {StoredTable.Name(liveSchema, entity.Name)} as {string.Join(" union all ", parts)};\n");
        }

        return sql.Append(CultureInfo.InvariantCulture, $"grant usage on schema {schema} to {role};\ngrant select on all tables in schema {schema} to {role}").ToString();
    }

    /// <summary>Drops a schema of views. Takes all locks or none, and gives up well before the server would look for a deadlock: no reader is ended or held up.</summary>
    /// <exception cref="PostgresException">LockNotAvailable: somebody reads.</exception>
    public static async Task<bool> DropAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "set lock_timeout = '200ms'", cancellation);
        var views = new List<string>();
        await using (var command = new NpgsqlCommand("select viewname from pg_views where schemaname = $1", connection) { Parameters = { new() { Value = schema } } })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                views.Add(StoredTable.Name(schema, reader.GetString(0)));
        }

        if (views.Count > 0)
            await ExecuteAsync(connection, $"drop view {string.Join(", ", views)}", cancellation);
        await ExecuteAsync(connection, $"drop schema if exists {SqlSchema.Quote(schema)}", cancellation);
        return true;
    }

    /// <summary>One version's rows of an entity in the form of another version's; null where it has no such entity.</summary>
    private static string? Part(DatasetEntity form, StoredVersion version, Guid? switchOf)
    {
        var entity = version.Entities.FirstOrDefault(known => known.Name == form.Name);
        if (entity is null)
            return null;
        var columns = form.Columns.Select(column => Value(column, entity.Columns.FirstOrDefault(known => known.Name == column.Name)));
        var condition = switchOf is { } dataset
            ? string.Create(CultureInfo.InvariantCulture, $" where (select number from portal.live_dataset where dataset_id = '{dataset}') = {version.Number}")
            : "";
        return $"select {string.Join(", ", columns)} from {version.Table(entity)}{condition}";
    }

    private static string Value(ColumnDescription wanted, ColumnDescription? there)
    {
        var name = ColumnSql.Name(wanted);
        if (there?.SqlType == wanted.SqlType)
            return name;
        var collation = wanted is { Type: FieldType.String } ? " collate \"C\"" : "";
        // Of a version that is on its way out, for the moment until the switch is set.
        var value = there is not null && there.Type == wanted.Type && there.IsArray == wanted.IsArray ? name : "null";
        return $"{value}::{wanted.SqlType}{collation} as {name}";
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
