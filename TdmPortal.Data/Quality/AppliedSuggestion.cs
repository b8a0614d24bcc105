using TdmPortal.Data.Reviews;

namespace TdmPortal.Data.Quality;

/// <summary>What came of applying a suggestion.</summary>
/// <param name="Outcome">Done, or a proposal where the team wants a review.</param>
/// <param name="Text">For people: "The schema has version 4 now."</param>
/// <param name="Undo">Takes it back; null where that is done elsewhere.</param>
public sealed record AppliedSuggestion(EditOutcome Outcome, string Text, SuggestionUndo? Undo);
