using TdmPortal.Core.PersonalData;
using TdmPortal.Data.PersonalData;

namespace TdmPortal.Web.PersonalData;

/// <summary>How pages speak of personal data.</summary>
public static class PersonalWords
{
    /// <summary>In the order of pages: what asks for something first.</summary>
    public static IReadOnlyList<PersonalProtection> Protections { get; } = [PersonalProtection.Open, PersonalProtection.SignedOff, PersonalProtection.Kept, PersonalProtection.Masked, PersonalProtection.Synthetic];

    public static string Title(PersonalProtection protection) => protection switch
    {
        PersonalProtection.Open => "Open",
        PersonalProtection.SignedOff => "Signed off",
        PersonalProtection.Kept => "Kept by policy",
        PersonalProtection.Masked => "Masked",
        _ => "Synthetic",
    };

    public static string Note(PersonalProtection protection) => protection switch
    {
        PersonalProtection.Open => "not masked: cannot go live",
        PersonalProtection.SignedOff => "let pass by a lead",
        PersonalProtection.Kept => "left as it is, with a reason",
        PersonalProtection.Masked => "replaced by a masker",
        _ => "made up, no original",
    };

    /// <summary>Class of a badge.</summary>
    public static string Look(PersonalProtection protection) => protection switch
    {
        PersonalProtection.Open => "bad",
        PersonalProtection.SignedOff or PersonalProtection.Kept => "warn",
        PersonalProtection.Masked => "good",
        _ => "info",
    };

    public static string Kind(string name) => PersonalKinds.Find(name)?.Title ?? name;

    /// <summary>"location data" and "Art. 4(1)" of a term.</summary>
    public static (string Name, string Place) Split(string term)
    {
        var comma = term.LastIndexOf(", ", StringComparison.Ordinal);
        var name = comma < 0 ? term : term[..comma];
        return (char.ToUpperInvariant(name[0]) + name[1..], comma < 0 ? "" : term[(comma + 2)..]);
    }

    /// <summary>Special categories of the GDPR and sensitive information of the CCPA.</summary>
    public static bool IsSensitive(string term) => term.EndsWith("Art. 9(1)", StringComparison.Ordinal) || term.EndsWith("Art. 10", StringComparison.Ordinal) || term.StartsWith("sensitive", StringComparison.Ordinal);
}
