namespace TdmPortal.Core.Schemas;

/// <summary>A field of an entity as the schema document says it. Absent properties are null, so that a document is written back as it was read.</summary>
public sealed record FieldDefinition
{
    /// <summary><c>^[a-z][a-z0-9_]{0,62}$</c>, unique in its entity.</summary>
    public required string Name { get; init; }
    /// <summary>Type of the values (of the elements, for an array).</summary>
    public required FieldType Type { get; init; }
    /// <summary>Digits in all, decimal only, 1..38; absent: 18.</summary>
    public int? Precision { get; init; }
    /// <summary>Digits after the point, decimal only; absent: 2.</summary>
    public int? Scale { get; init; }
    /// <summary>Longest text in code points; absent: none.</summary>
    public int? MaxLength { get; init; }
    /// <summary>Set when the value is an array of <see cref="Type"/>.</summary>
    public ArrayBounds? Array { get; init; }
    /// <summary>Name of the generator; null where a relationship fills the field.</summary>
    public string? Generator { get; init; }
    /// <summary>The generator's arguments.</summary>
    public ArgumentValues Args { get; init; } = ArgumentValues.Empty;
    /// <summary>Share of nulls, 0..100; absent: 0.</summary>
    public double? NullPercent { get; init; }
    /// <summary>Expression; where it is not true the field is null.</summary>
    public string? When { get; init; }
    /// <summary>No two rows have the same value.</summary>
    public bool Unique { get; init; }
    /// <summary>Name of the database column, where it differs.</summary>
    public string? Column { get; init; }
    /// <summary>Type in the database, where it differs, e.g. <c>citext</c>.</summary>
    public string? SqlType { get; init; }
    /// <summary>The kind of personal data that the original column holds (<see cref="PersonalData.PersonalKinds"/>); <c>none</c>: somebody looked and there is none; absent: nobody has said.</summary>
    public string? Personal { get; init; }
    /// <summary>For people.</summary>
    public string? Description { get; init; }
}
