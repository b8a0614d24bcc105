using TdmPortal.Core.Changes;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Changes;

/// <summary>What an edit changes in the rows, found without making a version.</summary>
[Trait("Requirement", "N17")]
public sealed class PlanChangesTests
{
    private const string Shop = """
        { "name": "shop",
          "entities": [
            { "name": "customer", "rows": 3000, "primaryKey": ["id"], "fields": [
              { "name": "id", "type": "integer", "generator": "sequence" },
              { "name": "name", "type": "string", "generator": "person.fullName" },
              { "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["bronze", "silver", "gold"] }, "nullPercent": 20 },
              { "name": "limit", "type": "decimal", "generator": "number.decimal", "args": { "min": 0, "max": 5000 } } ] },
            { "name": "order", "rows": 9000, "primaryKey": ["id"], "fields": [
              { "name": "id", "type": "integer", "generator": "sequence" },
              { "name": "customer_id", "type": "integer" },
              { "name": "note", "type": "string", "generator": "lorem.word" } ] },
            { "name": "currency", "rows": 5, "fields": [ { "name": "code", "type": "string", "generator": "lorem.word" } ] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ] }
        """;

    private static readonly ChangeLimits Unhurried = new() { Longest = TimeSpan.FromHours(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Compare_OneGeneratorChanged_NamesThatColumnAndShowsItsRows()
    {
        var (before, after) = (Plans.Read(Shop), Plans.Read(Shop.Replace("\"gold\"]", "\"gold\", \"platinum\"]", StringComparison.Ordinal)));
        var preview = Compare(before, after);

        var customer = Entity(preview, "customer");
        Assert.Equal(ChangeKind.Changed, customer.Kind);
        Assert.Equal(["tier"], customer.Columns.Where(column => column.Kind != ChangeKind.Same).Select(column => column.Name));
        Assert.Equal((1000L, 200L), (customer.FirstRows, customer.SpreadRows));
        Assert.Equal(customer.Columns.Single(column => column.Name == "tier").CellsChanged, customer.RowsChanged);

        // The rows are those that generating would make.
        Assert.Equal(20, customer.Rows.Count);
        Assert.All(customer.Rows, row => Assert.Equal(ChangeKind.Changed, row.Kind));
        var (was, now) = (Plans.Column(Plans.Compile(before), "customer", "tier", 1000), Plans.Column(Plans.Compile(after), "customer", "tier", 1000));
        Assert.All(customer.Rows, row => Assert.Equal((was[(int)row.Number], now[(int)row.Number]), (row.Cells[2].Before, row.Cells[2].After)));
        Assert.Equal(Enumerable.Range(0, 1000).Where(row => was[row] != now[row]).Take(20), customer.Rows.Select(row => (int)row.Number));

        // What is connected was looked at, what is not cannot have changed.
        Assert.Equal((ChangeKind.Same, 1000L, false), (Entity(preview, "order").Kind, Entity(preview, "order").FirstRows, Entity(preview, "order").IsUntouched));
        Assert.True(Entity(preview, "currency").IsUntouched);
        Assert.False(preview.IsSame);
    }

    [Fact]
    public void Compare_OnlyWordsForPeopleChanged_LooksAtNoRow()
    {
        var before = Plans.Read(Shop);
        var after = before with { Title = "The shop", Description = "All of it", Entities = [.. before.Entities.Select(entity => entity with { Description = entity.Name, Fields = [.. entity.Fields.Select(field => field with { Description = "x" })] })] };

        var preview = Compare(before, after);

        Assert.True(preview.IsSame);
        Assert.All(preview.Entities, entity => Assert.True(entity is { IsUntouched: true, FirstRows: 0, Rows.Count: 0 }));
    }

    [Fact]
    public void Compare_FieldsAndEntitiesComeAndGo_SaysSo()
    {
        var before = Plans.Read(Shop);
        var after = Plans.Read(Shop.Replace("{ \"name\": \"note\", \"type\": \"string\", \"generator\": \"lorem.word\" }", "{ \"name\": \"paid\", \"type\": \"boolean\", \"generator\": \"boolean\" }", StringComparison.Ordinal)
            .Replace("\"name\": \"limit\", \"type\": \"decimal\"", "\"name\": \"limit\", \"type\": \"double\"", StringComparison.Ordinal).Replace("\"currency\"", "\"country\"", StringComparison.Ordinal));

        var preview = Compare(before, after);

        Assert.Equal([("customer", ChangeKind.Changed), ("order", ChangeKind.Changed), ("country", ChangeKind.Added), ("currency", ChangeKind.Removed)], preview.Entities.Select(entity => (entity.Name, entity.Kind)));
        Assert.Equal([("id", ChangeKind.Same), ("customer_id", ChangeKind.Same), ("paid", ChangeKind.Added), ("note", ChangeKind.Removed)], Entity(preview, "order").Columns.Select(column => (column.Name, column.Kind)));
        Assert.Equal(["limit"], Entity(preview, "customer").Columns.Where(column => column.IsRetyped).Select(column => column.Name));
        Assert.All(Entity(preview, "country").Rows, row => Assert.Equal((ChangeKind.Added, null), (row.Kind, row.Cells[0].Before)));
        Assert.All(Entity(preview, "currency").Rows, row => Assert.Equal((ChangeKind.Removed, null), (row.Kind, row.Cells[0].After)));
        Assert.Equal((5, (long?)null, (long?)5), (Entity(preview, "country").Rows.Count, Entity(preview, "country").RowsBefore, Entity(preview, "country").RowsAfter));
    }

    [Theory]
    [InlineData(3010, ChangeKind.Added)]
    [InlineData(2990, ChangeKind.Removed)]
    public void Compare_OtherNumberOfRows_KeepsTheOthersAndShowsThose(long rows, ChangeKind kind)
    {
        var preview = Compare(Plans.Read(Shop), Plans.Read(Shop), after: new() { Rows = new Dictionary<string, long>(StringComparer.Ordinal) { ["customer"] = rows } });

        var customer = Entity(preview, "customer");
        Assert.Equal((ChangeKind.Changed, 3000L, rows, 0L), (customer.Kind, customer.RowsBefore, customer.RowsAfter, customer.RowsChanged));
        Assert.All(customer.Columns, column => Assert.Equal(ChangeKind.Same, column.Kind));
        Assert.Equal(10, customer.Rows.Count(row => row.Kind == kind));
        Assert.Equal(["customer_id"], Entity(preview, "order").Columns.Where(column => column.Kind == ChangeKind.Changed).Select(column => column.Name));
    }

    [Fact]
    public void Compare_ChangeFarFromTheFirstRows_IsFoundBySpreadRows()
    {
        const string Field = "{ \"name\": \"name\", \"type\": \"string\", \"generator\": \"person.fullName\" }";
        var before = Plans.Read(Shop.Replace(Field, "{ \"name\": \"name\", \"type\": \"integer\", \"generator\": \"expression\", \"args\": { \"value\": \"id\" } }", StringComparison.Ordinal));
        var after = Plans.Read(Shop.Replace(Field, "{ \"name\": \"name\", \"type\": \"integer\", \"generator\": \"expression\", \"args\": { \"value\": \"if(id > 2000, 0, id)\" } }", StringComparison.Ordinal));

        var customer = Entity(Compare(before, after), "customer");

        Assert.Equal(ChangeKind.Changed, customer.Columns[1].Kind);
        Assert.All(customer.Rows, row => Assert.InRange(row.Number, 2000, 2999));
        Assert.Equal(customer.Rows.Count, customer.Rows.Select(row => row.Number).Distinct().Count());
    }

    [Theory]
    [InlineData("web-shop")]
    [InlineData("contract-all")]
    [InlineData("chinook")]
    public void Compare_AnotherSeed_AgreesWithTheRowsThemselves(string sample)
    {
        var document = Plans.Sample(sample);
        GenerationOptions one = new() { Seed = 1 }, other = new() { Seed = 2 };

        var preview = Compare(document, document, one, other, Unhurried with { FirstRows = 40, SpreadRows = 0 });

        var (was, now) = (Plans.Compile(document, one), Plans.Compile(document, other));
        foreach (var entity in preview.Entities.Where(entity => entity.Failure is null))
        {
            var count = (int)Math.Min(40, Math.Min(entity.RowsBefore!.Value, entity.RowsAfter!.Value));
            Assert.Equal(count, entity.FirstRows);
            foreach (var column in entity.Columns)
            {
                var (left, right) = (Plans.Column(was, entity.Name, column.Name, count), Plans.Column(now, entity.Name, column.Name, count));
                Assert.Equal((column.Name, left.Zip(right).Count(pair => pair.First != pair.Second)), (column.Name, (int)column.CellsChanged));
            }
        }
    }

    [Fact]
    public void Compare_DocumentWithErrors_GivesThemInstead()
    {
        var before = Plans.Read(Shop);
        var after = before with { Entities = [.. before.Entities.Select(entity => entity with { Fields = [.. entity.Fields.Select(field => field.Name == "tier" ? field with { Generator = "nothing.such" } : field)] })] };

        Assert.Equal(("schema.unknown_generator", false), (Compare(before, after).Problems[0].Code, Compare(before, after).FailedBefore));
        Assert.True(Compare(after, before).FailedBefore);
        Assert.False(Compare(before, after).IsSame);
    }

    [Fact]
    public void Compare_TimeIsUp_KeepsWhatWasFound_AndCancellingEndsIt()
    {
        var (before, after) = (Plans.Read(Shop), Plans.Read(Shop.Replace("lorem.word", "lorem.words", StringComparison.Ordinal)));

        // Each look at the clock costs a second: the entities whose text changed come first.
        var preview = PlanChanges.Compare(new(before, new()), new(after, new()), new() { Longest = TimeSpan.FromSeconds(3.5) }, new SlowClock(), Cancellation);

        var order = Entity(preview, "order");
        Assert.True(order.IsCutShort);
        Assert.Equal((ChangeKind.Changed, 16L + 64 + 256), (order.Kind, order.FirstRows));
        Assert.True(Entity(preview, "customer") is { IsCutShort: true, FirstRows: 0, IsUntouched: false });
        Assert.Throws<OperationCanceledException>(() => PlanChanges.Compare(new(before, new()), new(after, new()), Unhurried, TimeProvider.System, new CancellationToken(canceled: true)));
    }

    private static ChangePreview Compare(SchemaDocument document, SchemaDocument other, GenerationOptions? before = null, GenerationOptions? after = null, ChangeLimits? limits = null) =>
        PlanChanges.Compare(new(document, before ?? new()), new(other, after ?? before ?? new()), limits ?? Unhurried, TimeProvider.System, Cancellation);

    private static ChangedEntity Entity(ChangePreview preview, string name)
    {
        Assert.True(preview.Problems.Count == 0, string.Join('\n', preview.Problems));
        return preview.Entities.Single(entity => entity.Name == name);
    }

    private sealed class SlowClock : TimeProvider
    {
        private long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => seconds++;
    }
}
