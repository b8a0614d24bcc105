namespace TdmPortal.Core.Environments;

/// <summary>How one version of a dataset differs from another.</summary>
/// <param name="SchemaChanges">How their schema documents differ, a sentence each.</param>
/// <param name="Entities">The most surprising first.</param>
public sealed record ComparisonReport(IReadOnlyList<string> SchemaChanges, IReadOnlyList<EntityComparison> Entities)
{
    /// <summary>Whether both versions hold the same rows.</summary>
    public bool IsSame => Entities.All(entity => entity.IsSame);
}
