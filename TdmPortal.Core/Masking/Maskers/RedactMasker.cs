using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Nothing is left of a value: a word in place of texts, zero, false, 1900-01-01.</summary>
internal static class RedactMasker
{
    public static MaskerDefinition Definition { get; } = MaskerForm.Make("redact", "Redact", MaskerForm.Remove, "Texts become a word, numbers 0, dates 1900-01-01, JSON an empty object.", Kinds.Any,
        MaskerTraits.Consistent | MaskerTraits.Forgets | MaskerTraits.MayKeepValue, "confidential", Create,
        [Text("text", "The word that texts become, cut to the column's length.", "[redacted]")], synonyms: "remove, blank, black out, erase, default");

    private static Masker? Create(MaskerContext context)
    {
        var text = context.Column.Type switch
        {
            FieldType.String => Cut(context.Text("text"), context.Column.MaxLength),
            FieldType.Json => "{}",
            FieldType.Boolean => "false",
            FieldType.Date or FieldType.Timestamp => "1900-01-01",
            FieldType.Time => "00:00",
            FieldType.Uuid => "00000000-0000-0000-0000-000000000000",
            _ => "0",
        };
        return context.Failed() ? null : ConstantMasker.Create(context, text);
    }

    private static string Cut(string text, int? length) => length is { } most ? string.Concat(text.EnumerateRunes().Take(most)) : text;
}
