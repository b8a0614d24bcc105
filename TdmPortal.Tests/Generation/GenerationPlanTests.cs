using System.Globalization;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using Xunit;

namespace TdmPortal.Tests.Generation;

public sealed class GenerationPlanTests
{
    [Theory]
    [InlineData("customers-orders", "order")]
    [InlineData("chinook", "invoice")]
    [InlineData("contract-all", "assignment")]
    [Trait("Requirement", "N1")]
    public void Write_ThreadsAndRanges_GiveTheSameBytes(string sample, string entity)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = sample == "contract-all" ? 1 : 0.03 });
        var rows = plan.Entity(entity).Rows;
        foreach (var format in Enum.GetValues<RowFormat>())
            Assert.Equal(Plans.Bytes(plan, entity, format), Plans.Bytes(plan, entity, format, threads: 3));

        var whole = Plans.Text(plan, entity, RowFormat.Ndjson);
        var parts = new StringBuilder();
        long step = 7;
        for (long first = 0; first < rows; first += step, step = (step * 3) + 1)
            parts.Append(Plans.Text(plan, entity, RowFormat.Ndjson, first, Math.Min(step, rows - first)));
        Assert.Equal(whole, parts.ToString());
    }

    [Fact]
    [Trait("Requirement", "N1")]
    public void Preview_EndOfABillionRows_IsTheSameAsInTheFileAndAtOnce()
    {
        var plan = Plans.Compile(Plans.Read("""
            { "name": "big", "entities": [
              { "name": "customer", "rows": 1000000000, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "email", "type": "string", "generator": "pattern", "args": { "regex": "[a-z]{9}@example\\.com" }, "unique": true },
                { "name": "orders", "type": "integer", "generator": "expression", "args": { "value": "count(order_customer)" } },
                { "name": "spent", "type": "decimal", "generator": "expression", "args": { "value": "sum(order_customer, amount)" } } ],
                "primaryKey": ["id"] },
              { "name": "order", "rows": 3000000000, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "customer_id", "type": "integer" },
                { "name": "amount", "type": "decimal", "generator": "number.decimal", "args": { "min": 1, "max": 100 } } ],
                "primaryKey": ["id"] } ],
              "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] }, "distribution": { "kind": "uniform" } } ] }
            """));
        var customers = plan.Entity("customer");
        var rows = plan.Preview(customers, 999_999_990, 10);
        Assert.Equal("1000000000", rows.Cells[9][0]);
        for (var i = 0; i < 10; i++)
        {
            var children = plan.PreviewChildren("order_customer", 999_999_990 + i, 100);
            Assert.Equal(rows.Cells[i][2], children.Cells.Count.ToString(CultureInfo.InvariantCulture));
            Assert.All(children.Cells, child => Assert.Equal(rows.Cells[i][0], child[1]));
            Assert.Equal(rows.Cells[i][3] ?? "0", children.Cells.Sum(child => decimal.Parse(child[2]!, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(10, rows.Cells.Select(row => row[1]).Distinct().Count());
    }

    [Fact]
    [Trait("Requirement", "N9")]
    public void Compile_MoreRows_KeepsTheRowsThatWereThere()
    {
        var document = Plans.Sample("customers-orders");
        var few = Plans.Compile(document, new() { Rows = new Dictionary<string, long> { ["customer"] = 500, ["order"] = 1000 } });
        var many = Plans.Compile(document, new() { Rows = new Dictionary<string, long> { ["customer"] = 500, ["order"] = 5000 } });
        Assert.Equal(Plans.Text(few, "order", RowFormat.Ndjson), Plans.Text(many, "order", RowFormat.Ndjson, 0, 1000));
        var moreCustomers = Plans.Compile(document, new() { Rows = new Dictionary<string, long> { ["customer"] = 900, ["order"] = 1000 } });
        Assert.Equal(Plans.Text(few, "customer", RowFormat.Ndjson), Plans.Text(moreCustomers, "customer", RowFormat.Ndjson, 0, 500));
    }

    [Fact]
    public void Compile_OtherSeed_GivesOtherValues()
    {
        var document = Plans.Sample("customers-orders");
        Assert.NotEqual(Plans.Column(Plans.Compile(document), "customer", "email", 20), Plans.Column(Plans.Compile(document, new() { Seed = 2 }), "customer", "email", 20));
    }

    [Fact]
    public void Write_UniqueFields_NeverRepeat()
    {
        var plan = Plans.Compile(Plans.Sample("customers-orders"));
        var rows = plan.Preview(plan.Entity("customer"), 0, 200_000).Cells;
        foreach (var at in new[] { "email", "uuid" }.Select(name => plan.Entity("customer").Columns.ToList().FindIndex(column => column.Name == name)))
            Assert.Equal(200_000, rows.Select(row => row[at]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Write_NullPercent_IsMetWithinTolerance()
    {
        var notes = Plans.Column(Plans.Compile(Plans.Sample("customers-orders"), new() { Scale = 0.1 }), "order", "note");
        Assert.InRange(notes.Count(note => note is null) / (double)notes.Count, 0.29, 0.31);
    }

    [Fact]
    public void Write_Checks_HoldOnEveryRow()
    {
        var plan = Plans.Compile(Plans.Sample("contract-all"), new() { Rows = new Dictionary<string, long> { ["assignment"] = 5000, ["person"] = 3000 } });
        var rows = plan.Preview(plan.Entity("assignment"), 0, 5000).Cells;
        Assert.Contains(rows, row => row[6] is not null);
        Assert.All(rows, row => Assert.True(row[6] is null || string.CompareOrdinal(row[6], row[5]) >= 0));

        // A field that is drawn again has the same value alone, in a range and in the whole.
        Assert.Equal(rows[4321], plan.Preview(plan.Entity("assignment"), 4321, 1).Cells[0]);
    }

    [Fact]
    public void Compile_RowsForAPerParentChild_IsAnError()
    {
        var result = GenerationPlan.Compile(Plans.Sample("chinook"), new() { Rows = new Dictionary<string, long> { ["invoice_line"] = 10 } });
        Assert.Contains(result.Problems, problem => problem.Code == "generation.rows_per_parent");
    }

    [Fact]
    public void Compile_Scale_LeavesLookUpTablesAlone()
    {
        var plan = Plans.Compile(Plans.Sample("chinook"), new() { Scale = 10 });
        Assert.Equal(5, plan.Entity("media_type").Rows);
        Assert.Equal(412_000, plan.Entity("invoice").Rows);
        Assert.Equal(412_000L * 11 / 2, plan.Entity("invoice_line").Rows);
    }

    [Theory]
    [InlineData("category 250: tenant_id id=seq parent_id | tenant_id,id\ncategory_parent: category(tenant_id,parent_id) > category(tenant_id,id) root 10", "category.tenant_id is filled in a circle: category.tenant_id → category.tenant_id, so nothing gives it a value")]
    [InlineData("a 10: y=seq x | y | x\nb 10: z=seq x | z | x\na_b: a(x) > b(x) null 5\nb_a: b(x) > a(x) null 5", "a.x is computed from itself in a circle: a.x → b.x → a.x.")]
    public void Compile_KeyThatNothingBegins_IsRefused(string compact, string message)
    {
        var (plan, problems) = GenerationPlan.Compile(Plans.Read(CompactSchema.Json(compact)), new());

        Assert.Null(plan);
        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Cancelled_Stops()
    {
        var plan = Plans.Compile(Plans.Sample("customers-orders"));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => plan.Write(plan.Entity("order"), 0, 1_000_000, RowFormat.Csv, Stream.Null, 2, null, cancelled.Token));
    }

    [Fact]
    public void Write_RangeBeyondTheEnd_IsRefused()
    {
        var plan = Plans.Compile(Plans.Sample("contract-all"));
        Assert.Equal("generation.range", Assert.Throws<PortalException>(() => plan.Write(plan.Entity("country"), 3, 3, RowFormat.Csv, Stream.Null)).Code);
    }

    [Fact]
    public void Write_DivisionByZero_NamesTheField()
    {
        var plan = Plans.Compile(Plans.Read(One("""
            { "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 0, "max": 3 } },
            { "name": "m", "type": "integer", "generator": "expression", "args": { "value": "10 / n" } },
            { "name": "safe", "type": "integer", "generator": "expression", "args": { "value": "case when n = 0 then -1 else 10 / n end" } }
            """)));
        var failure = Assert.Throws<PortalException>(() => Plans.Text(plan, "t"));
        Assert.Equal("generation.expression_failed", failure.Code);
        Assert.Contains("t.m", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_CaseThatGuards_EvaluatesOnlyTheBranchThatIsTaken()
    {
        var plan = Plans.Compile(Plans.Read(One("""
            { "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 0, "max": 3 } },
            { "name": "safe", "type": "integer", "generator": "expression", "args": { "value": "case when n = 0 then -1 else 10 / n end" } }
            """)));
        Assert.All(plan.Preview(plan.Entity("t"), 0, 100).Cells, row => Assert.Equal(row[0] == "0" ? "-1" : (10 / int.Parse(row[0]!, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture), row[1]));
    }

    private static string One(string fields, string? check = null) =>
        $$"""{ "name": "d", "entities": [ { "name": "t", "rows": 100, "fields": [ {{fields}} ] } ], "constraints": [ {{(check is null ? "" : $$"""{ "name": "the_check", "entity": "t", "check": "{{check}}" }""")}} ] }""";
}
