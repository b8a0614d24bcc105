namespace TdmPortal.Core.Quality;

/// <summary>Lengths of texts in code points, or of arrays in elements.</summary>
public sealed record LengthProfile(long Min, long Max, double Mean);
