namespace TdmPortal.Core.PersonalData;

/// <summary>A column that seems to hold personal data.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Field">The field.</param>
/// <param name="Kind">Name of a <see cref="PersonalKind"/>.</param>
/// <param name="Confidence">0..1.</param>
/// <param name="Evidence">Strongest first.</param>
public sealed record PersonalFinding(string Entity, string Field, string Kind, double Confidence, IReadOnlyList<PersonalEvidence> Evidence)
{
    /// <summary>From here on a finding counts: it must be masked, or signed off.</summary>
    public const double Counts = 0.5;
    /// <summary>Other kinds that the same column may hold (free text: what was found inside).</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}
