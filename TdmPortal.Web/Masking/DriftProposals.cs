using TdmPortal.Core.Masking;
using TdmPortal.Core.PersonalData;
using TdmPortal.Data.Masking;

namespace TdmPortal.Web.Masking;

/// <summary>What taking over a source's changes makes of a policy.</summary>
public static class DriftProposals
{
    /// <summary>
    /// Rules for changed columns that would otherwise stop the run, by column: what the policy does with others of the kind, else
    /// what removes the value.
    /// </summary>
    public static IReadOnlyDictionary<string, MaskingRule> Of(MaskingPolicy policy, IReadOnlyList<ColumnDrift> drift, IReadOnlyList<ColumnDecision> decisions)
    {
        var rules = new Dictionary<string, MaskingRule>(StringComparer.Ordinal);
        foreach (var one in drift.Where(one => one.Proposed is { By: DecidedBy.Undecided, Personal: not null and not PersonalKinds.None }))
        {
            var kind = one.Proposed!.Personal!;
            var like = decisions.FirstOrDefault(decision => decision.Personal == kind && decision.Masker is not null and not PolicyEdits.Keep);
            rules[PolicyEdits.Name(one.Entity, one.Field)] = new()
            {
                Masker = like?.Masker ?? "redact",
                Args = like?.Args ?? Core.Schemas.ArgumentValues.Empty,
                Reason = like is null ? $"New {MaskingWords.Kind(kind).ToLowerInvariant()}" : $"As {PolicyEdits.Name(like.Entity, like.Field)}",
            };
        }

        return rules;
    }

    /// <summary>The policy that knows the source as it is now and decides every changed column.</summary>
    public static MaskingPolicy Apply(MaskingPolicy policy, MaskingView view)
    {
        var settled = SchemaDrift.Settle(policy, view.Remembered, view.Drift);
        foreach (var (column, rule) in Of(policy, view.Drift, view.Decisions))
            settled = PolicyEdits.WithColumns(settled, [column], rule);
        return settled;
    }
}
