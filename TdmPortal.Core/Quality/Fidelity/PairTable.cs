namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>How two columns of an entity go together in its sample.</summary>
/// <param name="OfNumbers">Whether both are numbers or times; <paramref name="Association"/> is then Pearson's correlation, else Cramér's V.</param>
/// <param name="Association">Null where one of them is constant.</param>
/// <param name="Cells">Combinations that occur: code of the first times <see cref="ColumnCodes.Most"/> plus code of the second; none for numbers.</param>
/// <param name="Counts">Rows with each.</param>
internal sealed record PairTable(string First, string Second, bool OfNumbers, double? Association, IReadOnlyList<int> Cells, IReadOnlyList<int> Counts);
