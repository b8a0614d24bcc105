using TdmPortal.Core.Generation;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>What a masking plan is made of.</summary>
/// <param name="Document">Structure of the source: types, keys, relationships, and what people said of personal data.</param>
/// <param name="Entities">The source's.</param>
/// <param name="Policy">What becomes of which columns.</param>
/// <param name="Key">The team's key.</param>
public sealed record MaskInput(SchemaDocument Document, IReadOnlyList<SourceEntity> Entities, MaskingPolicy Policy, MaskingKey Key)
{
    /// <summary>What was found personal.</summary>
    public IReadOnlyList<PersonalFinding> Findings { get; init; } = [];
    /// <summary><c>entity.field</c> that a lead signed off: they may stay as they are.</summary>
    public IReadOnlySet<string> SignedOff { get; init; } = new HashSet<string>();
    /// <summary>Locale of names and places; null: the document's.</summary>
    public string? Locale { get; init; }
    /// <summary>"Now", in microseconds since 1970, for ages and relative dates.</summary>
    public long AsOf { get; init; }
    /// <summary>Finds a masker by its name.</summary>
    public Func<string, MaskerDefinition?> Maskers { get; init; } = Masking.Maskers.MaskerCatalogue.Find;
    /// <summary>What a strategy does with a kind of personal data in such a column, of an entity with that primary key, whose values must differ or need not; null: nothing.</summary>
    public Func<MaskingStrategy, string, ColumnDescription, IReadOnlyList<string>, bool, MaskingRule?> Strategies { get; init; } = MaskingStrategies.Rule;
}
