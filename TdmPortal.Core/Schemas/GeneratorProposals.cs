using System.Text.Json;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Schemas;

/// <summary>Proposes generators from a field's name, type and, where there are some, sample values.</summary>
public static class GeneratorProposals
{
    /// <summary>Up to three proposals, best first; never empty, every one valid for the type.</summary>
    public static IReadOnlyList<ProposedGenerator> For(string entity, string field, FieldType type, int? maxLength = null, IReadOnlyList<string?>? samples = null)
    {
        var proposals = new List<ProposedGenerator>();
        proposals.AddRange(ByName(entity, field, type, maxLength));
        if (samples is not null)
        {
            foreach (var bySample in SampleRules.For(field, type, samples))
                Add(proposals, bySample);
        }

        proposals.RemoveAll(proposal => GeneratorCatalogue.Find(proposal.Generator)?.Types.Contains(type) != true);
        foreach (var fallback in Fallbacks.For(field, type, maxLength))
        {
            if (proposals.TrueForAll(proposal => proposal.Generator != fallback.Generator))
                proposals.Add(fallback);
        }

        return [.. proposals.OrderByDescending(proposal => proposal.Confidence).Take(3)];
    }

    /// <summary>Name and samples that agree are one proposal, surer than each.</summary>
    private static void Add(List<ProposedGenerator> proposals, ProposedGenerator bySample)
    {
        var same = proposals.FindIndex(proposal => proposal.Generator == bySample.Generator);
        if (same < 0)
        {
            proposals.Add(bySample);
            return;
        }

        var byName = proposals[same];
        proposals[same] = new(byName.Generator, bySample.Args.Count > 0 ? bySample.Args : byName.Args, $"{byName.Reason}, and {bySample.Reason}",
            1 - ((1 - byName.Confidence) * (1 - bySample.Confidence)));
    }

    private static IEnumerable<ProposedGenerator> ByName(string entity, string field, FieldType type, int? maxLength)
    {
        var words = LegalNames.ToLegal(field).Split('_');
        var found = new List<ProposedGenerator>();
        if (words is ["name"] or ["bezeichnung"] or ["nom"] or ["title"])
            found.Add(OfEntity(LegalNames.ToLegal(entity).Split('_')));
        foreach (var rule in NameRules.All)
        {
            var best = 0.0;
            foreach (var group in rule.Groups)
                best = Math.Max(best, Match(words, group));
            var definition = best == 0 ? null : GeneratorCatalogue.Find(rule.Generator);
            if (definition is null || !definition.Types.Contains(type) || found.Exists(proposal => proposal.Generator == rule.Generator) || (rule.Generator == "choice" && type != FieldType.String))
                continue;
            // A generator that fits a type by the way (a date as text) is less sure than where it is at home.
            var home = definition.Types[0] == type ? 0 : 0.05;
            if (Fits(rule, maxLength))
                found.Add(new(rule.Generator, Read(rule.Args), $"the name says {rule.Means}", best - home));
        }

        return found.OrderByDescending(proposal => proposal.Confidence).Take(3);
    }

    private static bool Fits(NameRule rule, int? maxLength) => maxLength is null || rule.Generator switch
    {
        "internet.email" => maxLength >= 12,
        "uuid" => maxLength >= 32,
        "finance.iban" => maxLength >= 22,
        "address.country" or "address.region" => maxLength > 3,
        "lorem.paragraph" => maxLength > 60,
        _ => true,
    };

    /// <summary>How surely the words end with, begin with or contain the group.</summary>
    private static double Match(string[] words, string[] group)
    {
        if (words.AsSpan().SequenceEqual(group))
            return 0.92;
        if (words.Length > group.Length)
        {
            if (words.AsSpan(words.Length - group.Length).SequenceEqual(group))
                return 0.84 + (0.02 * (group.Length - 1));
            // A trailing number or a unit does not change what a name says: phone_2, address_home.
            if (words.AsSpan(0, group.Length).SequenceEqual(group) && words.Length == group.Length + 1 && (words[^1].All(char.IsAsciiDigit) || group.Length > 1))
                return 0.8;
        }

        // Words run together: customeremail, geburtsdatumkunde.
        return group is [{ Length: >= 5 } only] && words[^1].Length > only.Length && words[^1].EndsWith(only, StringComparison.Ordinal) ? 0.7 : 0;
    }

    private static ProposedGenerator OfEntity(string[] entity)
    {
        var (generator, means) = Array.Find(Named, one => entity.Any(word => one.Words.Contains(word, StringComparer.Ordinal) || one.Words.Contains(word.TrimEnd('s'), StringComparer.Ordinal))) is { Generator: not null } known
            ? (known.Generator, known.Means) : ("lorem.words", "something without a meaning that is known");
        var args = generator == "lorem.words" ? Read("""{"count":2}""") : ArgumentValues.Empty;
        return new(generator, args, $"it is the name of {means}", generator == "lorem.words" ? 0.45 : 0.88);
    }

    private static readonly (string Generator, string Means, string[] Words)[] Named =
    [
        ("commerce.productName", "a product", ["product", "article", "item", "artikel", "produkt", "produit", "producto"]),
        ("company.name", "a company", ["company", "supplier", "vendor", "firm", "firma", "lieferant", "organization", "organisation", "merchant", "client", "tenant", "store", "shop"]),
        ("person.fullName", "a person", ["person", "user", "employee", "customer", "contact", "member", "student", "teacher", "patient", "kunde", "mitarbeiter", "benutzer", "author", "artist", "driver", "guest", "player"]),
        ("commerce.category", "a category", ["category", "kategorie", "categorie", "categoria", "genre", "group"]),
        ("company.department", "a department", ["department", "abteilung"]),
        ("address.city", "a city", ["city", "town", "stadt", "ort"]),
        ("address.anyCountry", "a country", ["country", "land", "pays", "nation"]),
        ("project.name", "a project", ["project", "projekt", "projet"]),
        ("commerce.brand", "a brand", ["brand", "marke"]),
        ("person.jobTitle", "a job", ["job", "role", "position"]),
        ("commerce.color", "a colour", ["color", "colour", "farbe"]),
    ];

    internal static ArgumentValues Read(string? json)
    {
        if (json is null)
            return ArgumentValues.Empty;
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.EnumerateObject().Select(argument => KeyValuePair.Create(argument.Name, argument.Value.Clone())));
    }
}
