namespace TdmPortal.Core.Quality;

/// <summary>One measure against the reference.</summary>
/// <param name="Place"><c>customer.age</c>, <c>customer.age × customer.tier</c>, a relationship's name.</param>
/// <param name="Measure">As SDMetrics names it: <c>KSComplement</c>, …</param>
/// <param name="Value">0..1; null where it cannot be computed.</param>
/// <param name="Why">Why not, or what was found ("row 17 is row 4 of the reference"); null where nothing is to be said.</param>
public sealed record FidelityDetail(string Place, string Measure, double? Value, string? Why = null);
