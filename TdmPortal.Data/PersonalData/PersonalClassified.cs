namespace TdmPortal.Data.PersonalData;

/// <summary>What came of saying what columns hold.</summary>
/// <param name="Former">What their schemas said before: said again, it takes all back. Only of columns that were changed.</param>
/// <param name="Proposed">Columns whose schema wants a review first: a lead approves the proposal.</param>
/// <param name="Skipped">Columns (entity.field) that no schema of the team has.</param>
public sealed record PersonalClassified(IReadOnlyList<PersonalClass> Former, int Proposed, IReadOnlyList<string> Skipped);
