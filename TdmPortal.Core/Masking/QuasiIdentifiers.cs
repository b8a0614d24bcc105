namespace TdmPortal.Core.Masking;

/// <summary>Columns that together may tell who somebody is, and how well rows must hide among others.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Fields">The quasi-identifiers.</param>
public sealed record QuasiIdentifiers(string Entity, IReadOnlyList<string> Fields)
{
    /// <summary>Each combination occurs in at least so many rows.</summary>
    public int K { get; init; } = 5;
    /// <summary>A column whose values must not be known; null: only k is checked.</summary>
    public string? Sensitive { get; init; }
    /// <summary>Each combination has at least so many different values of <see cref="Sensitive"/>.</summary>
    public int L { get; init; } = 2;
}
