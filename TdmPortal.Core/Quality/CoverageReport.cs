namespace TdmPortal.Core.Quality;

/// <summary>Which cases of interest to testers the data contains (N11).</summary>
/// <param name="Score">Covered of all, 0..1; null where nothing is there to cover. No part of the overall score.</param>
public sealed record CoverageReport(double? Score, IReadOnlyList<CoverageGroup> Groups);
