using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What masks which columns: those of a kind of personal data, or named ones. A rule that names the column wins.</summary>
public sealed record MaskingRule
{
    /// <summary>The <see cref="Masker"/> that leaves values as they are, on purpose.</summary>
    public const string Keep = "keep";

    /// <summary>A kind of personal data (<see cref="PersonalData.PersonalKinds"/>); null where columns are named.</summary>
    public string? Personal { get; init; }
    /// <summary><c>entity.field</c>, or <c>*.field</c> for that field wherever it is.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
    /// <summary>Name of a masker; <c>keep</c> leaves the values on purpose, with <see cref="Reason"/>.</summary>
    public required string Masker { get; init; }
    /// <summary>The masker's arguments.</summary>
    public ArgumentValues Args { get; init; } = ArgumentValues.Empty;
    /// <summary>An expression over the original row; rows where it is not true keep their value.</summary>
    public string? When { get; init; }
    /// <summary>For people: why so.</summary>
    public string? Reason { get; init; }
}
