namespace TdmPortal.Core.Changes;

/// <summary>A cell before and after an edit, as text; null is a null, or no cell where the column or row is not there.</summary>
public readonly record struct ChangedCell(string? Before, string? After, ChangeKind Kind);
