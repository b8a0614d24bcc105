namespace TdmPortal.Core.Subsets;

/// <summary>Rows that a subset begins with.</summary>
/// <param name="Entity">The entity.</param>
public sealed record SubsetChoice(string Entity)
{
    /// <summary>An expression over the entity's own columns; null: all rows.</summary>
    public string? Where { get; init; }
    /// <summary>Share of these rows in percent, chosen by their key, so the same ones each time.</summary>
    public double Percent { get; init; } = 100;
}
