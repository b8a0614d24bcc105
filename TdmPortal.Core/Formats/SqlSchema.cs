using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>The DDL of a plan, for files and for the row store alike. Identifiers are always quoted.</summary>
public static class SqlSchema
{
    /// <summary>One CREATE TABLE an entity, columns with NOT NULL where no null can occur, without keys, in plan order.</summary>
    /// <param name="schemaName">
    /// Null: a file, with the document's own identifiers (table, column, sqlType). Given: the row store, with the names of
    /// entities and fields, base types and text columns COLLATE "C", all in this schema.
    /// </param>
    public static IReadOnlyList<string> CreateTables(GenerationPlan plan, string? schemaName) => throw new NotImplementedException();

    /// <summary>ALTER TABLE statements to run after the rows: primary keys, unique keys, then foreign keys and checks.</summary>
    public static IReadOnlyList<string> AddKeys(GenerationPlan plan, string? schemaName) => throw new NotImplementedException();

    /// <summary>The quoted name of an entity's table, with its schema where there is one.</summary>
    public static string TableName(EntityDefinition entity, string? schemaName) =>
        (schemaName, entity.Table) switch
        {
            (not null, _) => $"{Quote(schemaName)}.{Quote(entity.Name)}",
            (null, { Schema: { } schema } table) => $"{Quote(schema)}.{Quote(table.Name)}",
            (null, { } table) => Quote(table.Name),
            _ => Quote(entity.Name),
        };

    /// <summary>A quoted identifier.</summary>
    public static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
