namespace TdmPortal.Web.Masking;

/// <summary>Whose originals somebody wants to see, and why.</summary>
public sealed record RevealAnswer(IReadOnlyList<string> Columns, string Reason);
