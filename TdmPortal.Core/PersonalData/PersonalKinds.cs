namespace TdmPortal.Core.PersonalData;

/// <summary>All kinds of personal data that are known.</summary>
public static class PersonalKinds
{
    /// <summary>Written in the document by somebody who looked: this field is not personal.</summary>
    public const string None = "none";

    /// <summary>All, in the order of reports.</summary>
    public static IReadOnlyList<PersonalKind> All { get; } =
    [
        new("email", "E-mail address", PersonalCategory.Contact, "contact data, Art. 4(1)", "identifiers, (v)(1)(A)") { Identifies = true, Form = Masking.CanonicalForm.Email },
    ];

    /// <summary>The kind of a name, or null.</summary>
    public static PersonalKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
