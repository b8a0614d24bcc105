using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>The DDL of a plan, for files and for the row store alike. Identifiers are always quoted.</summary>
public static class SqlSchema
{
    /// <summary>One CREATE TABLE an entity, columns with NOT NULL where no null can occur, without keys, in plan order.</summary>
    /// <param name="schemaName">Database schema to put the tables in; null: the entity's own, or none.</param>
    public static IReadOnlyList<string> CreateTables(GenerationPlan plan, string? schemaName) => throw new NotImplementedException();

    /// <summary>ALTER TABLE statements to run after the rows: primary keys, unique keys, then foreign keys and checks.</summary>
    public static IReadOnlyList<string> AddKeys(GenerationPlan plan, string? schemaName) => throw new NotImplementedException();

    /// <summary>A quoted identifier.</summary>
    public static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
