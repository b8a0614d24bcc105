namespace TdmPortal.Core.Quality.Profiling;

/// <summary>How a foreign key is used.</summary>
/// <param name="Name">The relationship's name.</param>
/// <param name="Integrity">Share of children with a reference whose parent is there; null where there are none.</param>
/// <param name="Children">Children per parent, parents without one included.</param>
public sealed record RelationshipProfile(string Name, double? Integrity, Distribution Children);
