namespace TdmPortal.Core.Masking;

/// <summary>A column that is not as it was when the policy was made.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Field">Its name now; of one that is gone, the name it had.</param>
/// <param name="Before">Its type then; null where it is new.</param>
/// <param name="After">Its type now; null where it is gone.</param>
/// <param name="Proposed">What the policy makes of it as it stands: what was found in it, and the masker; null where it is gone.</param>
public sealed record ColumnDrift(DriftKind Kind, string Entity, string Field, string? Before, string? After, ColumnDecision? Proposed)
{
    /// <summary>The name it had, where it was renamed.</summary>
    public string? Former { get; init; }
}
