using TdmPortal.Core.PersonalData;

namespace TdmPortal.Data.Import;

/// <summary>A field of a proposal.</summary>
/// <param name="Reason">Why it has its generator.</param>
/// <param name="Confidence">0..1.</param>
/// <param name="Finding">Why its column is taken for personal, with redacted evidence; null: it is not.</param>
public sealed record ProposedField(string Entity, string Field, string Reason, double Confidence, PersonalFinding? Finding)
{
    /// <summary>Below, somebody should look.</summary>
    public const double Sure = 0.6;

    /// <summary>Somebody accepted or corrected it.</summary>
    public bool Accepted { get; init; }

    /// <summary>Whether somebody should look at it.</summary>
    public bool NeedsAttention => !Accepted && (Confidence < Sure || Finding is { Confidence: < 0.9 });
}
