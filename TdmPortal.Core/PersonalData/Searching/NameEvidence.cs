namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>What a name says of a column.</summary>
/// <param name="Kind">Name of a <see cref="PersonalKind"/>.</param>
/// <param name="Weight">0..1.</param>
/// <param name="Why">For people.</param>
internal sealed record NameEvidence(string Kind, double Weight, string Why);
