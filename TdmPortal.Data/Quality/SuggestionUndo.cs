namespace TdmPortal.Data.Quality;

/// <summary>What was saved for a suggestion.</summary>
/// <param name="SchemaVersion">The version of the schema that was saved; null: its rules were.</param>
/// <param name="RulesVersion">The version of the rules that was saved.</param>
public sealed record SuggestionUndo(Guid SchemaId, int? SchemaVersion, int? RulesVersion);
