using TdmPortal.Core.Learning.Forms;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning;

/// <summary>A column of a sample file, with the type that all its values have; a caller may have it another way (<c>with</c>).</summary>
/// <param name="Name">Legal in a schema document, unique in its entity.</param>
/// <param name="Original">As the file has it.</param>
/// <param name="Type">What all values can be read as.</param>
public sealed record InspectedColumn(string Name, string Original, FieldType Type)
{
    /// <summary>Its place in a line of CSV, from 0.</summary>
    public int Place { get; init; }
    /// <summary>Digits in all, decimal only.</summary>
    public int? Precision { get; init; }
    /// <summary>Digits after the point, decimal only.</summary>
    public int? Scale { get; init; }
    /// <summary>Code points of the longest text, string only.</summary>
    public int? MaxLength { get; init; }
    /// <summary>How values are spelled, one of <see cref="FormsOf"/>; null: as the product writes them.</summary>
    public string? Form { get; init; }
    /// <summary>Values that are there.</summary>
    public long Values { get; init; }
    /// <summary>Rows without a value.</summary>
    public long Nulls { get; init; }
    /// <summary>Texts that mean "no value" in this column; a field without a character always does.</summary>
    public IReadOnlyList<string> NullSpellings { get; init; } = [];
    /// <summary>Almost all values have this type; choosing it makes the others null. Null: there is none.</summary>
    public NearlyType? Nearly { get; init; }
    /// <summary>What somebody should look at: "day and month cannot be told apart".</summary>
    public string? Note { get; init; }

    /// <summary>Spellings that can be chosen for a type, besides the product's own.</summary>
    public static IReadOnlyList<string> FormsOf(FieldType type) => [.. CellForms.Of(type).Select(form => form.Name).OfType<string>()];
}
