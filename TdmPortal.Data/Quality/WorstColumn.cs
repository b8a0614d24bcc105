namespace TdmPortal.Data.Quality;

/// <summary>A column that scores little.</summary>
/// <param name="Place"><c>customer.email</c>.</param>
/// <param name="Score">The least of its metrics, 0..1.</param>
public sealed record WorstColumn(string Place, double Score);
