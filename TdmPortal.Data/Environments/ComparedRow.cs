namespace TdmPortal.Data.Environments;

/// <summary>A row that differs.</summary>
/// <param name="Row">Its number in the version that has it; in the later one where both have.</param>
/// <param name="Before">A text for each column, null for null; empty where the earlier version has no such row.</param>
/// <param name="After">As <paramref name="Before"/>, of the later version.</param>
public sealed record ComparedRow(long Row, IReadOnlyList<string?> Before, IReadOnlyList<string?> After);
