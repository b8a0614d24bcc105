namespace TdmPortal.Core;

/// <summary>A page of a list that is paged in the database by keyset.</summary>
/// <param name="Items">In order.</param>
/// <param name="Next">Opaque cursor for the page after this one, null at the end.</param>
/// <param name="Total">How many there are in all, where that is cheap to know.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long? Total);
