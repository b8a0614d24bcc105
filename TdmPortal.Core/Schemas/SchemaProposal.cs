using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Schemas;

/// <summary>Makes a schema document from what people have at hand.</summary>
public static class SchemaProposal
{
    /// <summary>Pasted rows with a header line: tab-separated (a spreadsheet) or CSV with comma or semicolon.</summary>
    public static ProposedSchema FromRows(string text, string entityName) => RowsProposal.Make(text, entityName);

    /// <summary>Pasted CREATE TABLE statements (PostgreSQL, MySQL, SQL Server, SQLite habits), keys, foreign keys and checks included.</summary>
    public static ProposedSchema FromCreateTable(string sql, string schemaName) => TablesProposal.Make(sql, schemaName);
}
