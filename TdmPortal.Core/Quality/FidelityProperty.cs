namespace TdmPortal.Core.Quality;

/// <summary>A group of like measures against the reference.</summary>
/// <param name="Name">"Column shapes", "Column pairs", "Cardinality", … as SDMetrics names them.</param>
/// <param name="Score">The plain mean of its details; null where none could be computed.</param>
/// <param name="InScore">Whether it counts for accuracy; privacy figures do not.</param>
public sealed record FidelityProperty(string Name, double? Score, bool InScore, IReadOnlyList<FidelityDetail> Details);
