namespace TdmPortal.Core.Quality;

/// <summary>What tests want to see of one kind at one place.</summary>
/// <param name="Kind"><c>boundaries</c>, <c>nulls</c>, <c>empty</c>, <c>values</c>, <c>pairs</c> or <c>transitions</c>.</param>
/// <param name="Place"><c>customer.tier</c>, <c>customer.tier × customer.status</c>, …</param>
/// <param name="Covered">How many of <paramref name="All"/> occur.</param>
/// <param name="Items">What is missing first; at most 200.</param>
public sealed record CoverageGroup(string Kind, string Place, int Covered, int All, IReadOnlyList<CoverageItem> Items);
