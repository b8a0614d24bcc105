namespace TdmPortal.Core.Changes;

/// <summary>A row before and after an edit.</summary>
/// <param name="Number">The same on both sides, 0-based: rows keep their numbers.</param>
/// <param name="Kind">Whether the row is there on both sides.</param>
/// <param name="Cells">One for each of the entity's columns.</param>
public sealed record ChangedRow(long Number, ChangeKind Kind, IReadOnlyList<ChangedCell> Cells);
