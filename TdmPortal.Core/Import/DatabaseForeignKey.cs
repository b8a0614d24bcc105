namespace TdmPortal.Core.Import;

/// <summary>A foreign key.</summary>
/// <param name="Name">Name of the constraint.</param>
/// <param name="Columns">Of the child.</param>
/// <param name="ParentSchema">Schema of the parent.</param>
/// <param name="Parent">Table of the parent.</param>
/// <param name="ParentColumns">In the order of <paramref name="Columns"/>.</param>
public sealed record DatabaseForeignKey(string Name, IReadOnlyList<string> Columns, string ParentSchema, string Parent, IReadOnlyList<string> ParentColumns)
{
    /// <summary>Can be checked at the end of the transaction.</summary>
    public bool Deferrable { get; init; }
    /// <summary>MATCH FULL: all columns are null or none.</summary>
    public bool MatchFull { get; init; }
    /// <summary>How many children each parent has; null where nothing says so.</summary>
    public (int Min, int Max)? Children { get; init; }
}
