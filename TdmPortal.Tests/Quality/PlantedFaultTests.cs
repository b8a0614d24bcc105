using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Quality.Checks;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>A fault that is planted in good rows is found and named, and no other rule fires.</summary>
[Trait("Requirement", "D5")]
public sealed class PlantedFaultTests
{
    private static readonly SchemaDocument Document = SchemaReader.Read("""
        { "name": "shop", "entities": [
          { "name": "customer", "rows": 200, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "name", "type": "string", "generator": "person.fullName" },
            { "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["bronze", "gold"] } },
            { "name": "credit", "type": "decimal", "generator": "number.decimal", "args": { "min": 0, "max": 1000 } },
            { "name": "orders", "type": "integer", "generator": "expression", "args": { "value": "count(order_customer)" } },
            { "name": "spent", "type": "decimal", "generator": "expression", "args": { "value": "coalesce(sum(order_customer, amount), 0)" } } ], "primaryKey": ["id"] },
          { "name": "order", "rows": 1000, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "customer_id", "type": "integer" },
            { "name": "code", "type": "string", "generator": "pattern", "args": { "regex": "[A-Z]{2}[0-9]{4}" } },
            { "name": "amount", "type": "decimal", "generator": "number.decimal", "args": { "min": 1, "max": 100 } },
            { "name": "ordered_on", "type": "date", "generator": "date.between", "args": { "from": "2024-01-01", "to": "2025-12-31" } },
            { "name": "shipped_on", "type": "date", "generator": "date.after", "args": { "of": "ordered_on", "min": "1d", "max": "9d" }, "nullPercent": 20 },
            { "name": "note", "type": "string", "generator": "lorem.sentence" } ], "primaryKey": ["id"] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ],
          "constraints": [ { "name": "credit_not_negative", "entity": "customer", "check": "credit >= 0" } ] }
        """u8.ToArray()).Document!;

    private static QualityRules Rules { get; } = DerivedRules.From(Document) is var derived ? derived with
    {
        Rules =
        [
            .. derived.Rules,
            Rule("credit is about 500 on average", "customer", "credit", "mean_between", "{'min':440,'max':560}"),
            Rule("spent adds up", "customer", "spent", "sum_equals", "{'relationship':'order_customer','value':'amount'}"),
            Rule("ships after the order", "order", "ordered_on,shipped_on", "ordered_columns", "{'strict':true}"),
            Rule("notes are nobody's", "order", "note", "no_personal_data", ""),
            Rule("gold ones exist", "customer", "tier", "contains_set", "{'values':['gold']}"),
        ],
        Scenarios = [new() { Name = "gold with orders", Entity = "customer", Condition = "tier = 'gold' and count(order_customer) > 0", AtLeast = 10 }],
    } : QualityRules.None;

    /// <summary>Entity, column and row that are changed, to what, and the rule that says so.</summary>
    public static TheoryData<string, string, long, string?, string> Faults() => new()
    {
        { "order", "customer_id", 5, "999999", "order.customer_id points to a row of customer" },
        { "customer", "name", 3, null, "customer.name is always filled in" },
        { "order", "code", 2, "ab12", "order.code matches [A-Z]{2}[0-9]{4}" },
        { "order", "shipped_on", 4, "2023-12-31", "ships after the order" },
        { "order", "note", 6, "write to jo.doe@gmail.com", "notes are nobody's" },
        { "customer", "tier", 7, "iron", "customer.tier is bronze or gold" },
        { "customer", "spent", 8, "0.01", "spent adds up" },
        { "customer", "credit", 9, "1000.01", "customer.credit lies between 0 and 1000" },
    };

    [Fact]
    public void Check_GoodRows_NothingFires() => Assert.Empty(Failing((_, _, _, value) => value));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_CellChanged_OneRuleNamesItsRow(string entity, string column, long row, string? text, string rule)
    {
        // The sum over children notices an order that moves away; it is left out where the key is broken.
        var failing = Failing((of, name, number, value) => of == entity && name == column && number == row ? text : value, without: column == "customer_id" ? "spent adds up" : null);

        var result = Assert.Single(failing);
        Assert.Equal((rule, 1), (result.Rule.Name, result.Failing));
        Assert.Equal((row, (row + 1).ToString(CultureInfo.InvariantCulture)), (result.Rows[0].Row, result.Rows[0].Key));
    }

    [Fact]
    public void Check_RowDuplicated_KeyNamesIt()
    {
        // Row 13 is row 12 once more. What its parent adds up is not looked at: the order that stood there is gone.
        var plan = GenerationPlan.Compile(Document, new() { AsOf = CheckedRows.AsOf }).Plan!;
        var order = plan.Preview(plan.Entity("order"), 12, 1);
        var failing = Failing((entity, column, row, value) => entity == "order" && row == 13 ? order.Cells[0][order.Columns.ToList().FindIndex(one => one.Name == column)] : value, without: "spent adds up");

        var result = Assert.Single(failing);
        Assert.Equal(("order.id occurs once", 1, 13), (result.Rule.Name, result.Failing, result.Rows[0].Row));
    }

    [Fact]
    public void Check_MeanShifted_ItsRuleSaysTheMean()
    {
        var result = Assert.Single(Failing((entity, column, _, value) => column == "credit" ? (decimal.Parse(value!, CultureInfo.InvariantCulture) / 2).ToString("0.00", CultureInfo.InvariantCulture) : value));

        Assert.Equal("credit is about 500 on average", result.Rule.Name);
        Assert.StartsWith("mean 2", result.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_FewKeysAtOnceAndOthersThreads_GivesTheSame()
    {
        var rules = Rules with
        {
            Rules =
            [
                .. Rules.Rules,
                Rule("amounts differ", "order", "amount", "unique", ""), Rule("pairs differ", "order", "customer_id,ordered_on", "unique_together", ""),
                Rule("customer decides", "order", "customer_id,ordered_on", "functional_dependency", ""), Rule("many amounts", "order", "amount", "distinct_count_between", "{'max':5}"),
                Rule("gold pays", "order", "amount", "expression", "{'condition':'amount > 50 or parent(order_customer).tier = \\u0027gold\\u0027'}"),
                Rule("median", "order", "amount", "median_between", "{'max':1}"), Rule("gold alone", "order", "amount", "between", "{'max':50}") with { Where = "parent(order_customer).tier = 'gold'" },
                Rule("later", "order", "ordered_on", "increasing", ""), Rule("spread", "order", "amount", "stdev_between", "{'max':1}"), Rule("rows", "order", "", "row_count_equals_entity", "{'to':'customer'}"),
            ],
        };
        var plan = GenerationPlan.Compile(Document, new() { AsOf = CheckedRows.AsOf, Rows = new Dictionary<string, long>(StringComparer.Ordinal) { ["order"] = 100_000, ["customer"] = 6_000 } }).Plan!;
        var source = new FaultySource(new PlanSource(plan), (entity, column, row, value) => column == "customer_id" && row % 1000 == 7 ? "-1" : value, column: "customer_id");

        var alone = Told(new RuleRun(Document, source.Entities, rules, CheckedRows.AsOf), source, threads: 0);
        var threads = Told(new RuleRun(Document, source.Entities, rules, CheckedRows.AsOf), source, threads: 3);
        var parts = Told(new RuleRun(Document, source.Entities, rules, CheckedRows.AsOf) { MostKeys = 5_000 }, source, threads: 0);

        Assert.Contains(alone, text => text.StartsWith("gold pays: ", StringComparison.Ordinal) && !text.Contains(" 0 of", StringComparison.Ordinal));
        Assert.Contains(alone, text => text.StartsWith("order.customer_id points to a row of customer: 100 of 100000", StringComparison.Ordinal));
        Assert.Equal(alone, threads);
        Assert.Equal(alone, parts);
    }

    [Fact]
    public void Complete_RulesThatCannotBeLookedAt_SayWhyAndLeaveTheOthersAlone()
    {
        QualityRule[] rules =
        [
            Rule("gone", "customer", "nothing", "not_null", ""),
            Rule("divides", "customer", "", "expression", "{'condition':'100 / (id - 3) >= 0 or id > 0'}"),
            Rule("fine", "customer", "id", "not_null", ""),
            Rule("off", "customer", "name", "null", "") with { Enabled = false },
        ];
        var plan = GenerationPlan.Compile(Document, new() { AsOf = CheckedRows.AsOf }).Plan!;
        var source = new PlanSource(plan);

        var results = new RuleRun(Document, source.Entities, new() { Rules = rules }, CheckedRows.AsOf).Complete(source, null, TestContext.Current.CancellationToken).Rules;

        Assert.Equal(["customer has no field \"nothing\".", "division by zero in row 2", null], results.Select(result => result.NotChecked));
        Assert.Equal([false, false, true], results.Select(result => result.Holds));
    }

    private static List<string> Told(RuleRun run, RowSource source, int threads)
    {
        foreach (var entity in source.Entities.Where(entity => threads > 0 && run.PassOf(entity.Name) is not null))
            RowPasses.Run(source, entity, [run.PassOf(entity.Name)!], threads, null, TestContext.Current.CancellationToken);
        var (rules, scenarios) = run.Complete(source, null, TestContext.Current.CancellationToken);
        return [.. rules.Select(result => $"{result.Rule.Name}: {result.Failing} of {result.Evaluated} {result.Observed} {result.NotChecked} {string.Join(';', result.Rows.Select(row => $"{row.Row} {row.Key} {string.Join(',', row.Values)}"))}"), .. scenarios.Select(result => $"{result.Scenario.Name}: {result.Count} {string.Join(';', result.Rows.Select(row => row.Key))}")];
    }

    private static List<RuleResult> Failing(Func<string, string, long, string?, string?> faults, string? without = null)
    {
        var plan = GenerationPlan.Compile(Document, new() { AsOf = CheckedRows.AsOf }).Plan!;
        var source = new FaultySource(new PlanSource(plan), faults);
        var (results, scenarios) = new RuleRun(Document, source.Entities, Rules, CheckedRows.AsOf).Complete(source, null, TestContext.Current.CancellationToken);
        Assert.All(scenarios, scenario => Assert.True(scenario.Holds, $"{scenario.Count} {scenario.NotChecked}"));
        return [.. results.Where(result => !result.Holds && result.Rule.Name != without)];
    }

    private static QualityRule Rule(string name, string entity, string columns, string check, string args) => new()
    {
        Name = name, Kind = RuleKind.Business, Entity = entity, Columns = columns.Split(',', StringSplitOptions.RemoveEmptyEntries), Check = check, Args = CheckedRows.Args(args),
    };
}
