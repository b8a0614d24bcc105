using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>What one pass found out about a column. Texts of values are as in the grid.</summary>
public sealed record ColumnProfile
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }
    /// <summary>Type of the values (of the elements, for an array).</summary>
    public required FieldType Type { get; init; }
    /// <summary>Whether values are arrays; then elements are not counted, only lengths of arrays.</summary>
    public bool IsArray { get; init; }
    /// <summary>All rows.</summary>
    public required long Rows { get; init; }
    /// <summary>Rows without a value.</summary>
    public required long Nulls { get; init; }
    /// <summary>Texts without a character, arrays without an element.</summary>
    public long Empty { get; init; }
    /// <summary>Different values, nulls aside; null at level basic.</summary>
    public long? Distinct { get; init; }
    /// <summary>Relative standard error of <see cref="Distinct"/>: 0 where it was counted.</summary>
    public double DistinctError { get; init; }
    /// <summary>Least value (texts: in byte order); null without values.</summary>
    public string? Min { get; init; }
    /// <summary>Greatest value.</summary>
    public string? Max { get; init; }
    /// <summary>Mean of numbers (decimals in their own unit; days since 1970 for dates, seconds since 1970 for instants, seconds for times); null for other types.</summary>
    public double? Mean { get; init; }
    /// <summary>Sample standard deviation (n - 1), in the unit of <see cref="Mean"/>.</summary>
    public double? StandardDeviation { get; init; }
    /// <summary>Skewness (third standardised moment).</summary>
    public double? Skewness { get; init; }
    /// <summary>1, 5, 25, 50, 75, 95 and 99 %, as text; empty without numbers.</summary>
    public IReadOnlyList<QuantileValue> Quantiles { get; init; } = [];
    /// <summary>Bars from the least number to the greatest, of equal width; lengths of texts that are too many to count each; null where top values say all.</summary>
    public Histogram? Histogram { get; init; }
    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<TopValue> Top { get; init; } = [];
    /// <summary>Whether <see cref="Top"/> holds every value there is, with exact counts.</summary>
    public bool TopIsAll { get; init; }
    /// <summary>Lengths of texts in code points, of arrays in elements; null for other types.</summary>
    public LengthProfile? Lengths { get; init; }
    /// <summary>Kinds of characters in texts; null for other types.</summary>
    public CharacterProfile? Characters { get; init; }
}
