using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>Each construct of the schema document does what the document's description says, in plain words; contract-all has them all.</summary>
public sealed class ContractTests
{
    [Fact]
    [Trait("Requirement", "N9")]
    public void SeveralPersonsInARow_NamedByOf_AreOthersAndEachIsOnePerson()
    {
        var rows = Rows("""
            { "name": "buyer_first", "type": "string", "generator": "person.firstName" },
            { "name": "buyer_last", "type": "string", "generator": "person.lastName" },
            { "name": "buyer", "type": "string", "generator": "person.fullName" },
            { "name": "to_first", "type": "string", "generator": "person.firstName", "args": { "of": "recipient" } },
            { "name": "to_last", "type": "string", "generator": "person.lastName", "args": { "of": "recipient" } },
            { "name": "to", "type": "string", "generator": "person.fullName", "args": { "of": "recipient" } },
            { "name": "to_city", "type": "string", "generator": "address.city", "args": { "of": "recipient" } },
            { "name": "to_full", "type": "string", "generator": "address.full", "args": { "of": "recipient" } },
            { "name": "city", "type": "string", "generator": "address.city" }
            """);

        Assert.All(rows, row => Assert.Equal((row[2], row[5]), ($"{row[0]} {row[1]}", $"{row[3]} {row[4]}")));
        Assert.All(rows, row => Assert.Contains(row[6]!, row[7], StringComparison.Ordinal));
        Assert.True(rows.Count(row => row[2] == row[5]) < 5);
        Assert.True(rows.Count(row => row[6] == row[8]) < 60);
    }

    [Fact]
    [Trait("Requirement", "N5")]
    public void RelativeDates_WithALaterAsOf_MoveWithItAndNothingElseDoes()
    {
        const string fields = """
            { "name": "name", "type": "string", "generator": "person.fullName" },
            { "name": "placed", "type": "date", "generator": "date.between", "args": { "from": "now-2y", "to": "now" } },
            { "name": "due", "type": "date", "generator": "date.after", "args": { "of": "placed", "min": "1d", "max": "30d" } },
            { "name": "founded", "type": "date", "generator": "date.between", "args": { "from": "1990-01-01", "to": "1999-12-31" } }
            """;
        var before = Rows(fields);
        var after = Rows(fields, new() { AsOf = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero) });

        foreach (var (old, young) in before.Zip(after))
        {
            Assert.Equal((old[0], old[3]), (young[0], young[3]));
            Assert.InRange((Day(young[1]) - Day(old[1])).TotalDays, 180, 182);
            Assert.Equal(Day(old[2]) - Day(old[1]), Day(young[2]) - Day(young[1]));
            Assert.InRange(Day(young[1]), new DateTime(2024, 7, 1), new DateTime(2026, 7, 1));
        }
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void Arrays_OfEveryType_HaveAsManyElementsAsTheirBoundsSay()
    {
        var plan = Plan("""
            { "name": "tags", "type": "string", "generator": "lorem.word", "array": { "min": 0, "max": 3 } },
            { "name": "scores", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 6 }, "array": { "min": 2, "max": 2 } },
            { "name": "prices", "type": "decimal", "scale": 2, "generator": "number.decimal", "array": { "min": 1, "max": 4 }, "nullPercent": 20 },
            { "name": "days", "type": "date", "generator": "date.past", "array": { "min": 1, "max": 2 } }
            """);
        using var rows = JsonDocument.Parse(Plans.Bytes(plan, "t", RowFormat.Json));
        var all = rows.RootElement.EnumerateArray().ToList();

        Assert.Equal([0, 1, 2, 3], all.Select(row => row.GetProperty("tags").GetArrayLength()).Distinct().Order());
        Assert.All(all, row => Assert.Equal(2, row.GetProperty("scores").GetArrayLength()));
        Assert.All(all, row => Assert.All(row.GetProperty("scores").EnumerateArray(), score => Assert.InRange(score.GetInt32(), 1, 6)));
        Assert.InRange(all.Count(row => row.GetProperty("prices").ValueKind == JsonValueKind.Null), 20, 100);
        Assert.True(all.Select(row => row.GetProperty("scores")[0].GetInt32()).Zip(all.Select(row => row.GetProperty("scores")[1].GetInt32())).Count(pair => pair.First == pair.Second) < 120);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void When_NotTrue_LeavesTheFieldNullAlsoWhereTheConditionIsNull()
    {
        var rows = Rows("""
            { "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 10 }, "nullPercent": 30 },
            { "name": "x", "type": "string", "generator": "constant", "args": { "value": "there" }, "when": "n > 5" }
            """);

        Assert.All(rows, row => Assert.Equal(row[0] is not null && int.Parse(row[0]!, CultureInfo.InvariantCulture) > 5 ? "there" : null, row[1]));
        Assert.Contains(rows, row => row[0] is null);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void Junction_OfTwoRelationships_HasNoPairTwice()
    {
        var plan = ContractAll(new Dictionary<string, long> { ["assignment"] = 4000 });
        var rows = plan.Preview(plan.Entity("assignment"), 0, 4000).Cells;

        Assert.Equal(4000, rows.Select(row => (row[0], row[1], row[2])).Distinct().Count());
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void OneToOne_WhoseRelationshipFillsItsKey_HasEachParentOnceAtMost()
    {
        var plan = ContractAll();
        var (profiles, people) = (Plans.Column(plan, "profile", "person_id"), Plans.Column(plan, "person", "id"));

        Assert.Equal(600, profiles.Distinct().Count());
        Assert.Subset(people.ToHashSet(), profiles.ToHashSet());

        // Not simply the first six hundred.
        Assert.NotEqual(people.Take(600).ToHashSet(), profiles.ToHashSet());
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void Forest_OfAnEntityToItself_HasItsShareOfRootsAndNoCircle()
    {
        var plan = ContractAll(new Dictionary<string, long> { ["person"] = 5000 });
        var (ids, managers) = (Plans.Column(plan, "person", "id"), Plans.Column(plan, "person", "manager_id"));
        var rowOf = ids.Select((id, row) => (id, row)).ToDictionary(pair => pair.id!, pair => pair.row, StringComparer.Ordinal);

        Assert.Null(managers[0]);
        Assert.InRange(managers.Count(manager => manager is null), 60, 150);
        Assert.All(managers.Select((manager, row) => (manager, row)).Where(pair => pair.manager is not null), pair => Assert.True(rowOf[pair.manager!] < pair.row));
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void Cycle_ThroughANullableEdge_PointsToRowsOfItsOwn()
    {
        var plan = ContractAll();
        var sites = plan.Preview(plan.Entity("site"), 0, (int)plan.Entity("site").Rows).Cells.Select(row => (row[0], row[1])).ToHashSet();
        var tenants = plan.Preview(plan.Entity("tenant"), 0, 20).Cells;

        Assert.All(tenants.Where(tenant => tenant[3] is not null), tenant => Assert.Contains((tenant[0], tenant[3]), sites));
        Assert.Contains(tenants, tenant => tenant[3] is null);
        Assert.Contains(tenants, tenant => tenant[3] is not null);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public void SequenceWithin_ARelationship_CountsFromOneInEachParent()
    {
        var plan = ContractAll();
        var families = plan.Preview(plan.Entity("site"), 0, (int)plan.Entity("site").Rows).Cells.GroupBy(row => row[0], row => int.Parse(row[1]!, CultureInfo.InvariantCulture));

        Assert.All(families, family => Assert.Equal(Enumerable.Range(1, family.Count()), family.Order()));
    }

    [Fact]
    [Trait("Requirement", "G3")]
    public void Constraints_OfLengthBoundEnumAndPattern_HoldInEveryRow()
    {
        var rows = Rows("""
            { "name": "sku", "type": "string", "maxLength": 9, "generator": "pattern", "args": { "regex": "[A-Z]{3}-[0-9]{2,7}" } },
            { "name": "state", "type": "string", "generator": "choice", "args": { "values": ["new", "paid", "sent"] } },
            { "name": "price", "type": "decimal", "scale": 2, "generator": "number.normal", "args": { "mean": 20, "stdDev": 30 } }
            """, check: "price >= 5 and price < 50 and state in ('new', 'paid') and length(sku) <= 8");

        Assert.All(rows, row =>
        {
            Assert.Matches("^[A-Z]{3}-[0-9]{2,5}$", row[0]);
            Assert.Contains(row[1], new[] { "new", "paid" });
            Assert.InRange(decimal.Parse(row[2]!, CultureInfo.InvariantCulture), 5, 49.99m);
        });
    }

    [Fact]
    [Trait("Requirement", "T1")]
    public void AMillionRows_Written_AllocateNothingForEachRow()
    {
        var plan = Plans.Compile(Plans.Sample("customers-orders"));
        var orders = plan.Entity("order");
        plan.Write(orders, 0, 20_000, RowFormat.Csv, Stream.Null);

        var before = GC.GetAllocatedBytesForCurrentThread();
        plan.Write(orders, 0, 50_000, RowFormat.Csv, Stream.Null);
        var few = GC.GetAllocatedBytesForCurrentThread() - before;
        plan.Write(orders, 0, 1_000_000, RowFormat.Csv, Stream.Null);
        var many = GC.GetAllocatedBytesForCurrentThread() - before - few;

        // The buffers of a write; twenty times the rows need no more of them.
        Assert.InRange(many, 0, few + 1_000_000);
    }

    private static GenerationPlan ContractAll(Dictionary<string, long>? rows = null) => Plans.Compile(Plans.Sample("contract-all"), new() { Rows = rows ?? [] });

    private static GenerationPlan Plan(string fields, GenerationOptions? options = null, string? check = null) => Plans.Compile(Plans.Read(
        $$"""{ "name": "d", "entities": [ { "name": "t", "rows": 300, "fields": [ {{fields}} ] } ], "constraints": [ {{(check is null ? "" : $$"""{ "name": "c", "entity": "t", "check": "{{check}}" }""")}} ] }"""), options);

    private static IReadOnlyList<IReadOnlyList<string?>> Rows(string fields, GenerationOptions? options = null, string? check = null) =>
        Plan(fields, options, check) is var plan ? plan.Preview(plan.Entity("t"), 0, 300).Cells : [];

    private static DateTime Day(string? text) => DateTime.Parse(text!, CultureInfo.InvariantCulture);
}
