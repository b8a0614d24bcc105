namespace TdmPortal.Core.Quality;

/// <summary>A row that does not keep a rule.</summary>
/// <param name="Row">Its number in the entity, from 0.</param>
/// <param name="Key">Its primary key as text, parts joined by ", "; the row number where there is none.</param>
/// <param name="Values">What stands in the rule's columns, as text, null for null.</param>
public sealed record FailingRow(long Row, string Key, IReadOnlyList<string?> Values);
