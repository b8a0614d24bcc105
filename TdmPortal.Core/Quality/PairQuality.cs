namespace TdmPortal.Core.Quality;

/// <summary>How two columns of an entity go together.</summary>
/// <param name="Kind"><c>pearson</c> for two numbers or times, <c>cramer</c> (Cramér's V) otherwise.</param>
/// <param name="Value">-1..1, Cramér's V 0..1; null where one of them is constant.</param>
/// <param name="Reference">The same in the reference.</param>
public sealed record PairQuality(string First, string Second, string Kind, double? Value, double? Reference = null);
