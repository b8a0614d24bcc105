using System.Collections.Frozen;
using TdmPortal.Core.Masking;

namespace TdmPortal.Core.PersonalData;

/// <summary>
/// All kinds of personal data that are known, with their names in Regulation (EU) 2016/679 and in the California Consumer Privacy Act
/// as amended by the CPRA (Cal. Civ. Code 1798.140, paragraphs v and ae).
/// </summary>
public static class PersonalKinds
{
    /// <summary>Written in the document by somebody who looked: this field is not personal.</summary>
    public const string None = "none";

    // The GDPR knows no list but the examples of Art. 4(1); special categories are those of Art. 9(1).
    private const string Identification = "identification data, Art. 4(1)";
    private const string ContactData = "contact data, Art. 4(1)";
    private const string NationalId = "national identification number, Art. 87";
    private const string IdentificationNumber = "identification number, Art. 4(1)";
    private const string Economic = "economic identity, Art. 4(1)";
    private const string Online = "online identifier, Art. 4(1) and recital 30";
    private const string LocationData = "location data, Art. 4(1)";
    private const string Physical = "physical identity, Art. 4(1)";
    private const string Social = "cultural and social identity, Art. 4(1)";
    private const string Security = "security of processing, Art. 32";
    private const string Unstructured = "unstructured personal data, Art. 4(1)";

    private const string Identifiers = "identifiers, (v)(1)(A)";
    private const string Records = "customer records, (v)(1)(B)";
    private const string Protected = "protected classifications, (v)(1)(C)";
    private const string Commercial = "commercial information, (v)(1)(D)";
    private const string Biometric = "biometric information, (v)(1)(E)";
    private const string Network = "network activity, (v)(1)(F)";
    private const string Geolocation = "geolocation, (v)(1)(G)";
    private const string Sensory = "audio and visual information, (v)(1)(H)";
    private const string Employment = "employment information, (v)(1)(I)";
    private const string Education = "education information, (v)(1)(J)";
    private const string SensitiveId = "sensitive: government identifiers, (ae)(1)(A)";
    private const string SensitiveLogin = "sensitive: log-in and financial account with access, (ae)(1)(B)";
    private const string SensitivePlace = "sensitive: precise geolocation, (ae)(1)(C)";
    private const string SensitiveOrigin = "sensitive: origin, beliefs, citizenship or union, (ae)(1)(D)";
    private const string SensitiveContents = "sensitive: contents of messages, (ae)(1)(E)";
    private const string SensitiveGenes = "sensitive: genetic data, (ae)(1)(F)";
    private const string SensitiveHealth = "sensitive: health, (ae)(2)(B)";
    private const string SensitiveSexLife = "sensitive: sex life or sexual orientation, (ae)(2)(C)";

    /// <summary>All, in the order of reports.</summary>
    public static IReadOnlyList<PersonalKind> All { get; } =
    [
        new("first_name", "First name", PersonalCategory.Identity, Identification, Identifiers),
        new("middle_name", "Middle name", PersonalCategory.Identity, Identification, Identifiers),
        new("last_name", "Last name", PersonalCategory.Identity, Identification, Identifiers) { Identifies = true },
        new("full_name", "Full name", PersonalCategory.Identity, Identification, Identifiers) { Identifies = true },
        new("initials", "Initials", PersonalCategory.Identity, Identification, Identifiers),
        new("user_name", "User name", PersonalCategory.Identity, Online, Identifiers) { Identifies = true },
        new("signature", "Signature", PersonalCategory.Identity, Identification, Records) { Identifies = true },
        new("photo", "Picture of a person", PersonalCategory.Identity, Physical, Sensory) { Identifies = true },
        new("customer_number", "Number of a customer, member or patient", PersonalCategory.Identity, IdentificationNumber, Identifiers) { Identifies = true, Form = CanonicalForm.Code },

        new("email", "E-mail address", PersonalCategory.Contact, ContactData, Identifiers) { Identifies = true, Form = CanonicalForm.Email },
        new("phone", "Phone number", PersonalCategory.Contact, ContactData, Records) { Identifies = true, Form = CanonicalForm.Phone },
        new("address", "Postal address", PersonalCategory.Contact, ContactData, Identifiers) { Identifies = true },
        new("street", "Street", PersonalCategory.Contact, ContactData, Identifiers) { Identifies = true },
        new("house_number", "House number", PersonalCategory.Contact, ContactData, Identifiers),
        new("postcode", "Postcode", PersonalCategory.Contact, ContactData, Identifiers) { Form = CanonicalForm.Code },
        new("city", "City", PersonalCategory.Contact, ContactData, Identifiers),
        new("region", "Region", PersonalCategory.Contact, ContactData, Identifiers),
        new("country", "Country", PersonalCategory.Contact, ContactData, Identifiers),

        new("national_id", "National identification number", PersonalCategory.GovernmentId, NationalId, SensitiveId) { Identifies = true, Form = CanonicalForm.Code },
        new("social_security", "Social security number", PersonalCategory.GovernmentId, NationalId, SensitiveId) { Identifies = true, Form = CanonicalForm.Code },
        new("tax_id", "Tax number", PersonalCategory.GovernmentId, NationalId, SensitiveId) { Identifies = true, Form = CanonicalForm.Code },
        new("passport", "Passport number", PersonalCategory.GovernmentId, NationalId, SensitiveId) { Identifies = true, Form = CanonicalForm.Code },
        new("driving_licence", "Driving licence", PersonalCategory.GovernmentId, IdentificationNumber, SensitiveId) { Identifies = true, Form = CanonicalForm.Code },
        new("vehicle_plate", "Vehicle's plate", PersonalCategory.GovernmentId, IdentificationNumber, Identifiers) { Identifies = true, Form = CanonicalForm.Code },
        new("vin", "Vehicle identification number", PersonalCategory.GovernmentId, IdentificationNumber, Identifiers) { Identifies = true, Form = CanonicalForm.Code },

        new("iban", "IBAN", PersonalCategory.Financial, Economic, Records) { Identifies = true, Form = CanonicalForm.Code },
        new("bank_account", "Bank account", PersonalCategory.Financial, Economic, Records) { Identifies = true, Form = CanonicalForm.Code },
        new("card", "Payment card", PersonalCategory.Financial, Economic, SensitiveLogin) { Identifies = true, Form = CanonicalForm.Code },
        new("card_expiry", "Card's expiry", PersonalCategory.Financial, Economic, Records),
        new("wallet", "Wallet of a digital currency", PersonalCategory.Financial, Economic, Records) { Identifies = true, Form = CanonicalForm.Exact },
        new("salary", "Income", PersonalCategory.Financial, Economic, Employment) { Form = CanonicalForm.Number },
        new("credit_score", "Credit score", PersonalCategory.Financial, Economic, Commercial) { Form = CanonicalForm.Number },

        new("ip", "IP address", PersonalCategory.OnlineId, Online, Identifiers) { Identifies = true },
        new("mac", "MAC address", PersonalCategory.OnlineId, Online, Identifiers) { Identifies = true, Form = CanonicalForm.Code },
        new("device_id", "Device id", PersonalCategory.OnlineId, Online, Identifiers) { Identifies = true },
        new("cookie", "Cookie or session", PersonalCategory.OnlineId, Online, Identifiers) { Identifies = true, Form = CanonicalForm.Exact },
        new("user_agent", "Browser's identification", PersonalCategory.OnlineId, Online, Network),
        new("url", "Web address of a person", PersonalCategory.OnlineId, Online, Identifiers) { Identifies = true },

        new("geo", "Coordinates", PersonalCategory.Location, LocationData, SensitivePlace) { Identifies = true },
        new("latitude", "Latitude", PersonalCategory.Location, LocationData, SensitivePlace) { Form = CanonicalForm.Number },
        new("longitude", "Longitude", PersonalCategory.Location, LocationData, SensitivePlace) { Form = CanonicalForm.Number },
        new("whereabouts", "Whereabouts", PersonalCategory.Location, LocationData, Geolocation),

        new("birth_date", "Date of birth", PersonalCategory.Demographic, Identification, Protected),
        new("birth_place", "Place of birth", PersonalCategory.Demographic, Identification, Protected),
        new("age", "Age", PersonalCategory.Demographic, Identification, Protected) { Form = CanonicalForm.Number },
        new("gender", "Gender", PersonalCategory.Demographic, Physical, Protected),
        new("nationality", "Nationality", PersonalCategory.Demographic, Social, SensitiveOrigin),
        new("marital_status", "Marital status", PersonalCategory.Demographic, Social, Protected),
        new("job_title", "Occupation", PersonalCategory.Demographic, Social, Employment),
        new("employer", "Employer or company contact", PersonalCategory.Demographic, Social, Employment),
        new("education", "Education", PersonalCategory.Demographic, Social, Education),

        new("health", "Health", PersonalCategory.Special, "data concerning health, Art. 9(1)", SensitiveHealth),
        new("genetic", "Genetic data", PersonalCategory.Special, "genetic data, Art. 9(1)", SensitiveGenes),
        new("biometric", "Biometric data", PersonalCategory.Special, "biometric data, Art. 9(1)", Biometric) { Identifies = true },
        new("religion", "Religion or belief", PersonalCategory.Special, "religious or philosophical beliefs, Art. 9(1)", SensitiveOrigin),
        new("ethnicity", "Ethnic origin", PersonalCategory.Special, "racial or ethnic origin, Art. 9(1)", SensitiveOrigin),
        new("politics", "Political opinions", PersonalCategory.Special, "political opinions, Art. 9(1)", Protected),
        new("union", "Trade union membership", PersonalCategory.Special, "trade union membership, Art. 9(1)", SensitiveOrigin),
        new("sexual_orientation", "Sex life or sexual orientation", PersonalCategory.Special, "sex life or sexual orientation, Art. 9(1)", SensitiveSexLife),
        new("criminal_record", "Criminal convictions and offences", PersonalCategory.Special, "criminal convictions and offences, Art. 10", Records),

        new("password", "Password", PersonalCategory.Credential, Security, SensitiveLogin) { Identifies = true, Form = CanonicalForm.Exact },
        new("secret", "Secret or token", PersonalCategory.Credential, Security, SensitiveLogin) { Identifies = true, Form = CanonicalForm.Exact },
        new("card_code", "Card's code or PIN", PersonalCategory.Credential, Security, SensitiveLogin) { Form = CanonicalForm.Code },
        new("security_question", "Security question and answer", PersonalCategory.Credential, Security, SensitiveLogin) { Identifies = true },

        new("free_text", "Free text that holds personal data", PersonalCategory.FreeText, Unstructured, SensitiveContents),
    ];

    private static readonly FrozenDictionary<string, PersonalKind> ByName = All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The kind of a name, or null; also for <see cref="None"/>.</summary>
    public static PersonalKind? Find(string name) => ByName.GetValueOrDefault(name);
}
