using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What came of making a plan.</summary>
/// <param name="Plan">Null where a problem stands in the way.</param>
/// <param name="Problems">By path of the policy: <c>rules[2].args.length</c>; empty paths speak of the source's columns.</param>
/// <param name="Decisions">For each column of the source, in its order; also where there are problems.</param>
/// <param name="Identities">Columns that are masked alike, as resolved: by foreign keys, kinds and the policy.</param>
public sealed record MaskPlanResult(MaskPlan? Plan, IReadOnlyList<SchemaProblem> Problems, IReadOnlyList<ColumnDecision> Decisions, IReadOnlyList<IdentityGroup> Identities)
{
    /// <summary>Names of the document's checks that hold after masking wherever they held before: those that read no masked column, or ask of masked ones what their maskers keep.</summary>
    public IReadOnlySet<string> KeptChecks { get; init; } = new HashSet<string>();
}
