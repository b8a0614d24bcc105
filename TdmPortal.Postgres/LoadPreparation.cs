using Npgsql;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Postgres;

/// <summary>What is settled before the first row: which columns go where, in which order; or why nothing can.</summary>
/// <param name="Tables">In the order of loading.</param>
/// <param name="Deferred">Foreign keys to ask at the end.</param>
internal sealed record LoadPreparation(IReadOnlyList<LoadTable> Tables, IReadOnlyList<ServerForeignKey> Deferred, IReadOnlyDictionary<long, TableRights> Rights)
{
    /// <param name="nullsCome">Whether a column that is described as nullable does bring nulls.</param>
    /// <exception cref="LoadRefusedException">With all reasons.</exception>
    public static async Task<LoadPreparation> OfAsync(NpgsqlConnection connection, SchemaDocument document, RowSource source, bool nullsCome, ExistingRows existing, CancellationToken cancellation)
    {
        var reasons = new List<string>();
        if (await LoadCatalogue.IsAsync(connection, "SELECT current_setting('transaction_read_only') = 'on'", cancellation))
            reasons.Add("the server or the connection takes no changes (read only)");
        if (await LoadCatalogue.IsAsync(connection, "SELECT current_setting('session_replication_role') = 'replica'", cancellation))
            reasons.Add("the connection has session_replication_role = replica, so that foreign keys and triggers would ask nothing");
        var entities = document.Entities.Where(entity => source.Entities.Any(one => one.Name == entity.Name)).ToList();
        var found = await ServerTables.FindAsync(connection, entities, cancellation);
        long[] ids = [.. found.Values.Select(table => table.Id).Distinct()];
        var keys = await LoadCatalogue.KeysAsync(connection, ids, cancellation);
        var rights = await LoadCatalogue.RightsAsync(connection, ids, cancellation);
        var tables = new List<LoadTable>();
        foreach (var entity in entities)
        {
            if (found.GetValueOrDefault(entity.Name) is not { } table)
                reasons.Add($"there is no table {(entity.Table is { Schema: { } schema, Name: var name } ? $"{schema}.{name}" : entity.Table?.Name ?? entity.Name)} for {entity.Name}, or the user may not see it");
            else if (table.Kind is not ('r' or 'p' or 'f'))
                reasons.Add($"{table.Shown} is no table but a {(table.Kind is 'v' or 'm' ? "view" : "relation of another kind")}");
            else
                tables.Add(Columns(entity, source.Entities.First(one => one.Name == entity.Name), table, keys.GetValueOrDefault(table.Id) ?? [], nullsCome, reasons));
        }

        var deferred = new List<ServerForeignKey>();
        var order = LoadSequence.Of(tables, await LoadCatalogue.ForeignKeysAsync(connection, ids, cancellation), deferred);
        foreach (var table in tables)
            await RightsAsync(connection, table, rights[table.Server.Id], existing, reasons, cancellation);
        if (order.Exists(table => table.Later.Count > 0 || table.Together is not null) && !await LoadCatalogue.IsAsync(connection, "SELECT has_database_privilege(current_database(), 'TEMP')", cancellation))
            reasons.Add("a cycle of foreign keys needs a temporary table, and the user may make none: GRANT TEMPORARY ON DATABASE");
        return reasons.Count == 0 ? new(order, deferred, rights) : throw new LoadRefusedException(reasons);
    }

    private static LoadTable Columns(EntityDefinition entity, SourceEntity source, ServerTable table, string[] key, bool nullsCome, List<string> reasons)
    {
        var columns = new List<LoadColumn>();
        for (var place = 0; place < source.Columns.Count; place++)
        {
            var description = source.Columns[place];
            var name = entity.Fields.FirstOrDefault(field => field.Name == description.Name)?.Column ?? description.Name;
            if (!table.Columns.TryGetValue(name, out var column))
            {
                reasons.Add($"{table.Shown} has no column {name}, which {entity.Name}.{description.Name} fills");
                continue;
            }

            // What the server works out itself takes no values.
            if (column.IsGenerated)
                continue;
            var loaded = LoadColumn.Of(place, description, column);
            if (!loaded.Fits())
                reasons.Add($"{table.Shown}.{name} is {column.Shown}, which takes no {FieldTypeNames.Of(description.Type)}{(description.IsArray ? " array" : "")} as {entity.Name}.{description.Name} is one");
            else if (nullsCome && description.Nullable && column.NotNull)
                reasons.Add($"{table.Shown}.{name} must not be null, and {entity.Name}.{description.Name} can be");
            columns.Add(loaded);
        }

        foreach (var column in table.Columns.Values.Where(column => column is { NotNull: true, HasDefault: false, IsGenerated: false } && !columns.Exists(loaded => loaded.Server.Name == column.Name)))
            reasons.Add($"{table.Shown}.{column.Name} must not be null and has no default, and {entity.Name} has no field for it");
        if (columns.Count == 0)
            reasons.Add($"{table.Shown} gets no column from {entity.Name}");
        return new(source, table, columns, Array.TrueForAll(key, name => columns.Exists(column => column.Server.Name == name)) ? key : []);
    }

    private static async Task RightsAsync(NpgsqlConnection connection, LoadTable table, TableRights rights, ExistingRows existing, List<string> reasons, CancellationToken cancellation)
    {
        var name = table.Server.Shown;
        if (!rights.Insert)
            reasons.Add($"the user may not INSERT into {name}");
        if (!rights.Select)
            reasons.Add($"the user may not SELECT from {name}, which is needed to see what is there");
        if (!rights.Update && table.Later.Count > 0)
            reasons.Add($"the user may not UPDATE {name}, which a cycle of foreign keys needs ({string.Join(", ", table.Later)})");
        if (rights.RowSecurity)
            reasons.Add($"{name} has row-level security, which COPY does not go through: load as its owner or as a user that bypasses it");
        if (existing == ExistingRows.Truncate && !rights.Truncate)
            reasons.Add($"the user may not TRUNCATE {name}");
        if (existing == ExistingRows.Truncate && rights.PointedToBy.Length > 0)
            reasons.Add($"{name} cannot be emptied, since tables that are not loaded point to it: {rights.PointedToBy}");
        foreach (var sequence in table.Columns.Select(column => column.Server.Sequence).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!await LoadCatalogue.IsAsync(connection, "SELECT has_sequence_privilege($1, 'UPDATE') AND has_sequence_privilege($1, 'SELECT')", cancellation, sequence))
                reasons.Add($"the user may not set the sequence {sequence}, which has to go on behind the rows of {name}: GRANT SELECT, UPDATE ON SEQUENCE {sequence}");
        }

        if (existing == ExistingRows.Refuse && rights.Select && await LoadCatalogue.IsAsync(connection, $"SELECT EXISTS (SELECT FROM {table.Server.From})", cancellation))
            reasons.Add($"{name} has rows already: empty it, or say whether to append or to truncate");
    }
}
