using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import;

/// <summary>A column.</summary>
/// <param name="Name">As it is, not quoted.</param>
/// <param name="SqlType">As the server writes it, with length or precision: <c>character varying(80)</c>, <c>numeric(10,2)</c>, <c>public.mood[]</c>.</param>
public sealed record DatabaseColumn(string Name, string SqlType)
{
    /// <summary>Its type's own name in the catalogue, of an array that of its elements: <c>varchar</c>, <c>int4</c>, <c>mood</c>.</summary>
    public required string BaseType { get; init; }
    /// <summary>Schema of a type that is not built in.</summary>
    public string? TypeSchema { get; init; }
    /// <summary>Length of a character type.</summary>
    public int? MaxLength { get; init; }
    /// <summary>Digits in all, of numeric.</summary>
    public int? Precision { get; init; }
    /// <summary>Digits after the point, of numeric.</summary>
    public int? Scale { get; init; }
    /// <summary>Dimensions of an array; 0 for none.</summary>
    public int Dimensions { get; init; }
    /// <summary>NOT NULL, its own or its domain's.</summary>
    public bool NotNull { get; init; }
    /// <summary>DEFAULT as the server writes it.</summary>
    public string? Default { get; init; }
    /// <summary>Whether the server numbers it: identity or serial.</summary>
    public DatabaseIdentity? Identity { get; init; }
    /// <summary>Expression of GENERATED ALWAYS AS … STORED.</summary>
    public string? Generated { get; init; }
    /// <summary>COMMENT ON COLUMN.</summary>
    public string? Comment { get; init; }
    /// <summary>What its source says it holds (the format of a JSON Schema); null where only name, type and checks speak. Of an array: its elements.</summary>
    public ProposedGenerator? Stated { get; init; }
    /// <summary>Another column of the table: where that is null, this one is, too. With <see cref="NotNull"/>: else it is not.</summary>
    public string? PresentWith { get; init; }
    /// <summary>What the server knows of the values (pg_stats); null where nothing.</summary>
    public DatabaseStatistics? Statistics { get; init; }
}
