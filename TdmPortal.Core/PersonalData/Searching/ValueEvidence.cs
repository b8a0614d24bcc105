namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>What a column's values say.</summary>
/// <param name="Kind">Name of a <see cref="PersonalKind"/>.</param>
/// <param name="Confidence">0..1.</param>
/// <param name="Others">Kinds found inside of texts and documents, most frequent first.</param>
internal sealed record ValueEvidence(string Kind, double Confidence, PersonalEvidence Evidence, IReadOnlyList<string> Others);
