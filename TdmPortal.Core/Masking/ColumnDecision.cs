using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What becomes of one column.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Field">The field.</param>
/// <param name="Masker">Name of a masker; null: it stays as it is.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="By">Why.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record ColumnDecision(string Entity, string Field, string? Masker, ArgumentValues Args, DecidedBy By, string Reason)
{
    /// <summary>The kind of personal data; null where none was found.</summary>
    public string? Personal { get; init; }
    /// <summary>Confidence in <see cref="Personal"/>, 0..1; 1 where a person said so.</summary>
    public double Confidence { get; init; }
    /// <summary>The identity that it belongs to; null where it stays as it is.</summary>
    public string? Identity { get; init; }
}
