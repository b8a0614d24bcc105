using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>What a column's name, its entity's name and its generator say.</summary>
internal static class ColumnNames
{
    private static readonly Dictionary<string, string> Generators = new(StringComparer.Ordinal)
    {
        ["person.firstName"] = "first_name", ["person.lastName"] = "last_name", ["person.fullName"] = "full_name", ["person.middleName"] = "middle_name", ["person.birthDate"] = "birth_date",
        ["person.nationalId"] = "national_id", ["internet.email"] = "email", ["internet.userName"] = "user_name", ["internet.passwordHash"] = "password", ["internet.password"] = "password",
        ["phone.mobile"] = "phone", ["phone.number"] = "phone", ["address.street"] = "street", ["address.full"] = "address", ["finance.iban"] = "iban", ["finance.cardNumber"] = "card",
        ["finance.accountNumber"] = "bank_account", ["internet.ipv4"] = "ip", ["internet.ipv6"] = "ip", ["internet.mac"] = "mac", ["vehicle.vin"] = "vin", ["vehicle.licensePlate"] = "vehicle_plate",
    };

    /// <summary>The surest that the names say; null: nothing.</summary>
    /// <param name="isPerson">Whether other columns of the entity tell of a person.</param>
    public static NameEvidence? Find(EntityDefinition entity, FieldDefinition field, bool isPerson)
    {
        var best = (NameEvidence?)null;
        foreach (var name in (string[])[field.Name, LegalNames.ToLegal(field.Column ?? field.Name)])
        {
            var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (field.Type == FieldType.String && words is ["name"] or ["names"] or ["nom"] or ["nombre"] or ["nome"] or ["naam"] or ["namn"] or ["navn"] && IsOfPeople(entity.Name))
                best = Surer(best, new("full_name", 0.75, $"it is the name in {entity.Name}"));
            foreach (var pattern in NamePatterns.All)
            {
                if (!pattern.Types.Contains(field.Type) && !(field.Type == FieldType.Json && pattern.Weight >= 0.8))
                    continue;
                var match = 0.0;
                foreach (var group in pattern.Groups)
                    match = Math.Max(match, Match(words, group));
                if (match > 0)
                    best = Surer(best, new(pattern.Kind, pattern.Weight * match * (pattern.OfPerson && !isPerson ? 0.5 : 1), $"the name says {Title(pattern.Kind)}"));
            }
        }

        if (field.Generator is { } generator && Generators.GetValueOrDefault(generator) is { } kind)
            best = Surer(best, new(kind, 0.8, $"its values are made by {generator}"));
        return best;
    }

    /// <summary>Whether rows of an entity are people by its name.</summary>
    public static bool IsOfPeople(string entity)
    {
        var words = LegalNames.ToLegal(entity).Split('_');
        return NamePatterns.People.Contains(words[^1]) || NamePatterns.People.Contains(words[^1].TrimEnd('s')) || (words[^1].EndsWith("es", StringComparison.Ordinal) && NamePatterns.People.Contains(words[^1][..^2]));
    }

    /// <summary>Whether a kind by itself tells of a person, so that a city beside it is somebody's.</summary>
    public static bool TellsOfPerson(string kind) => PersonalKinds.Find(kind) is { Category: PersonalCategory.Identity or PersonalCategory.GovernmentId } or { Name: "email" or "phone" or "street" or "address" or "birth_date" };

    private static string Title(string kind) => PersonalKinds.Find(kind)!.Title is { Length: > 1 } title && !char.IsUpper(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : PersonalKinds.Find(kind)!.Title;

    private static NameEvidence? Surer(NameEvidence? one, NameEvidence other) => one is null || other.Weight > one.Weight ? other : one;

    /// <summary>How surely the words end with, begin with or contain the group.</summary>
    private static double Match(string[] words, string[] group)
    {
        if (words.AsSpan().SequenceEqual(group))
            return 1;
        if (words.Length <= group.Length)
            return Joined(words, group);
        var last = words[^1].All(char.IsAsciiDigit) ? words[..^1] : words;
        if (NamePatterns.About.Contains(last[^1]) && !last.AsSpan().EndsWith(group))
            return 0;
        if (last.AsSpan().EndsWith(group))
        {
            // Short words at the end of others mean something else: company_cap, data_port.
            return group is [{ Length: <= 3 }] && last.Length > 1 && group[0] is not ("dob" or "ssn" or "zip" or "plz" or "tel" or "fax" or "lat" or "lng" or "lon" or "age" or "sex" or "vin" or "pwd" or "cpf" or "nif" or "dni" or "bsn") ? 0.5 : 0.97;
        }

        return last.AsSpan().StartsWith(group) ? group.Length > 1 || group[0].Length >= 5 ? 0.8 : 0.5 : 0;
    }

    /// <summary>Words run together: customeremail, kundentelefon.</summary>
    private static double Joined(string[] words, string[] group)
    {
        var whole = string.Concat(group);
        return whole.Length >= 5 && words[^1].Length >= whole.Length && words[^1].EndsWith(whole, StringComparison.Ordinal) ? words[^1].Length == whole.Length ? 0.97 : 0.8 : 0;
    }
}
