using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>The rules that a document says itself.</summary>
[Trait("Requirement", "D5")]
public sealed class DerivedRulesTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Samples() => [.. Directory.EnumerateFiles(Repository.PathOf("samples"), "*.schema.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void From_GeneratedRows_KeepAllOfThem(string sample)
    {
        var read = SchemaReader.Read(File.ReadAllBytes(Repository.PathOf(Path.Combine("samples", sample)))).Document!;
        var document = read with { Entities = [.. read.Entities.Select(entity => entity with { Rows = entity.Rows is { } rows ? Math.Min(rows, entity.Scale == false ? rows : 300) : null })] };
        var plan = GenerationPlan.Compile(document, new() { AsOf = AsOf }).Plan;
        if (plan is null)
        {
            // Too few rows for what it says of them.
            document = read;
            plan = GenerationPlan.Compile(document, new() { AsOf = AsOf }).Plan!;
            Assert.True(plan.Entities.Sum(entity => entity.Rows) < 100_000, $"{sample} is too large to be generated whole");
        }

        var rules = DerivedRules.From(document);
        var source = new PlanSource(plan);
        var results = new RuleRun(document, source.Entities, rules, AsOf).Complete(source, null, TestContext.Current.CancellationToken).Rules;

        Assert.Empty(RuleValidator.Validate(document, rules));
        Assert.True(rules.Rules.Count >= document.Entities.Sum(entity => entity.Fields.Count), "fewer rules than fields");
        Assert.Equal(rules.Rules.Count, results.Count);
        Assert.Empty(results.Where(result => !result.Holds).Select(result => $"{result.Rule.Name}: {result.NotChecked ?? $"{result.Failing} of {result.Evaluated} fail, {result.Observed} {(result.Rows.Count > 0 ? result.Rows[0] : null)}"}"));
    }

    [Fact]
    public void From_OneOfEach_SaysThemInWords()
    {
        var rules = DerivedRules.From(Shop()).Rules.ToDictionary(rule => rule.Name, StringComparer.Ordinal);

        Assert.Equal(("unique", RuleKind.Consistency), (rules["customer.id occurs once"].Check, rules["customer.id occurs once"].Kind));
        Assert.Equal("not_null", rules["customer.id is always filled in"].Check);
        Assert.Equal("""["bronze", "gold"]""", rules["customer.tier is bronze or gold"].Args["values"]!.Value.GetRawText());
        Assert.Equal("foreign_key_exists", rules["order.customer_id points to a row of customer"].Check);
        Assert.Equal("credit >= 0", rules["customer keeps credit_not_negative"].Args["condition"]!.Value.GetString());
        Assert.Equal(["credit"], rules["customer keeps credit_not_negative"].Columns);
        Assert.Equal("^(?:[A-Z]{2}[0-9]{4})$", rules["order.code matches [A-Z]{2}[0-9]{4}"].Args["pattern"]!.Value.GetString());
        Assert.True(rules["order.note is filled in in about 70 % of rows"] is { Threshold: > 0.5 and < 0.7, Severity: RuleSeverity.Warning });
        Assert.Equal("type", rules["customer.email is a text of at most 60 characters"].Check);
        Assert.Contains("customer.email is no real person's address", rules.Keys);
        Assert.All(rules.Values, rule => Assert.True(rule.Derived));
    }

    [Fact]
    public void Refresh_EditedAddedAndGone_KeepsWhatPeopleDid()
    {
        var document = Shop();
        var first = DerivedRules.From(document);
        var own = new QualityRule { Name = "ours", Kind = RuleKind.Business, Entity = "customer", Columns = ["credit"], Check = "mean_between" };
        var existing = first with
        {
            Rules = [own, .. first.Rules.Select(rule => rule.Name switch
            {
                "customer.tier is bronze or gold" => rule with { Derived = false, Threshold = 0.9 },
                "customer.email is an e-mail address" => rule with { Enabled = false, Severity = RuleSeverity.Info },
                _ => rule,
            })],
            LeastScore = 0.8,
        };
        var customer = document.Entities[0];
        var changed = document with
        {
            Constraints = [],
            Entities = [customer with { Fields = [.. customer.Fields.Select(field => field.Name == "credit" ? field with { Precision = 10, Scale = 3 } : field), new() { Name = "age", Type = FieldType.Integer, Generator = "number.integer" }] }, document.Entities[1]],
        };

        var result = DerivedRules.Refresh(existing, changed);

        Assert.Equal(own, result.Rules.Rules[0]);
        Assert.Equal(0.8, result.Rules.LeastScore);
        Assert.Equal(["customer keeps credit_not_negative"], result.Dropped.Select(rule => rule.Name));
        Assert.Equal(["customer.credit is a decimal with 3 digits after the point"], result.Changed.Select(rule => rule.Name));
        Assert.Equal(["customer.age is always filled in", "customer.age is an integer", "customer.age lies between 0 and 1000"], result.Added.Select(rule => rule.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0.9, Assert.Single(result.Rules.Rules, rule => rule.Check == "in_set").Threshold);
        Assert.True(result.Rules.Rules.Single(rule => rule.Check == "email") is { Enabled: false, Severity: RuleSeverity.Info, Derived: true });
        Assert.Empty(DerivedRules.Refresh(result.Rules, changed) is var again ? again.Added.Concat(again.Changed).Concat(again.Dropped) : []);
    }

    private static SchemaDocument Shop() => SchemaReader.Read("""
        { "name": "shop", "entities": [
          { "name": "customer", "rows": 50, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "email", "type": "string", "maxLength": 60, "generator": "internet.email" },
            { "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["bronze", "gold"] } },
            { "name": "credit", "type": "decimal", "generator": "number.decimal", "args": { "min": 0, "max": 10 } } ], "primaryKey": ["id"] },
          { "name": "order", "rows": 200, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "customer_id", "type": "integer" },
            { "name": "code", "type": "string", "generator": "pattern", "args": { "regex": "[A-Z]{2}[0-9]{4}" } },
            { "name": "note", "type": "string", "generator": "lorem.sentence", "nullPercent": 30 } ], "primaryKey": ["id"] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ],
          "constraints": [ { "name": "credit_not_negative", "entity": "customer", "check": "credit >= 0" } ] }
        """u8.ToArray()).Document!;
}
