namespace TdmPortal.Core.Schemas;

/// <summary>A generator proposed for a field, with the reason in words ("the name says e-mail, all 20 sample values match").</summary>
/// <param name="Generator">Name in the catalogue.</param>
/// <param name="Args">Arguments to start with.</param>
/// <param name="Reason">Why, in a short sentence.</param>
/// <param name="Confidence">0..1.</param>
public sealed record ProposedGenerator(string Generator, ArgumentValues Args, string Reason, double Confidence);
