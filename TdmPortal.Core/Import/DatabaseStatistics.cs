namespace TdmPortal.Core.Import;

/// <summary>What a server knows of a column's values.</summary>
/// <param name="NullShare">0..1.</param>
/// <param name="Distinct">How many different ones; null where it does not know.</param>
public sealed record DatabaseStatistics(double NullShare, double? Distinct)
{
    /// <summary>Most common values as text, with their shares; only read where values are not personal.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Common { get; init; } = [];
    /// <summary>Bounds of buckets that hold equally many, as text.</summary>
    public IReadOnlyList<string> Bounds { get; init; } = [];
}
