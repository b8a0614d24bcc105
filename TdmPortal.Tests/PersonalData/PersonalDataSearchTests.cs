using System.Globalization;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.PersonalData;

[Trait("Requirement", "D3")]
public sealed class PersonalDataSearchTests
{
    /// <summary>Columns of the samples that hold personal data; all others hold none.</summary>
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["chinook"] = "employee: phone fax email first_name last_name birth_date city address postal_code state; customer: phone fax email first_name last_name city address postal_code state; track: composer; invoice: billing_city billing_address billing_postal_code billing_state",
        ["customers-orders"] = "customer: phone email first_name last_name street birth_date city",
        ["document"] = "author: full_name email",
        ["event"] = "session: ip",
        ["log"] = "request: client_ip",
        ["metric"] = "host: ip",
        ["organization"] = "office: phone street city postcode latitude longitude region; employee: phone email first_name last_name birth_date salary gender job_title",
        ["project"] = "member: full_name email",
        ["test-case"] = "tester: full_name email",
        ["user"] = "app_user: phone display_name email first_name last_name birth_date password_hash user_name; address: street city postcode latitude longitude region; sign_in: ip",
        ["web-shop"] = "customer: phone email first_name last_name street birth_date city postcode region; order: ship_to_street ship_to_city ship_to_postcode; payment: iban",
        ["workflow"] = "app_user: full_name email user_name",
    };

    public static TheoryData<string> SampleNames => [.. Samples.Keys];

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Find_ASample_FindsWhatIsPersonalAndNothingElse(string sample)
    {
        var document = SchemaReader.Read(File.ReadAllBytes(Repository.PathOf("samples", $"{sample}.schema.json"))).Document!;
        var plan = Plan(document);
        var found = PersonalDataSearch.Find(new PlanSource(plan), Bare(document));
        var expected = Samples[sample].Split("; ").SelectMany(entity => entity[(entity.IndexOf(':', StringComparison.Ordinal) + 2)..].Split(' ').Select(field => $"{entity[..entity.IndexOf(':', StringComparison.Ordinal)]}.{field}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Where(finding => finding.Confidence >= PersonalFinding.Counts).Select(finding => $"{finding.Entity}.{finding.Field}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    [InlineData("es")]
    [InlineData("it")]
    [InlineData("nl")]
    [InlineData("pt_BR")]
    [InlineData("pl")]
    [InlineData("sv")]
    [InlineData("ru")]
    public void Find_ColumnsWhoseNamesSayNothing_AreFoundByTheirValues(string locale)
    {
        var document = Read($$"""
            { "name": "d", "locale": "{{locale}}", "entities": [ { "name": "t1", "rows": 600, "fields": [
                { "name": "c1", "type": "string", "generator": "person.firstName" }, { "name": "c2", "type": "string", "generator": "person.lastName" }, { "name": "c3", "type": "string", "generator": "person.fullName" },
                { "name": "c4", "type": "string", "generator": "internet.email" }, { "name": "c5", "type": "string", "generator": "finance.iban", "args": { "country": "DE" } }, { "name": "c6", "type": "string", "generator": "internet.ipv4" },
                { "name": "c7", "type": "string", "generator": "person.nationalId", "args": { "country": "BR" } }, { "name": "c8", "type": "string", "generator": "internet.mac" },
                { "name": "d1", "type": "string", "generator": "commerce.productName" }, { "name": "d2", "type": "string", "generator": "lorem.sentence" }, { "name": "d3", "type": "uuid", "generator": "uuid" },
                { "name": "d4", "type": "integer", "generator": "number.integer", "args": { "min": 1000000, "max": 999999999 } }, { "name": "d5", "type": "string", "generator": "commerce.category" } ] } ] }
            """);
        var found = PersonalDataSearch.Find(new PlanSource(Plan(document)), Bare(document)).Where(finding => finding.Confidence >= PersonalFinding.Counts).ToDictionary(finding => finding.Field, finding => finding.Kind);
        Assert.Equal("c1=first_name c2=last_name c3=full_name c4=email c5=iban c6=ip c7=tax_id c8=mac", string.Join(' ', found.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")));
    }

    [Theory]
    [InlineData("US")]
    [InlineData("GB")]
    [InlineData("AU")]
    [InlineData("CA")]
    [InlineData("DE")]
    [InlineData("FR")]
    [InlineData("ES")]
    [InlineData("NL")]
    [InlineData("BE")]
    [InlineData("PL")]
    [InlineData("SE")]
    [InlineData("FI")]
    [InlineData("BR")]
    [InlineData("CH")]
    [InlineData("TR")]
    [InlineData("PT")]
    public void Find_NationalNumbers_AreFoundByTheirCheckDigits(string country)
    {
        // Those of the US and GB come from parts that are never given out, which the check refuses rightly: only the name tells.
        var name = country is "US" ? "ssn" : country is "GB" ? "nino" : "c1";
        var document = Read($$"""{ "name": "d", "entities": [ { "name": "t1", "rows": 300, "fields": [ { "name": "{{name}}", "type": "string", "generator": "person.nationalId", "args": { "country": "{{country}}" } } ] } ] }""");
        var finding = Assert.Single(PersonalDataSearch.Find(new PlanSource(Plan(document)), Bare(document)), finding => finding.Confidence >= PersonalFinding.Counts);
        Assert.Contains(finding.Kind, (string[])["national_id", "social_security", "tax_id"]);
    }

    [Theory]
    [InlineData("customer", "vorname", "first_name")]
    [InlineData("kunde", "geburtsdatum", "birth_date")]
    [InlineData("client", "nom_de_famille", "last_name")]
    [InlineData("cliente", "fecha_nacimiento", "birth_date")]
    [InlineData("utente", "codice_fiscale", "tax_id")]
    [InlineData("pessoa", "cpf", "tax_id")]
    [InlineData("klant", "achternaam", "last_name")]
    [InlineData("pracownik", "nazwisko", "last_name")]
    [InlineData("customer", "name", "full_name")]
    [InlineData("orders", "customer_email", "email")]
    [InlineData("t", "kundentelefonnummer", "phone")]
    [InlineData("employee", "religion", "religion")]
    [InlineData("patient", "diagnosis", "health")]
    [InlineData("account", "passwd_hash", "password")]
    [InlineData("product", "name", null)]
    [InlineData("product", "email_template", null)]
    [InlineData("customer", "email_verified", null)]
    [InlineData("customer", "phone_type", null)]
    [InlineData("airport", "city", null)]
    [InlineData("order", "state", null)]
    [InlineData("page", "title", null)]
    [InlineData("server", "host_name", null)]
    [InlineData("image", "message_id", null)]
    [InlineData("stage", "language", null)]
    public void FindByNames_AName_SaysWhatItSays(string entity, string field, string? kind)
    {
        var type = kind == "birth_date" ? FieldType.Date : FieldType.String;
        var document = new SchemaDocument { Name = "d", Entities = [new() { Name = entity, Fields = [new() { Name = field, Type = type }] }] };
        Assert.Equal(kind, PersonalDataSearch.FindByNames(document).FirstOrDefault(finding => finding.Confidence >= PersonalFinding.Counts)?.Kind);
    }

    [Fact]
    public void FindByNames_WhatTheDocumentSays_IsTaken()
    {
        var document = new SchemaDocument { Name = "d", Entities = [new() { Name = "t", Fields = [new() { Name = "email", Type = FieldType.String, Personal = "none" }, new() { Name = "x", Type = FieldType.String, Personal = "health" }] }] };
        var finding = Assert.Single(PersonalDataSearch.FindByNames(document));
        Assert.Equal(("x", "health", 1.0), (finding.Field, finding.Kind, finding.Confidence));
    }

    [Fact]
    public void FindByNames_AForeignKeyToAPersonalKey_IsPersonalToo()
    {
        var document = new SchemaDocument
        {
            Name = "d",
            Entities = [new() { Name = "account", Fields = [new() { Name = "email", Type = FieldType.String }], PrimaryKey = ["email"] }, new() { Name = "post", Fields = [new() { Name = "written_by", Type = FieldType.String }] }],
            Relationships = [new() { Name = "r", From = new("post", ["written_by"]), To = new("account", ["email"]) }],
        };
        Assert.Contains(PersonalDataSearch.FindByNames(document), finding => finding is { Entity: "post", Field: "written_by", Kind: "email" });
    }

    [Fact]
    public void Find_PersonalDataPlantedInFreeText_IsFound()
    {
        var notes = Enumerable.Range(0, 1500).Select(row => row switch
        {
            700 => "please call back, write to quentin.zweistein@nordlicht-versand.de instead",
            1100 => "paid with DE89 3704 0044 0532 0130 00 as always",
            _ => string.Create(CultureInfo.InvariantCulture, $"the parcel number {row} was left at the door and the bell did not ring"),
        });
        var finding = Assert.Single(Find("remark", FieldType.String, notes));
        Assert.Equal("free_text", finding.Kind);
        Assert.True(finding.Confidence >= PersonalFinding.Counts);
        Assert.Equal(["email", "iban"], finding.Others.Order());
    }

    [Fact]
    public void Find_ADocument_IsFoundWithItsPaths()
    {
        var documents = Enumerable.Range(0, 200).Select(row => string.Create(CultureInfo.InvariantCulture, $$"""{ "order": {{row}}, "buyer": { "contact": [ { "x": "anna{{row}}@nordlicht.de" } ], "vorname": "Anna" } }"""));
        var finding = Assert.Single(Find("payload", FieldType.Json, documents));
        Assert.Equal("free_text", finding.Kind);
        Assert.Equal(["email", "first_name"], finding.Others.Order());
        Assert.Contains("$.buyer.contact[].x", finding.Evidence[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Evidence_HoldsNoOriginal()
    {
        string[] originals = ["Zwetschgenbaum", "Quentin", "zweistein", "4929123456789012", "78123", "nordlicht-versand"];
        var rows = Enumerable.Range(0, 300).Select(row => row % 3 == 0 ? $"Herr Quentin Zwetschgenbaum, zweistein{row}@nordlicht-versand.de" : $"+49 30 78123 {row}, IBAN DE89 3704 0044 0532 0130 00").ToArray();
        var findings = Find("remark", FieldType.String, rows).Concat(Find("email", FieldType.String, rows.Where((_, row) => row % 3 == 0).Select(text => text[(text.LastIndexOf(' ') + 1)..]))).ToArray();
        Assert.Equal(2, findings.Length);
        Assert.All(findings, finding =>
        {
            Assert.NotEmpty(finding.Evidence.SelectMany(evidence => evidence.Samples));
            var text = string.Join('\n', finding.Evidence.Select(evidence => $"{evidence.Why} {string.Join(' ', evidence.Samples)}"));
            Assert.All(originals, original => Assert.DoesNotContain(original, text, StringComparison.OrdinalIgnoreCase));
        });
    }

    private static IReadOnlyList<PersonalFinding> Find(string field, FieldType type, IEnumerable<string> values)
    {
        var document = new SchemaDocument { Name = "d", Entities = [new() { Name = "t", Fields = [new() { Name = field, Type = type }] }] };
        return PersonalDataSearch.Find(new GivenSource("t", field, type, [.. values.Select(Encoding.UTF8.GetBytes)]), document);
    }

    private static SchemaDocument Read(string json) => SchemaReader.Read(Encoding.UTF8.GetBytes(json)).Document!;

    private static GenerationPlan Plan(SchemaDocument document) => GenerationPlan.Compile(document, new() { Rows = document.Entities.Where(entity => entity.Rows > 1000 && entity.Scale != false).ToDictionary(entity => entity.Name, _ => 1000L) }).Plan
        ?? GenerationPlan.Compile(document, new()).Plan!;

    /// <summary>Without the generators, which would tell.</summary>
    private static SchemaDocument Bare(SchemaDocument document) =>
        document with { Entities = [.. document.Entities.Select(entity => entity with { Fields = [.. entity.Fields.Select(field => field with { Generator = null })] })] };
}
