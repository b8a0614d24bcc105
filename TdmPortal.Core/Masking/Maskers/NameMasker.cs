using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>First or family names by dictionary.</summary>
internal sealed class NameMasker : TextMasker
{
    private const MaskerTraits Traits = MaskerTraits.Consistent;
    private readonly NameChoice choice;
    private readonly bool first;
    private readonly int? gender;

    private NameMasker(MaskerContext context, bool first)
        : base(context.Column.MaxLength)
    {
        choice = new(context.Values, context.OptionalText("locale") ?? context.Locale, context.Column.MaxLength, first);
        this.first = first;
        gender = context.Field("gender", masked: false);
    }

    public static readonly ArgumentDefinition Locale = new("locale", ArgumentKind.Text, "The language of names that no dictionary knows, such as de or en_GB; the source's own where it is not given.");

    private static readonly ArgumentDefinition Gender = new("gender", ArgumentKind.Field, "A column that says the gender (f, w, female; m, male); else the name itself says it.");

    public static MaskerDefinition First { get; } = MaskerForm.Make("first_name", "Fake first name", MaskerForm.Replace, "Another first name of the same gender and country; the same name becomes the same one everywhere.", Kinds.Text, Traits, "Anna",
        static context => Make(context, first: true), [Gender, Locale], synonyms: "given name, forename, substitute");

    public static MaskerDefinition Last { get; } = MaskerForm.Make("last_name", "Fake last name", MaskerForm.Replace, "Another family name of the same country; the same name becomes the same one everywhere.", Kinds.Text, Traits, "Miller",
        static context => Make(context, first: false), [Gender, Locale], synonyms: "surname, family name, substitute");

    /// <summary>Refuses a locale that is not known.</summary>
    public static bool CheckLocale(MaskerContext context)
    {
        if (context.OptionalText("locale") is { } locale && !GeneratorCatalogue.IsLocale(locale))
            context.Refuse("locale", $"must be one of {string.Join(", ", GeneratorCatalogue.Locales.Select(one => one.Name))}, not \"{locale}\"");
        return !context.Failed();
    }

    private static NameMasker? Make(MaskerContext context, bool first)
    {
        if (!CheckLocale(context))
            return null;
        var masker = new NameMasker(context, first);
        return context.Failed() ? null : masker;
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var sex = gender is { } place ? GenderOf.Read(batch.Companion(place), row) : null;
        var names = value.Trim((byte)' ');
        if (first && names.Contains((byte)' '))
            GivenNames.Write(choice, names, to, sex);
        else
            choice.Write(value, to, sex);
    }
}
