using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>A column while its pattern is being learned.</summary>
internal sealed class LearnedColumn(LearnedEntity entity, int place, FieldDefinition field, ProfiledColumn profile)
{
    public LearnedEntity Entity => entity;

    /// <summary>Its place among the source's columns and in sampled rows.</summary>
    public int Place => place;

    public ProfiledColumn Profile => profile;

    public FieldDefinition Field { get; set; } = field;

    public string Name => Field.Name;

    public string Id => $"{entity.Name}.{Name}";

    /// <summary>Kind of personal data; null: none.</summary>
    public string? Personal { get; set; }

    /// <summary>No value comes twice.</summary>
    public bool IsDistinct { get; set; }

    /// <summary>Belongs to the primary key or is unique.</summary>
    public bool IsKey { get; set; }

    /// <summary>A relationship fills it.</summary>
    public bool IsForeign { get; set; }

    /// <summary>What fills it; null where a relationship does.</summary>
    public ProposedGenerator? Proposal { get; set; }

    /// <summary>Follows from other fields of the row.</summary>
    public bool IsDerived { get; set; }

    /// <summary>Its values with their rows where it is one of categories that may be told.</summary>
    public IReadOnlyList<(string Value, long Rows)>? Categories { get; set; }

    public long Rows => profile.Profile.Rows;

    public bool IsNumber => profile.Distribution is not null;

    public double NullShare => Rows == 0 ? 0 : (double)profile.Profile.Nulls / Rows;

    /// <summary>Nothing has been said yet that other columns could not change.</summary>
    public bool IsFree => !IsKey && !IsForeign && !IsDerived && Field.Array is null;
}
