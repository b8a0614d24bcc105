namespace TdmPortal.Core.Generation;

/// <summary>
/// Checks that share fields, and those of the fields that may be drawn again: no key, not unique, made by a generator.
/// A row is drawn until all the checks pass; draw number n is as much a function of the row as the first.
/// </summary>
internal sealed class CheckGroup
{
    /// <summary>At the least acceptance that is let through (1 %), one row in 10²¹ needs more.</summary>
    public const int MostTries = 5000;

    public List<CheckNode> Checks { get; } = [];

    /// <summary>Indexes of the fields that are drawn again.</summary>
    public SortedSet<int> Members { get; } = [];
}
