namespace TdmPortal.Core.Import;

/// <summary>How a schema document is made from a structure.</summary>
/// <param name="Name">Name of the document; made legal where it is not.</param>
public sealed record ImportOptions(string Name)
{
    /// <summary>Rows of a table that points to no other.</summary>
    public long Rows { get; init; } = 100;
    /// <summary>Rows of a table that points to others.</summary>
    public long ChildRows { get; init; } = 500;
    /// <summary>Whether columns that the database computes are fields with the expression; else they are left out, since such a column takes no values.</summary>
    public bool ComputedAreFields { get; init; }
    /// <summary>Locale of names and places; null: English.</summary>
    public string? Locale { get; init; }
}
