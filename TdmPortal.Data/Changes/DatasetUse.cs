using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Changes;

/// <summary>A dataset that is made from a schema.</summary>
/// <param name="Team">The team that it belongs to, where that is not the reader's own.</param>
/// <param name="Version">Number of the version that is live; null where none is.</param>
/// <param name="Settings">What its live version was made with; the defaults where none is live.</param>
public sealed record DatasetUse(Guid Id, string Name, string Title, string? Team, int? Version, GenerationOptions Settings);
