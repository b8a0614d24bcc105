namespace TdmPortal.Data.Reviews;

/// <summary>What came of an edit: it is done, or it waits for a lead.</summary>
/// <param name="Proposal">The proposal that the edit became, where the team wants a review; null: it is done.</param>
public sealed record EditOutcome(Guid? Proposal)
{
    /// <summary>The schema's new version, where one was saved.</summary>
    public int Version { get; init; }

    /// <summary>The schedule, where one was saved.</summary>
    public Guid Schedule { get; init; }
}
