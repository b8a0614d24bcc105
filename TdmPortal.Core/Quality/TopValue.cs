namespace TdmPortal.Core.Quality;

/// <summary>A value and how often it occurs.</summary>
/// <param name="Value">As text, at most 80 characters.</param>
/// <param name="Count">Rows; where values are too many to count each, at least so many.</param>
public sealed record TopValue(string Value, long Count);
