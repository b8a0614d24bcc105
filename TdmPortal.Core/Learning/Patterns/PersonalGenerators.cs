using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>What makes values of a personal kind, and what kind a generator makes.</summary>
internal static class PersonalGenerators
{
    private static readonly (string Kind, string Generator)[] All =
    [
        ("first_name", "person.firstName"), ("middle_name", "person.middleName"), ("last_name", "person.lastName"), ("full_name", "person.fullName"), ("initials", "person.initials"), ("user_name", "internet.userName"),
        ("email", "internet.email"), ("phone", "phone.number"), ("phone", "phone.mobile"), ("address", "address.full"), ("street", "address.street"), ("street", "address.streetName"), ("house_number", "address.buildingNumber"),
        ("postcode", "address.postcode"), ("city", "address.city"), ("latitude", "address.latitude"), ("longitude", "address.longitude"), ("geo", "address.coordinates"),
        ("national_id", "person.nationalId"), ("social_security", "person.nationalId"), ("tax_id", "company.vatId"), ("vehicle_plate", "vehicle.licensePlate"), ("vin", "vehicle.vin"),
        ("iban", "finance.iban"), ("bank_account", "finance.accountNumber"), ("card", "finance.cardNumber"), ("card_expiry", "finance.cardExpiry"), ("card_code", "finance.cardCvv"), ("wallet", "finance.ethereumAddress"),
        ("ip", "internet.ipv4"), ("ip", "internet.ipv6"), ("mac", "internet.mac"), ("user_agent", "internet.userAgent"), ("url", "internet.avatarUrl"), ("birth_date", "person.birthDate"), ("age", "person.age"), ("birth_place", "address.city"),
        ("gender", "person.gender"), ("nationality", "person.nationality"), ("marital_status", "person.maritalStatus"), ("job_title", "person.jobTitle"), ("employer", "company.name"), ("education", "person.education"),
        ("password", "internet.passwordHash"), ("secret", "internet.apiKey"), ("cookie", "internet.sessionId"), ("device_id", "phone.imei"), ("country", "address.country"), ("region", "address.region"), ("health", "person.bloodType"),
        ("free_text", "person.bio"),
    ];

    /// <summary>The first one for a kind.</summary>
    public static string? For(string kind) => Array.Find(All, one => one.Kind == kind).Generator;

    /// <summary>The kind that a generator makes; null: nothing personal.</summary>
    public static string? KindOf(string generator) => Array.Find(All, one => one.Generator == generator).Kind is { } kind && kind is not ("country" or "region" or "employer" or "tax_id") ? kind : null;

    /// <summary>The kind that a column seems to hold, by its name and by what its values say; null: none.</summary>
    public static string? Find(string entity, FieldDefinition field, IReadOnlyList<string> texts)
    {
        var byName = GeneratorProposals.For(entity, field.Name, field.Type, field.MaxLength)[0];
        if (byName.Confidence >= 0.7 && KindOf(byName.Generator) is { } named)
            return named;
        if (field.Type is not (FieldType.String or FieldType.Json) || texts.Count == 0)
            return null;
        var found = new List<TextFinding>();
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var (hits, whole) = (0, 0);
        foreach (var text in texts)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            TextFinder.Default.Find(bytes, found);
            if (found.Count == 0)
                continue;
            hits++;
            whole += found[0].Length * 10 >= bytes.Length * 8 ? 1 : 0;
            kinds[found[0].Kind.Name] = kinds.GetValueOrDefault(found[0].Kind.Name) + 1;
        }

        // One text in fifty that names somebody is enough for a column not to be copied from.
        return hits < 2 || hits * 50 < texts.Count ? null : whole * 2 > texts.Count ? kinds.MaxBy(kind => kind.Value).Key : "free_text";
    }
}
