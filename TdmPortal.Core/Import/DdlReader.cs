using TdmPortal.Core.Import.Ddl;

namespace TdmPortal.Core.Import;

/// <summary>
/// Reads PostgreSQL's DDL, as people write it and as <c>pg_dump --schema-only</c> does, into the structure that a server
/// would give, without a server. Scripts of MySQL, SQL Server and SQLite are read in its words. Statements that say
/// nothing about tables are passed over.
/// </summary>
public static class DdlReader
{
    /// <summary>Never fails: what cannot be read is in <see cref="DatabaseStructure.NotUnderstood"/>.</summary>
    public static DatabaseStructure Read(string sql)
    {
        var script = new DdlScript();
        foreach (var statement in DdlStatement.Split(DdlDialect.ToPostgres(sql)))
            script.Read(statement);
        return script.ToStructure();
    }
}
