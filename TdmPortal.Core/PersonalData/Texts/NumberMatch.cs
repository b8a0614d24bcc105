namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>What a number is by its check digits; no kind: nothing that is known.</summary>
/// <param name="Country">Whose, ISO 3166-1 alpha-2.</param>
internal readonly record struct NumberMatch(string? Kind, string Country, double Confidence);
