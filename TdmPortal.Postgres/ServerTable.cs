namespace TdmPortal.Postgres;

/// <summary>A table as the server has it now.</summary>
/// <param name="Id">Its oid.</param>
/// <param name="Kind">Of pg_class: r table, p partitioned, f foreign, v and m views.</param>
/// <param name="Columns">By name.</param>
internal sealed record ServerTable(long Id, string Schema, string Name, char Kind, IReadOnlyDictionary<string, ServerColumn> Columns)
{
    /// <summary>Quoted, with its schema.</summary>
    public string Quoted => $"{Core.Formats.SqlSchema.Quote(Schema)}.{Core.Formats.SqlSchema.Quote(Name)}";

    /// <summary>For people.</summary>
    public string Shown => $"{Schema}.{Name}";

    /// <summary>What gives the table's own rows: those of tables that inherit from it belong to them.</summary>
    public string From => Kind == 'r' ? $"ONLY {Quoted}" : Quoted;
}
