using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>What a column's type became: domains followed to their base, their checks gathered.</summary>
/// <param name="Type">Type of the field.</param>
internal sealed record ResolvedType(FieldType Type)
{
    public int? Precision { get; init; }
    public int? Scale { get; init; }
    public int? MaxLength { get; init; }
    public bool IsArray { get; init; }
    /// <summary>A pattern of texts that the type accepts, where the document has no type for it.</summary>
    public string? Text { get; init; }
    /// <summary>Values of an enumeration.</summary>
    public IReadOnlyList<string>? Values { get; init; }
    /// <summary>Checks of its domains, over <c>value</c>.</summary>
    public IReadOnlyList<DatabaseCheck> Checks { get; init; } = [];
    /// <summary>Of an array: checks of its elements' domain, over <c>value</c>.</summary>
    public IReadOnlyList<DatabaseCheck> ElementChecks { get; init; } = [];
    /// <summary>Smallest and greatest whole number.</summary>
    public (long Min, long Max)? Whole { get; init; }
    /// <summary>Texts that differ only by case are the same.</summary>
    public bool IgnoresCase { get; init; }
    public bool NotNull { get; init; }
    /// <summary>The built-in type's own name.</summary>
    public string Name { get; init; } = "";
    /// <summary>A type that nothing is known of.</summary>
    public bool IsUnknown { get; init; }
    /// <summary>What the schema document would name the type by itself.</summary>
    public string? UsualSqlType { get; init; }

    /// <summary>Comparisons of it are those of the document's type, not of a text that stands for something else.</summary>
    public bool IsComparable => Text is null && Values is null && !IsArray && Type != FieldType.Json;
}
