namespace TdmPortal.Core.Subsets;

/// <summary>A part of a source that holds together: chosen rows, their parents, and the children of what was chosen.</summary>
/// <param name="Chosen">Where it begins; other entities come along as relationships lead to them.</param>
public sealed record SubsetRequest(IReadOnlyList<SubsetChoice> Chosen)
{
    /// <summary>Entities that are taken whole (look-up tables).</summary>
    public IReadOnlyList<string> Whole { get; init; } = [];
    /// <summary>Whether children of chosen rows come along; parents always do.</summary>
    public bool Children { get; init; } = true;
}
