namespace TdmPortal.Core.PersonalData;

/// <summary>Why a column is taken for personal.</summary>
/// <param name="Why">One sentence: "the name says e-mail", "98 % of the values are cards with a right check digit".</param>
/// <param name="Hits">Values that show it; 0 for a name.</param>
/// <param name="Looked">Values that were looked at.</param>
/// <param name="Samples">A few of them, redacted: no original can be read from it.</param>
public sealed record PersonalEvidence(string Why, long Hits, long Looked, IReadOnlyList<string> Samples);
