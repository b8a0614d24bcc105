using TdmPortal.Core.PersonalData;

namespace TdmPortal.Data.PersonalData;

/// <summary>A column of a dataset's latest version that holds personal data.</summary>
/// <param name="Kind">Name of a <see cref="PersonalKind"/>.</param>
/// <param name="Masker">What masks it; else null.</param>
/// <param name="Others">Kinds that were found inside of texts and documents.</param>
/// <param name="Since">Since when the dataset holds it.</param>
public sealed record PersonalColumn(Guid Id, Guid DatasetId, string Dataset, Guid TeamId, string Team, int VersionNumber, string Entity, string Field, string Kind, double Confidence, PersonalProtection Protection, string? Masker,
    IReadOnlyList<string> Others, IReadOnlyList<PersonalEvidence> Evidence, DateTimeOffset Since)
{
    /// <summary>The kind that a lead said it is, or <see cref="PersonalKinds.None"/>: its schema says so from now on; null: nobody has said.</summary>
    public string? Said { get; init; }

    /// <summary>Who let it pass and why; null: nobody.</summary>
    public PersonalSignOff? SignOff { get; init; }
}
