using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>What checks ask of the values of one column. Immutable.</summary>
internal sealed record ValueBounds
{
    /// <summary>Smallest number, as columns hold it: decimals unscaled, dates in days, timestamps in microseconds.</summary>
    public long? Least { get; init; }

    /// <summary>Largest number.</summary>
    public long? Most { get; init; }

    /// <summary>Fewest code points.</summary>
    public int? Shortest { get; init; }

    /// <summary>Most code points.</summary>
    public int? Longest { get; init; }

    /// <summary>The only texts that are allowed.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The only numbers that are allowed.</summary>
    public IReadOnlyList<long>? Numbers { get; init; }

    /// <summary>Whether nothing fits them, or nothing that can be told.</summary>
    public bool IsEmpty => Least > Most || Shortest > Longest || Texts is { Count: 0 } || Numbers is { Count: 0 };

    /// <summary>What fits both.</summary>
    public ValueBounds And(ValueBounds other) => new()
    {
        Least = Least is { } least && other.Least is { } otherLeast ? Math.Max(least, otherLeast) : Least ?? other.Least,
        Most = Most is { } most && other.Most is { } otherMost ? Math.Min(most, otherMost) : Most ?? other.Most,
        Shortest = Shortest is { } shortest && other.Shortest is { } otherShortest ? Math.Max(shortest, otherShortest) : Shortest ?? other.Shortest,
        Longest = Longest is { } longest && other.Longest is { } otherLongest ? Math.Min(longest, otherLongest) : Longest ?? other.Longest,
        Texts = Texts is not null && other.Texts is not null ? [.. Texts.Intersect(other.Texts, StringComparer.Ordinal)] : Texts ?? other.Texts,
        Numbers = Numbers is not null && other.Numbers is not null ? [.. Numbers.Intersect(other.Numbers)] : Numbers ?? other.Numbers,
    };

    /// <summary>Those of lists that fit the other bounds too.</summary>
    public ValueBounds Resolved() => this with
    {
        Numbers = Numbers is null ? null : [.. Numbers.Where(number => !(number < Least) && !(number > Most))],
        Texts = Texts is null ? null : [.. Texts.Where(text => text.EnumerateRunes().Count() is var length && !(length < Shortest) && !(length > Longest))],
    };

    /// <summary>Whether values of a type are held so that they can be kept within bounds.</summary>
    public static bool Holds(Generation.ColumnDescription column) => !column.IsArray
        && (column.Type is FieldType.String or FieldType.Integer or FieldType.Date or FieldType.Timestamp or FieldType.Time || (column.Type == FieldType.Decimal && column.Precision <= 18));
}
