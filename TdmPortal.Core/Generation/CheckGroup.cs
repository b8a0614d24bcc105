namespace TdmPortal.Core.Generation;

/// <summary>
/// Checks that share fields, and those of the fields that may be drawn again: no key, not unique, made by a generator.
/// A row is drawn until all the checks pass; draw number n is as much a function of the row as the first. A row that no draw
/// helps, because a field that cannot be drawn again stands against it, takes a combination that passes in another row.
/// </summary>
internal sealed class CheckGroup
{
    /// <summary>At the least acceptance that is let through (1 %), one row in 10²¹ needs more.</summary>
    public const int MostTries = 5000;

    /// <summary>Draws after which a row that a scenario asks something of takes a combination found for it.</summary>
    public const int ScenarioTries = 64;

    /// <summary>Combinations that are kept for the rows that no draw helps.</summary>
    public const int MostFallbacks = 32;

    public List<CheckNode> Checks { get; } = [];

    /// <summary>Indexes of the fields that are drawn again.</summary>
    public SortedSet<int> Members { get; } = [];

    /// <summary>Draws of rows that pass, found when the document is compiled.</summary>
    public IReadOnlyList<(long Row, int Attempt)> Fallbacks { get; set; } = [];
}
