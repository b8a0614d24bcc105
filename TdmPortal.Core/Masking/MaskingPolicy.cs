using TdmPortal.Core.Subsets;

namespace TdmPortal.Core.Masking;

/// <summary>How a team masks the rows of a source: one document, versioned as a whole.</summary>
public sealed record MaskingPolicy
{
    /// <summary><c>^[a-z][a-z0-9_]{0,62}$</c>.</summary>
    public required string Name { get; init; }
    /// <summary>For people.</summary>
    public string? Title { get; init; }
    /// <summary>For people.</summary>
    public string? Description { get; init; }
    /// <summary>Masks what was found personal and has no rule of its own; null: such a column is an error.</summary>
    public MaskingStrategy? Strategy { get; init; }
    /// <summary>Rules that name a column win over those of a kind, and earlier ones over later ones.</summary>
    public IReadOnlyList<MaskingRule> Rules { get; init; } = [];
    /// <summary>Groups beyond those that foreign keys make.</summary>
    public IReadOnlyList<IdentityGroup> Identities { get; init; } = [];
    /// <summary>Texts that stay in every column, as they are written in CSV: <c>N/A</c>, <c>9999-12-31</c>; the empty text always stays.</summary>
    public IReadOnlyList<string> Sentinels { get; init; } = [];
    /// <summary>What the proof checks by k-anonymity and l-diversity.</summary>
    public IReadOnlyList<QuasiIdentifiers> QuasiIdentifiers { get; init; } = [];
    /// <summary>Which part of the source is taken; null: all.</summary>
    public SubsetRequest? Subset { get; init; }
    /// <summary>The columns that it was made for, in the order of the source; a run stops where the source has others. Empty: nothing is remembered yet.</summary>
    public IReadOnlyList<RememberedColumn> Columns { get; init; } = [];
}
