using TdmPortal.Core.Import;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Schemas;

/// <summary>Makes a schema document from what people have at hand.</summary>
public static class SchemaProposal
{
    /// <summary>Pasted rows with a header line: tab-separated (a spreadsheet) or CSV with comma or semicolon.</summary>
    public static ProposedSchema FromRows(string text, string entityName) => RowsProposal.Make(text, entityName);

    /// <summary>Pasted CREATE TABLE statements (PostgreSQL, MySQL, SQL Server, SQLite habits), keys, foreign keys and checks included.</summary>
    public static ProposedSchema FromCreateTable(string sql, string schemaName)
    {
        var structure = DdlReader.Read(sql);
        if (structure.Tables.All(table => table.Columns.Count == 0))
            return new(null, new Dictionary<string, ProposedGenerator>(StringComparer.Ordinal), [new("", "sql.no_tables", "There is no CREATE TABLE that could be read.") { SuggestedActions = ["Paste statements such as CREATE TABLE customer (id integer PRIMARY KEY, name text)"] }, .. structure.NotUnderstood.Select(NotKept)]);
        var imported = StructureImport.Make(structure, new(schemaName) { ComputedAreFields = true });
        return new(imported.Document, imported.Reasons, [.. imported.NotUnderstood.Select(NotKept), .. imported.Problems]);
    }

    private static SchemaProblem NotKept(NotUnderstood rule) =>
        new(rule.Table.Length > 0 ? $"{rule.Table} {rule.Name}" : rule.Name, "sql.not_kept", rule.Why, ProblemSeverity.Warning);
}
