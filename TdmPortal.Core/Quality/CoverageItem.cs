namespace TdmPortal.Core.Quality;

/// <summary>Something that tests want to see at least once.</summary>
/// <param name="Name">"least value 0", "empty text", "tier = gold", "placed → paid", …</param>
/// <param name="Rows">How many rows show it; 0: missing.</param>
public sealed record CoverageItem(string Name, long Rows);
