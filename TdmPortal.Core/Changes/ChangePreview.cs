using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Changes;

/// <summary>What an edit changes in the rows, as far as one looked.</summary>
/// <param name="Entities">Those of after in their order, then those that are gone; empty where one side cannot be compiled.</param>
/// <param name="Problems">Why one side cannot be compiled; empty where both can.</param>
/// <param name="FailedBefore">Whether it is the state before that cannot be compiled.</param>
public sealed record ChangePreview(IReadOnlyList<ChangedEntity> Entities, IReadOnlyList<SchemaProblem> Problems, bool FailedBefore)
{
    /// <summary>Whether no entity changes, as far as one looked.</summary>
    public bool IsSame => Problems.Count == 0 && Entities.All(entity => entity.Kind == ChangeKind.Same && entity.Failure is null);
}
