namespace TdmPortal.Core.Reviews;

/// <summary>What became of a proposal.</summary>
public enum ProposalState
{
    /// <summary>It waits; until then everything is as it was.</summary>
    Open,
    /// <summary>A lead other than its author approved it, and it is done.</summary>
    Approved,
    /// <summary>A lead other than its author declined it.</summary>
    Declined,
    /// <summary>Its author took it back.</summary>
    Withdrawn,
}
