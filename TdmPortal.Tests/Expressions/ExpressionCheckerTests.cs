using System.Text;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Expressions;

[Trait("Requirement", "D1")]
public sealed class ExpressionCheckerTests
{
    /// <summary>A line with a parent (order) and an order with lines; the scope is the line's or the order's.</summary>
    internal static ExpressionScope Scope(string entity)
    {
        var document = SchemaReader.Read(Encoding.UTF8.GetBytes("""
            { "name": "shop", "entities": [
              { "name": "order", "rows": 10, "fields": [
                { "name": "id", "type": "integer" }, { "name": "placed_at", "type": "timestamp" }, { "name": "total", "type": "decimal", "scale": 2 },
                { "name": "tier", "type": "string" }, { "name": "year", "type": "integer" }, { "name": "end", "type": "integer" } ] },
              { "name": "line", "rows": 10, "fields": [
                { "name": "order_id", "type": "integer" }, { "name": "quantity", "type": "integer" }, { "name": "unit_price", "type": "decimal", "scale": 2 },
                { "name": "rate", "type": "decimal", "scale": 4 }, { "name": "weight", "type": "double" }, { "name": "paid", "type": "boolean" },
                { "name": "note", "type": "string" }, { "name": "day", "type": "date" }, { "name": "due", "type": "date" }, { "name": "at", "type": "time" },
                { "name": "uid", "type": "uuid" }, { "name": "doc", "type": "json" }, { "name": "tags", "type": "string", "array": { "min": 0, "max": 2 } } ] } ],
              "relationships": [ { "name": "line_order", "from": { "entity": "line", "fields": ["order_id"] }, "to": { "entity": "order", "fields": ["id"] } } ] }
            """)).Document!;
        var index = new SchemaIndex(document);
        return new EntityScope(index, index.Entity(entity)!.Value);
    }

    private static string TypeOf(string text, string entity = "line")
    {
        var result = CheckedExpression.Value(text, Scope(entity));
        Assert.True(result.Error is null, result.Error?.Message);
        return result.Expression!.Type.Kind == FieldType.Decimal ? $"decimal({result.Expression.Type.Scale})" : result.Expression.Type.ToString();
    }

    [Theory]
    [InlineData("7 / 2", "integer")]
    [InlineData("7 / 2.0", "decimal(16)")]
    [InlineData("quantity * unit_price", "decimal(2)")]
    [InlineData("unit_price * rate", "decimal(6)")]
    [InlineData("unit_price + rate", "decimal(4)")]
    [InlineData("unit_price * weight", "double")]
    [InlineData("unit_price > weight", "boolean")]
    [InlineData("-quantity % 3", "integer")]
    [InlineData("round(unit_price * rate, 2)", "decimal(2)")]
    [InlineData("round(unit_price)", "decimal(0)")]
    [InlineData("floor(weight)", "double")]
    [InlineData("abs(-3)", "integer")]
    [InlineData("concat(note, ' ', quantity, paid, day)", "string")]
    [InlineData("upper(substring(note, 1, 3))", "string")]
    [InlineData("length(note) + 1", "integer")]
    [InlineData("case when quantity > 1 then 1 when paid then unit_price else null end", "decimal(2)")]
    [InlineData("if(paid, 'yes', 'no')", "string")]
    [InlineData("coalesce(note, '')", "string")]
    [InlineData("min(quantity, unit_price, 1.5)", "decimal(2)")]
    [InlineData("due - day", "integer")]
    [InlineData("day + 7", "date")]
    [InlineData("addMonths(day, 1)", "date")]
    [InlineData("addDays(parent(line_order).placed_at, 2)", "timestamp")]
    [InlineData("dateDiff(due, parent(line_order).placed_at)", "integer")]
    [InlineData("year(day) - year('2000-01-01')", "integer")]
    [InlineData("parent(line_order).tier", "string")]
    [InlineData("null", "string")]
    [InlineData("99999999999999999999", "decimal(0)")]
    public void Value_OfRow_HasPostgresType(string text, string type) => Assert.Equal(type, TypeOf(text));

    [Theory]
    [InlineData("count(line_order)", "integer")]
    [InlineData("sum(line_order, quantity * unit_price)", "decimal(2)")]
    [InlineData("sum(line_order, quantity)", "decimal(0)")]
    [InlineData("avg(line_order, quantity)", "decimal(16)")]
    [InlineData("avg(line_order, weight)", "double")]
    [InlineData("min(line_order, day)", "date")]
    [InlineData("max(line_order, parent(line_order).total)", "decimal(2)")]
    [InlineData("max(id, 5)", "integer")]
    [InlineData("coalesce(sum(line_order, quantity * unit_price), 0) + 1", "decimal(2)")]
    [InlineData("year + year(placed_at)", "integer")]
    [InlineData("\"end\" + 1", "integer")]
    public void Value_OverRelationships_HasPostgresType(string text, string type) => Assert.Equal(type, TypeOf(text, "order"));

    [Theory]
    [InlineData("paid")]
    [InlineData("not paid and note is not null or quantity in (1, 2, 3)")]
    [InlineData("day between '2026-01-01' and '2026-12-31'")]
    [InlineData("day not between due and '2026-12-31'")]
    [InlineData("note not in ('a', 'it''s')")]
    [InlineData("at < '12:30'")]
    [InlineData("uid = '0f8fad5b-d9cb-469f-a165-70867728950e'")]
    [InlineData("day < parent(line_order).placed_at")]
    [InlineData("parent(line_order).placed_at >= '2026-01-31T10:00:00+02:00'")]
    [InlineData("doc is null and tags is not null")]
    [InlineData("unit_price <> '1.505'")]
    [InlineData("quantity = -9223372036854775808")]
    [InlineData("CASE WHEN paid THEN quantity > 1 ELSE true END")]
    [InlineData("null")]
    public void Condition_Legal_IsAccepted(string text)
    {
        var result = CheckedExpression.Condition(text, Scope("line"));

        Assert.True(result.Error is null, result.Error?.Message);
        Assert.Equal(ExpressionType.Boolean, result.Expression!.Type);
    }

    [Theory]
    [InlineData("", 0, "empty", null)]
    [InlineData("quantity >", 10, "expression ends", null)]
    [InlineData("quantity > 1 1", 13, "\"1\" stands", null)]
    [InlineData("(quantity > 1", 13, "closing bracket", null)]
    [InlineData("quantty > 1", 0, "line has no field \"quantty\"", "Write quantity")]
    [InlineData("quantity > 'many'", 9, "'many' is not an integer", "Write it like '12'")]
    [InlineData("day > '31.01.2026'", 4, "is not a date", "Write it like '2026-01-31'")]
    [InlineData("note > 5", 5, "A string and an integer cannot be compared", null)]
    [InlineData("quantity", 0, "A condition is needed here, but this is quantity, an integer", "Compare it with a value")]
    [InlineData("quantity = null", 9, "never true", "Write is null")]
    [InlineData("1 < quantity < 5", 13, "cannot be chained", "Write a < b and b < c")]
    [InlineData("note + 'x' = 'y'", 0, "needs a number", "To join texts, write concat(a, b)")]
    [InlineData("quantity / 0 = 1", 9, "divides by zero", null)]
    [InlineData("lenght(note) > 1", 0, "no function \"lenght\"", "Write length")]
    [InlineData("length(note, 1) > 1", 0, "does not take 2 arguments", "Write length(text)")]
    [InlineData("parent(line_ordr).total > 1", 7, "no relationship \"line_ordr\" to a parent", "Write parent(line_order)")]
    [InlineData("parent(line_order).totl > 1", 19, "order has no field \"totl\"", "Write total")]
    [InlineData("count(line_order) > 1", 6, "no relationship \"line_order\" to children", null)]
    [InlineData("doc = 'x'", 4, "A json cannot be compared", "Only is null and is not null can be asked of it")]
    [InlineData("tags = 'x'", 5, "A list of string cannot be compared", "Only is null and is not null can be asked of it")]
    [InlineData("weight % 2 = 1", 7, "not defined for doubles", "Use an integer or decimal field")]
    [InlineData("round(weight, 2) > 1", 14, "cannot be rounded to digits", "Make the field a decimal")]
    [InlineData("note = 'open", 7, "no closing quote", null)]
    [InlineData("quantity > 1 && paid", 13, "has no meaning", "Write and")]
    [InlineData("quantity; drop table x", 8, "has no meaning", null)]
    [InlineData("end > 1", 0, "\"end\" stands", "If end is a field, write \"end\" in double quotes")]
    [InlineData("day + due = day", 4, "does not go with", "Write addDays(day, 7), addMonths(day, 1) or dateDiff(later, earlier)")]
    [InlineData("123456789012345678901234567890123456789 > 1", 0, "at most 38 digits", null)]
    public void Condition_Wrong_SaysWhereAndWhy(string text, int position, string message, string? suggestion)
    {
        var error = CheckedExpression.Condition(text, Scope("line")).Error!;

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
        if (suggestion is not null)
            Assert.Equal(suggestion, error.Suggestion);
    }

    [Theory]
    [InlineData("unit_price * 1.19", FieldType.Decimal, true)]
    [InlineData("weight", FieldType.Integer, true)]
    [InlineData("quantity", FieldType.String, true)]
    [InlineData("parent(line_order).placed_at", FieldType.Date, true)]
    [InlineData("'{\"a\":1}'", FieldType.Json, true)]
    [InlineData("'{'", FieldType.Json, false)]
    [InlineData("note", FieldType.Integer, false)]
    [InlineData("paid", FieldType.Integer, false)]
    [InlineData("day", FieldType.Time, false)]
    public void Assignment_ToField_FollowsPostgres(string text, FieldType target, bool possible) =>
        Assert.Equal(possible, CheckedExpression.Assignment(text, Scope("line"), new(target, target == FieldType.Decimal ? 2 : 0)).Error is null);

    [Theory]
    [InlineData('(', ')')]
    [InlineData('-', ' ')]
    public void Condition_HostileNesting_IsRefusedWithoutOverflow(char open, char close)
    {
        var result = CheckedExpression.Condition(new string(open, 4000) + "quantity" + new string(close, 4000), Scope("line"));

        Assert.Contains("nested deeper", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Condition_LongChains_AreFine()
    {
        Assert.Null(CheckedExpression.Condition(string.Join(" or ", Enumerable.Range(0, 500).Select(i => $"quantity={i}")), Scope("line")).Error);
        Assert.Null(CheckedExpression.Condition($"quantity in ({string.Join(",", Enumerable.Range(0, 1500))})", Scope("line")).Error);
    }

    [Fact]
    public void Constants_AreHeldAsColumnsHoldThem()
    {
        static object? Of(string text) => Assert.IsType<Comparison>(CheckedExpression.Condition(text, Scope("line")).Expression).Right is Constant constant ? constant.Value : null;

        Assert.Equal((Int128)150, Of("unit_price = 1.5"));
        Assert.Equal((Int128)700, Of("unit_price = 7"));
        Assert.Equal(20_484L, Of("day = '2026-01-31'"));
        Assert.Equal(1_767_225_600_000_001L, Of("parent(line_order).placed_at = '2026-01-01T00:00:00.000001Z'"));
        Assert.Equal(45_000_000_000L, Of("at = '12:30'"));
    }

    [Fact]
    public void Dependencies_AreFoundByKind()
    {
        var row = ExpressionDependencies.Of(CheckedExpression.Condition("if(paid, quantity, 0) > 1 and parent(line_order).total > unit_price", Scope("line")).Expression!);
        var over = ExpressionDependencies.Of(CheckedExpression.Condition("count(line_order) > id and sum(line_order, quantity * unit_price) > 0", Scope("order")).Expression!);

        Assert.Equal(["paid", "quantity", "unit_price"], row.Fields.Order(StringComparer.Ordinal));
        Assert.Equal(("line_order", "total"), row.ParentFields.Select(read => (read.Relationship.Name, read.Field)).Single());
        Assert.Equal(["id"], over.Fields);
        Assert.Equal([AggregateKind.Count, AggregateKind.Sum], over.Aggregates.Select(aggregate => aggregate.Kind));
        Assert.Equal(["quantity", "unit_price"], ExpressionDependencies.Of(over.Aggregates[1].Argument!).Fields.Order(StringComparer.Ordinal));
    }
}
