namespace TdmPortal.Data.Import;

/// <summary>An import that is not saved yet, in a list.</summary>
/// <param name="IsProposed">Its proposal waits for somebody; else it is being made, or failed.</param>
public sealed record ImportSummary(Guid Id, string Name, ImportOrigin Origin, bool IsProposed, string Author, DateTimeOffset ChangedAt);
