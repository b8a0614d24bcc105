using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Changes;

/// <summary>A dataset that is made from a schema.</summary>
/// <param name="Team">The team that it belongs to, where that is not the reader's own.</param>
/// <param name="Version">Number of the version that is live; null where none is.</param>
/// <param name="Settings">What its next run is made with, or its live version was; the defaults where there is neither.</param>
public sealed record DatasetUse(Guid Id, string Name, string Title, string? Team, int? Version, GenerationOptions Settings)
{
    /// <summary>When it is refreshed, in words: "Every second Tuesday at 06:30 Europe/Berlin"; null: it is not.</summary>
    public string? Schedule { get; init; }

    /// <summary>The version of the schema that its schedule keeps to; null: the latest at the time of a run.</summary>
    public int? PinnedTo { get; init; }
}
