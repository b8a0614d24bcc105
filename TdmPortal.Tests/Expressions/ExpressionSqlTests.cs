using TdmPortal.Core.Errors;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Expressions;

[Trait("Requirement", "D1")]
public sealed class ExpressionSqlTests
{
    private static string? Sql(string text, string entity = "line")
    {
        var result = CheckedExpression.Condition(text, ExpressionCheckerTests.Scope(entity));
        Assert.True(result.Error is null, result.Error?.Message);
        return ExpressionSql.Check(result.Expression!, SqlSchema.Quote);
    }

    [Theory]
    [InlineData("quantity >= 1", "\"quantity\" >= 1")]
    [InlineData("unit_price * 1.50 > -3", "(\"unit_price\" * 1.50) > (-3.0000)")]
    [InlineData("quantity / 2 = 3 and not paid or note is null", "((\"quantity\" / 2) = 3) AND (NOT \"paid\")", "((((\"quantity\" / 2) = 3) AND (NOT \"paid\")) OR (\"note\" IS NULL)")]
    [InlineData("day between '2026-01-01' and due", "(\"day\" >= DATE '2026-01-01') AND (\"day\" <= \"due\")")]
    [InlineData("note in ('a', 'it''s', 'back\\slash')", "\"note\" IN ('a', 'it''s', E'back\\\\slash')")]
    [InlineData("note < 'm'", "\"note\" < 'm' COLLATE \"C\"")]
    [InlineData("year(day) - year(due) >= 18", "(EXTRACT(YEAR FROM \"day\")::bigint - EXTRACT(YEAR FROM \"due\")::bigint) >= 18")]
    [InlineData("due - day > 7", "(\"due\" - \"day\") > 7")]
    [InlineData("if(paid, quantity, 0) > 1", "CASE WHEN \"paid\" THEN \"quantity\" ELSE 0 END > 1")]
    [InlineData("round(unit_price * rate, 2) = unit_price", "round(\"unit_price\" * \"rate\", 2) = \"unit_price\"")]
    [InlineData("min(quantity, unit_price) > 0", "least(\"quantity\", \"unit_price\") > 0.00")]
    public void Check_OfRow_IsPostgres(string text, string sql, string? whole = null)
    {
        if (whole is null)
            Assert.Equal(sql, Sql(text));
        else
            Assert.Contains(sql, Sql(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parent(line_order).total > 1", "line")]
    [InlineData("count(line_order) > 1", "order")]
    public void Check_OverRelationship_HasNone(string text, string entity) => Assert.Null(Sql(text, entity));

    [Theory]
    [InlineData("placed_at >= '2026-01-31T10:00:00+02:00'", "\"placed_at\" >= TIMESTAMPTZ '2026-01-31 08:00:00.000000+00'")]
    [InlineData("year(placed_at) = 2026", "EXTRACT(YEAR FROM (\"placed_at\" AT TIME ZONE 'UTC'))::bigint = 2026")]
    public void Check_Timestamps_AreInUtc(string text, string sql) => Assert.Equal(sql, Sql(text, "order"));

    private static readonly ColumnDescription[] Columns =
    [
        new("name", FieldType.String, Nullable: true) { SqlType = "text" },
        new("total", FieldType.Decimal, Nullable: false) { SqlType = "numeric(18,2)" },
    ];

    [Fact]
    public void ToSql_Texts_AreParameters()
    {
        var values = new List<string>();
        string Parameter(string value)
        {
            values.Add(value);
            return $"${values.Count + 2}";
        }

        var condition = ExpressionFilter.ToSql("name = 'x'' or 1=1 --' and total > 5 or name in ('a', 'b')", Columns, Parameter);

        Assert.Equal("((\"name\" = $3) AND (\"total\" > 5.00)) OR (\"name\" IN ($4, $5))", condition);
        Assert.Equal(["x' or 1=1 --", "a", "b"], values);
    }

    [Theory]
    [InlineData("nme = 'x'", "The filter is wrong at character 1: This entity has no field \"nme\".")]
    [InlineData("count(lines) > 1", "The filter is wrong at character 7: This entity has no relationship \"lines\" to children.")]
    [InlineData("total; delete from x", "The filter is wrong at character 6: \";\" has no meaning here.")]
    public void ToSql_Wrong_SaysWhere(string text, string message)
    {
        var exception = Assert.Throws<PortalException>(() => ExpressionFilter.ToSql(text, Columns));

        Assert.Equal(("dataset.filter_invalid", message), (exception.Code, exception.Message));
    }
}
