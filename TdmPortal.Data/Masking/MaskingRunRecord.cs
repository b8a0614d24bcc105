using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;

namespace TdmPortal.Data.Masking;

/// <summary>All that is known of a run. No value of the source is in it.</summary>
/// <param name="Decisions">What became of each column.</param>
/// <param name="Identities">Columns that were masked alike, as resolved.</param>
/// <param name="KeyNumber">Which of the team's keys it was done with.</param>
/// <param name="OpenColumns">Personal columns (entity.field) that a lead must sign off before the version goes live.</param>
/// <param name="Error">Why it failed or was stopped, for people.</param>
public sealed record MaskingRunRecord(MaskingRunSummary Summary, IReadOnlyList<ColumnDecision> Decisions, IReadOnlyList<IdentityGroup> Identities, int KeyNumber, IReadOnlyList<string> OpenColumns, string? Error)
{
    /// <summary>Whose rows it read; null: it was removed.</summary>
    public Guid? SourceId { get; init; }
    /// <summary>The dataset's schedule began it, and goes on with it.</summary>
    public bool IsRefresh { get; init; }
    /// <summary>What people call the policy.</summary>
    public string Title { get; init; } = "";
    /// <summary>What was proved; null before the end.</summary>
    public MaskingProof? Proof { get; init; }
    /// <summary>What of the source had changed, where that stopped the run.</summary>
    public IReadOnlyList<ColumnDrift> Drift { get; init; } = [];
}
