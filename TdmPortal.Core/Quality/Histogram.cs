namespace TdmPortal.Core.Quality;

/// <summary>How numbers (or lengths) are spread, over stretches of equal width.</summary>
/// <param name="Edges">One more than counts, ascending, in the unit of <see cref="ColumnProfile.Mean"/>; a stretch holds its lower edge, the last one both.</param>
/// <param name="Labels">The edges as text.</param>
/// <param name="Counts">Rows in each stretch.</param>
/// <param name="OfLengths">Whether it is over lengths of texts.</param>
public sealed record Histogram(IReadOnlyList<double> Edges, IReadOnlyList<string> Labels, IReadOnlyList<long> Counts, bool OfLengths = false);
