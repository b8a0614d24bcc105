using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>Scenarios that generation makes true.</summary>
public sealed class MadeScenarioTests
{
    private const string Schema = """
        { "name": "billing", "entities": [
            { "name": "customer", "rows": 400, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "name", "type": "string", "generator": "person.fullName" },
                { "name": "tier", "type": "string", "generator": "choice", "args": { "values": { "bronze": 997, "silver": 2, "gold": 1 } } },
                { "name": "credit", "type": "integer", "generator": "number.integer", "args": { "min": 0, "max": 100000 } },
                { "name": "since", "type": "date", "generator": "date.between", "args": { "from": "2020-01-01", "to": "2025-12-31" } } ] },
            { "name": "invoice", "rows": 2000, "primaryKey": ["id"], "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "customer_id", "type": "integer" },
                { "name": "status", "type": "string", "generator": "choice", "args": { "values": { "paid": 9990, "open": 9, "overdue": 1 } } },
                { "name": "paid_on", "type": "date", "generator": "date.between", "args": { "from": "2024-01-01", "to": "2025-12-31" }, "when": "status = 'paid'" },
                { "name": "total", "type": "decimal", "scale": 2, "generator": "number.decimal", "args": { "min": 5, "max": 1000 } } ] } ],
          "relationships": [ { "name": "invoice_customer", "from": { "entity": "invoice", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ],
          "constraints": [ { "name": "paid_is_dated", "entity": "invoice", "check": "total > 6" } ] }
        """;

    private static readonly SchemaDocument Document = SchemaReader.Read(Encoding.UTF8.GetBytes(Schema)).Document!;

    [Fact]
    [Trait("Requirement", "N16")]
    public void Scenario_OverAParentAndItsOwnRow_IsThereAsOftenAsAsked_AndChangesNoOtherRow()
    {
        var without = Compile();
        var with = Compile(new Scenario { Name = "gold customer with an overdue invoice", Entity = "invoice", Condition = "status = 'overdue' and total > 900 and parent(invoice_customer).tier = 'gold'", AtLeast = 20, Make = true });

        var (before, after) = (Rows(without, "invoice"), Rows(with, "invoice"));
        var (customersBefore, customers) = (Rows(without, "customer"), Rows(with, "customer"));
        var made = after.Where(row => row[2] == "overdue" && decimal.Parse(row[4]!, System.Globalization.CultureInfo.InvariantCulture) > 900 && customers[int.Parse(row[1]!, System.Globalization.CultureInfo.InvariantCulture) - 1][2] == "gold").ToList();
        Assert.InRange(made.Count, 20, 30);
        Assert.All(made, row => Assert.Null(row[3]));
        var changed = after.Where((row, place) => !row.SequenceEqual(before[place])).ToList();
        Assert.InRange(changed.Count, 15, 20);
        Assert.All(changed, row => Assert.Contains(row, made));
        // Name, id, credit and day stay as they were: only the tier was drawn again.
        Assert.All(customers.Zip(customersBefore), pair => Assert.Equal(pair.Second.Where((_, column) => column != 2), pair.First.Where((_, column) => column != 2)));
        Assert.InRange(customers.Where((row, place) => row[2] != customersBefore[place][2]).Count(), 1, 20);
        Assert.Empty(Rows(without, "invoice").Where(row => row[2] == "overdue" && customersBefore[int.Parse(row[1]!, System.Globalization.CultureInfo.InvariantCulture) - 1][2] == "gold"));
    }

    [Fact]
    [Trait("Requirement", "N16")]
    public void Scenario_OfAnyRange_GivesTheSameBytesAsTheWhole()
    {
        var plan = Compile(new Scenario { Name = "one", Entity = "customer", Condition = "tier = 'silver' and credit between 99000 and 99900", AtLeast = 7, Make = true });
        var entity = plan.Entity("customer");
        using var whole = new MemoryStream();
        plan.Write(entity, 0, entity.Rows, RowFormat.Csv, whole, 3);
        var lines = Encoding.UTF8.GetString(whole.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var parts = Enumerable.Range(0, 40).SelectMany(part =>
        {
            using var one = new MemoryStream();
            plan.Write(entity, part * 10, 10, RowFormat.Csv, one);
            return Encoding.UTF8.GetString(one.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        });
        Assert.Equal(lines.Skip(1), parts);
        Assert.True(Rows(plan, "customer").Count(row => row[2] == "silver" && int.Parse(row[3]!, System.Globalization.CultureInfo.InvariantCulture) is >= 99000 and <= 99900) >= 7);
    }

    [Fact]
    [Trait("Requirement", "N16")]
    public void Scenario_WithAPartThatCannotBeMade_IsMadeOfRowsInWhichThatHolds()
    {
        var plan = Compile(
            new Scenario { Name = "gold with many invoices", Entity = "customer", Condition = "tier = 'gold' and count(invoice_customer) >= 6", AtLeast = 10, Make = true },
            new Scenario { Name = "silver and rich", Entity = "customer", Condition = "tier = 'silver' and credit >= 99990", AtLeast = 5, Make = true });
        var invoices = Rows(plan, "invoice").GroupBy(row => row[1]).ToDictionary(group => group.Key!, group => group.Count(), StringComparer.Ordinal);
        var customers = Rows(plan, "customer");
        Assert.True(customers.Count(row => row[2] == "gold" && invoices.GetValueOrDefault(row[0]!) >= 6) >= 10);
        Assert.True(customers.Count(row => row[2] == "silver" && int.Parse(row[3]!, System.Globalization.CultureInfo.InvariantCulture) >= 99990) >= 5);
    }

    [Theory]
    [InlineData("tier = 'platinum'", 1, "cannot be made")]
    [InlineData("tier = 'gold'", 401, "401 rows of customer, which has 400")]
    [InlineData("tier = 'gold' and count(invoice_customer) > 1000", 1, "0 meet the part of its condition that generation cannot make")]
    [InlineData("tier = 'gold' and tier = 'silver'", 2, "cannot be made")]
    public void Scenario_ThatCannotBeMade_IsRefusedBeforeRowOne(string condition, long atLeast, string said)
    {
        var compiled = GenerationPlan.Compile(Document, new() { Scenarios = [new Scenario { Name = "impossible", Entity = "customer", Condition = condition, AtLeast = atLeast, Make = true }] });
        Assert.Null(compiled.Plan);
        var problem = Assert.Single(compiled.Problems);
        Assert.Equal(("scenarios[0]", "generation.scenario_unsatisfiable"), (problem.Path, problem.Code));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScenarioText_OfAnyScenario_ReadsAsItWasWritten()
    {
        var scenario = new Scenario { Name = "\"gold\" & 'süß'", Entity = "customer", Condition = "tier = 'gold' and credit > 5", AtLeast = 7, Make = true };
        Assert.Equal(scenario, ScenarioText.Read(ScenarioText.Write(scenario)));
        Assert.All(["", "[]", "{}", "{\"name\":\"x\",\"entity\":1,\"condition\":\"true\"}", ScenarioText.Write(scenario with { AtLeast = 0 })], text => Assert.Null(ScenarioText.Read(text)));
    }

    [Fact]
    public void Scenario_ThatIsOnlyLookedFor_ChangesNothing() =>
        Assert.Equal(Rows(Compile(), "customer"), Rows(Compile(new Scenario { Name = "gold", Entity = "customer", Condition = "tier = 'gold'", AtLeast = 100 }), "customer"));

    private static GenerationPlan Compile(params Scenario[] scenarios)
    {
        var compiled = GenerationPlan.Compile(Document, new() { Scenarios = scenarios });
        Assert.True(compiled.Plan is not null, string.Join('\n', compiled.Problems));
        return compiled.Plan;
    }

    private static IReadOnlyList<IReadOnlyList<string?>> Rows(GenerationPlan plan, string entity) => plan.Preview(plan.Entity(entity), 0, 5000).Cells;
}
