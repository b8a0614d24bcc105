namespace TdmPortal.Data.Schemas;

/// <summary>A line of the list of schemas.</summary>
/// <param name="IsSample">A template that every team can open and copy; read-only.</param>
/// <param name="UsedBy">Number of datasets made from it.</param>
public sealed record SchemaSummary(Guid Id, string Name, string? Title, int Version, int Entities, int Fields, int UsedBy, bool IsSample, string ChangedBy, DateTimeOffset ChangedAt)
{
    /// <summary>Whether all teams may use it.</summary>
    public bool IsShared { get; init; }

    /// <summary>The team that shares it, where that is another.</summary>
    public string? SharedBy { get; init; }
}
