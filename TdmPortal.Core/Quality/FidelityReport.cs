namespace TdmPortal.Core.Quality;

/// <summary>How like the reference the data is.</summary>
/// <param name="Reference">What it was compared with, for people: "version 12", "customers.csv".</param>
/// <param name="Score">The plain mean of the properties that count; null where there is none.</param>
public sealed record FidelityReport(string Reference, double? Score, IReadOnlyList<FidelityProperty> Properties);
