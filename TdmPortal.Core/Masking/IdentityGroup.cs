namespace TdmPortal.Core.Masking;

/// <summary>Columns that hold the same thing, so that the same value becomes the same value in all of them; foreign keys are grouped by themselves.</summary>
/// <param name="Name">Part of the key: the same name in two datasets of a team masks alike.</param>
/// <param name="Columns"><c>entity.field</c> each.</param>
public sealed record IdentityGroup(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>How values are compared.</summary>
    public CanonicalForm Form { get; init; } = CanonicalForm.Auto;
}
