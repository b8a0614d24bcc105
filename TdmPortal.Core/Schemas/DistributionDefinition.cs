namespace TdmPortal.Core.Schemas;

/// <summary>How children are spread over parents, with the figures that the kind takes.</summary>
/// <param name="Kind">The shape.</param>
/// <param name="Exponent">Zipf only, greater than 0; absent: 1.</param>
/// <param name="Min">PerParent only.</param>
/// <param name="Max">PerParent only.</param>
public sealed record DistributionDefinition(DistributionKind Kind, double? Exponent = null, int? Min = null, int? Max = null);
