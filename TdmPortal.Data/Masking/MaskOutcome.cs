using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;
using TdmPortal.Core.PersonalData;

namespace TdmPortal.Data.Masking;

/// <summary>What came of a run.</summary>
/// <param name="State">Of <see cref="StoredMaskingRun"/>.</param>
/// <param name="Verdict">One sentence for people.</param>
/// <param name="Open">Personal columns (entity.field) that a lead must sign off before the version goes live.</param>
internal sealed record MaskOutcome(MaskingProof Proof, string State, string Verdict, IReadOnlyList<string> Open)
{
    public static MaskOutcome Of(IReadOnlyList<ColumnDecision> decisions, MaskingProof proof)
    {
        var unmasked = decisions.Where(decision => decision is { Personal: not null, Masker: null, Confidence: >= PersonalFinding.Counts, By: DecidedBy.Undecided or DecidedBy.Nothing }).Select(Place);
        var found = proof.Columns.Where(column => !column.Holds).Select(column => $"{column.Entity}.{column.Field}");
        List<string> open = [.. unmasked.Concat(found).Distinct(StringComparer.Ordinal)];
        return new(proof, proof.Holds && open.Count == 0 ? StoredMaskingRun.Proved : StoredMaskingRun.Unproved, proof.Verdict, open);
    }

    private static string Place(ColumnDecision decision) => $"{decision.Entity}.{decision.Field}";
}
