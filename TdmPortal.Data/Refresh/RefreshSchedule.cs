using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Refresh;

/// <summary>When and how a dataset is refreshed.</summary>
/// <param name="After">The schedule whose success starts this one; null: its own rule does.</param>
/// <param name="AfterDataset">The name of that schedule's dataset.</param>
/// <param name="Revision">To be handed back when it is saved.</param>
/// <param name="NextAt">The next planned run; null while paused, chained, or without one.</param>
/// <param name="Last">The latest run that has ended, or goes on.</param>
/// <param name="MayEdit">Whether the one who asks may change it.</param>
public sealed record RefreshSchedule(Guid Id, Guid TeamId, Guid DatasetId, string DatasetName, string DatasetTitle, RefreshRule Rule, RefreshSettings Settings, Guid? After, string? AfterDataset, bool Paused, int Revision,
    DateTimeOffset? NextAt, RefreshRun? Last, string CreatedBy, DateTimeOffset CreatedAt, string ChangedBy, DateTimeOffset ChangedAt, bool MayEdit)
{
    /// <summary>Of a masked dataset: the policy that its rows are masked by; null: it is gone.</summary>
    public string? PolicyName { get; init; }

    /// <summary>Of a masked dataset: the source that its rows come from; null: it is gone.</summary>
    public string? SourceName { get; init; }
}
