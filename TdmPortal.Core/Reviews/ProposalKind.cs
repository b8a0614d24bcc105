namespace TdmPortal.Core.Reviews;

/// <summary>What a proposal wants to change.</summary>
public enum ProposalKind
{
    /// <summary>A schema gets its next version.</summary>
    Schema,
    /// <summary>An override of a schema is set, or kept against what the schema says now.</summary>
    Override,
    /// <summary>An override is taken away.</summary>
    OverrideRemoval,
    /// <summary>A dataset is refreshed at other times or in another way.</summary>
    Schedule,
}
