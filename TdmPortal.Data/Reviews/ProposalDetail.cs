using TdmPortal.Core.Refresh;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Reviews;

/// <summary>A proposal with all that one needs to decide it.</summary>
/// <param name="SchemaId">Whose rows change.</param>
/// <param name="DatasetId">The only dataset that it reaches; null: all that are made from the schema.</param>
/// <param name="IsOwnOnly">Whether it reaches the team's own datasets only.</param>
/// <param name="Comment">Of who decided it.</param>
/// <param name="Before">The document that it stands on, as its author saw it.</param>
/// <param name="After">The document that it wants.</param>
/// <param name="RowsBefore">What rows are made from before: with the team's overrides.</param>
/// <param name="RowsAfter">What rows are made from after.</param>
/// <param name="HasMoved">Whether what it stands on changed meanwhile, so that it cannot be approved.</param>
/// <param name="MayWithdraw">Whether the reader is its author, and it is open.</param>
/// <param name="MayRedo">Whether the reader is its author, and may begin again from what there is now.</param>
public sealed record ProposalDetail(ProposalSummary Summary, Guid SchemaId, Guid? DatasetId, bool IsOwnOnly, string? Comment, SchemaDocument Before, SchemaDocument After, SchemaDocument RowsBefore, SchemaDocument RowsAfter, bool HasMoved, bool MayWithdraw, bool MayRedo)
{
    /// <summary>When and how the dataset is refreshed now; null where it is not, or where the proposal is of something else.</summary>
    public (RefreshRule Rule, RefreshSettings Settings)? ScheduleBefore { get; init; }

    /// <summary>The dataset whose success starts it now.</summary>
    public string? FollowsBefore { get; init; }

    /// <summary>The dataset whose success would start it.</summary>
    public string? FollowsAfter { get; init; }

    /// <summary>When and how it would be; null where the proposal is of something else.</summary>
    public (RefreshRule Rule, RefreshSettings Settings)? ScheduleAfter { get; init; }
}
