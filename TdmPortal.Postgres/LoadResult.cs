namespace TdmPortal.Postgres;

/// <summary>What came of a load that is done and committed.</summary>
/// <param name="Tables">In the order in which they were loaded.</param>
/// <param name="Rules">Constraints, unique indexes and triggers of these tables, each of which the server asked of every row.</param>
/// <param name="Notes">What people should know: rules that the server does not ask because somebody turned them off.</param>
public sealed record LoadResult(IReadOnlyList<LoadedTable> Tables, int Rules, IReadOnlyList<string> Notes)
{
    /// <summary>Rows of all tables.</summary>
    public long Rows => Tables.Sum(table => table.Rows);
}
