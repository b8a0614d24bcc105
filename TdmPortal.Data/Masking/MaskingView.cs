using TdmPortal.Core.Masking;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Masking;

/// <summary>What a policy would do to a source.</summary>
/// <param name="Document">The source's schema.</param>
/// <param name="Decisions">For each column, in the order of the schema.</param>
/// <param name="Identities">Columns that are masked alike, as resolved: by foreign keys, kinds and the policy.</param>
/// <param name="Findings">What was found personal, evidence redacted.</param>
/// <param name="Problems">What stands in the way, by path of the policy.</param>
public sealed record MaskingView(SchemaDocument Document, IReadOnlyList<ColumnDecision> Decisions, IReadOnlyList<IdentityGroup> Identities, IReadOnlyList<PersonalFinding> Findings, IReadOnlyList<SchemaProblem> Problems)
{
    /// <summary>What of the source is new or other than when the policy was written.</summary>
    public IReadOnlyList<ColumnDrift> Drift { get; init; } = [];
    /// <summary>The source's columns, for a policy to remember.</summary>
    public IReadOnlyList<RememberedColumn> Remembered { get; init; } = [];
}
