using System.Text.Json;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Short forms in which maskers write their definitions.</summary>
internal static class MaskerForm
{
    public const string Remove = "Remove";
    public const string Hide = "Hide in part";
    public const string Replace = "Replace";
    public const string KeepForm = "Keep the form";
    public const string Generalise = "Generalise";
    public const string Numbers = "Numbers and dates";
    public const string Rearrange = "Rearrange";
    public const string Texts = "Texts and structures";

    /// <summary>The same value becomes the same value.</summary>
    public const MaskerTraits Same = MaskerTraits.Consistent;

    /// <summary>The column, in every type that is a moment.</summary>
    public static readonly FieldType[] Days = [FieldType.Date, FieldType.Timestamp];

    /// <summary>Numbers that are held in 64 bits or as IEEE 754.</summary>
    public static readonly FieldType[] Numeric = [FieldType.Integer, FieldType.Decimal, FieldType.Double];

    /// <param name="exampleArguments">A JSON object.</param>
    /// <param name="synonyms">Parted by a comma and a space.</param>
    public static MaskerDefinition Make(string name, string title, string category, string summary, IReadOnlyList<FieldType> types, MaskerTraits traits, string example,
        Func<MaskerContext, Masker?> create, IReadOnlyList<ArgumentDefinition>? arguments = null, string exampleArguments = "{}", string synonyms = "") => new()
    {
        Name = name,
        Title = title,
        Category = category,
        Summary = summary,
        Types = types,
        Traits = traits,
        ExampleValue = example,
        Create = create,
        Arguments = arguments ?? [],
        ExampleArguments = Read(exampleArguments),
        Synonyms = synonyms.Length == 0 ? [] : synonyms.Split(", "),
    };

    /// <summary>Arguments out of a JSON object.</summary>
    public static ArgumentValues Read(string json)
    {
        if (json == "{}")
            return ArgumentValues.Empty;
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone())));
    }
}
