namespace TdmPortal.Postgres;

/// <summary>A table that was loaded.</summary>
/// <param name="Entity">Name in the document.</param>
/// <param name="Table">Qualified, as it is.</param>
/// <param name="Rows">How many came in.</param>
/// <param name="Binary">Whether by binary COPY, else by text.</param>
public sealed record LoadedTable(string Entity, string Table, long Rows, bool Binary);
