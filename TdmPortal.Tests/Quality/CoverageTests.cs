using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Quality;

public sealed class CoverageTests
{
    private static readonly SchemaDocument Document = Plans.Read("""
        {
          "name": "shop",
          "entities": [
            { "name": "customer", "rows": 1, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
            { "name": "order", "rows": 1, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "customer_id", "type": "integer" },
                { "name": "status", "type": "string", "generator": "choice", "args": { "values": { "placed": 5, "paid": 3, "sent": 2 } } },
                { "name": "express", "type": "boolean", "generator": "boolean" },
                { "name": "discount", "type": "integer", "generator": "number.integer", "args": { "min": -5, "max": 20 } },
                { "name": "placed_on", "type": "date", "generator": "date.between", "args": { "from": "2024-01-01", "to": "2024-12-31" } },
                { "name": "note", "type": "string", "maxLength": 5, "generator": "lorem.word", "nullPercent": 10 } ],
              "primaryKey": ["id"] } ],
          "relationships": [ { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ]
        }
        """);

    private const long Day = 19_723; // 2024-01-01

    [Fact]
    [Trait("Requirement", "N11")]
    public void Coverage_FewOrders_SaysWhatOccursAndWhatIsMissing()
    {
        // By time: customer 1 goes placed, paid, sent; customer 2 placed, placed; express with placed and sent only.
        var coverage = Report(
            [1L, 1L, "sent", 1L, -5L, Day + 9, "ab"],
            [2L, 1L, "placed", 1L, 0L, Day, null],
            [3L, 1L, "paid", 0L, 19L, Day + 5, "abcdé"],
            [4L, 2L, "placed", 1L, 3L, Day + 3, "x"],
            [5L, 2L, "placed", 0L, 3L, Day + 4, null]);

        Assert.Equal(["greatest: 20 0", "one above the least: -4 0", "least: -5 1", "one below the greatest: 19 1", "zero: 0 1"], Items("boundaries", "order.discount"));
        Assert.Equal(["last: 2024-12-31 0", "first: 2024-01-01 1"], Items("boundaries", "order.placed_on"));
        Assert.Equal(["text of 1 character 1", "longest text (5 characters) 1"], Items("boundaries", "order.note"));
        Assert.Equal(["note without a value 2"], Items("nulls", "order"));
        Assert.Equal(["note with an empty text 0"], Items("empty", "order"));
        Assert.Equal(["status = placed 3", "status = paid 1", "status = sent 1"], Items("values", "order.status"));
        Assert.Equal(["express = true 3", "express = false 2"], Items("values", "order.express"));
        Assert.Equal(["paid, true 0", "sent, false 0", "placed, true 2", "placed, false 1", "paid, false 1", "sent, true 1"], Items("pairs", "order.status × order.express"));
        Assert.Equal(["placed → sent 0", "paid → placed 0", "sent → placed 0", "sent → paid 0", "placed → paid 1", "paid → sent 1"], Items("transitions", "order.status"));
        // 3 of 5, 1 of 2, 2 of 2, 1 of 1, 0 of 1, 3 of 3, 2 of 2, 4 of 6, 2 of 6.
        Assert.Equal(18.0 / 28, coverage.Score!.Value, 12);

        List<string> Items(string kind, string place) => [.. coverage.Groups.Single(group => group.Kind == kind && group.Place == place).Items.Select(item => FormattableString.Invariant($"{item.Name} {item.Rows}"))];
    }

    [Fact]
    public void Coverage_BelowPremium_IsNotLookedAt() => Assert.Null(Inspect(QualityLevel.Standard, [1L, 1L, "sent", 1L, -5L, Day, "ab"]).Coverage);

    private static CoverageReport Report(params object?[][] orders) => Inspect(QualityLevel.Premium, orders).Coverage!;

    private static QualityReport Inspect(QualityLevel level, params object?[][] orders)
    {
        var source = new MemorySource().Add("customer", [MemorySource.Column("id", FieldType.Integer)], [[1L], [2L]])
            .Add("order", [MemorySource.Column("id", FieldType.Integer), MemorySource.Column("customer_id", FieldType.Integer), MemorySource.Column("status", FieldType.String), MemorySource.Column("express", FieldType.Boolean),
                MemorySource.Column("discount", FieldType.Integer), MemorySource.Column("placed_on", FieldType.Date), MemorySource.Column("note", FieldType.String) with { MaxLength = 5 }], orders);
        var inspection = new Inspection(Document, source.Entities, QualityRules.None, level, DateTimeOffset.UnixEpoch);
        inspection.Read(source, 2, null, TestContext.Current.CancellationToken);
        return inspection.Complete(source, null, null, TestContext.Current.CancellationToken);
    }
}
