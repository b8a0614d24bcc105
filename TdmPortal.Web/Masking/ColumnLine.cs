using TdmPortal.Core.Masking;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Masking;

/// <summary>A column of the source as the policy editor lists it.</summary>
/// <param name="Group">The identity that it is masked with; null where it stands alone.</param>
/// <param name="Problems">What is wrong with the rule that masks it, and notes on it.</param>
public sealed record ColumnLine(EntityDefinition Entity, FieldDefinition Field, ColumnDecision Decision, PersonalFinding? Finding, IdentityGroup? Group, IReadOnlyList<SchemaProblem> Problems)
{
    /// <summary><c>entity.field</c>.</summary>
    public string Name { get; } = PolicyEdits.Name(Entity.Name, Field.Name);
    /// <summary>Left as it is by a rule, on purpose.</summary>
    public bool IsKept => Decision.Masker == PolicyEdits.Keep;
    public bool IsMasked => Decision.Masker is not null && !IsKept;
    public bool IsPersonal => Decision.Personal is not null and not PersonalKinds.None;
    /// <summary>A run would be refused because of it.</summary>
    public bool NeedsAttention => Decision.By == DecidedBy.Undecided || Error is not null;
    /// <summary>What stands in the way of a run; null: nothing, notes aside.</summary>
    public SchemaProblem? Error => Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>Whether it is shown.</summary>
    public bool Fits(PolicyView view) =>
        view.Filter switch
        {
            ColumnFilter.Attention => NeedsAttention,
            ColumnFilter.Masked => IsMasked,
            ColumnFilter.Unmasked => !IsMasked,
            ColumnFilter.Personal => IsPersonal,
            _ => true,
        }
        && (view.Kind is null || Decision.Personal == view.Kind)
        && (view.Search is not { } words || words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(Has));

    private bool Has(string word) => new[] { Name, Decision.Masker, Decision.Personal, Decision.Reason, Group?.Name, Field.Description }.Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);
}
