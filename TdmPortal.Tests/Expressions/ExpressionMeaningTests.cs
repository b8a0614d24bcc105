using System.Text;
using Npgsql;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Expressions;

/// <summary>What the engine computes is what PostgreSQL computes from the same row: each expression fills a field, and PostgreSQL is asked, in its own SQL, for rows where it comes to something else.</summary>
[Trait("Requirement", "D1")]
public sealed class ExpressionMeaningTests(DatabaseServer server)
{
    private const string Fields = """
        { "name": "id", "type": "integer", "generator": "sequence", "args": { "start": -40 } },
        { "name": "a", "type": "integer", "generator": "number.integer", "args": { "min": -9, "max": 9 }, "nullPercent": 15 },
        { "name": "b", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 7 } },
        { "name": "d", "type": "decimal", "precision": 12, "scale": 3, "generator": "number.normal", "args": { "mean": 0, "stdDev": 50 }, "nullPercent": 10 },
        { "name": "e", "type": "decimal", "precision": 30, "scale": 6, "generator": "number.decimal", "args": { "min": -5, "max": 5 } },
        { "name": "w", "type": "double", "generator": "number.normal", "args": { "mean": 0, "stdDev": 10 } },
        { "name": "p", "type": "boolean", "generator": "boolean", "nullPercent": 20 },
        { "name": "s", "type": "string", "generator": "choice", "args": { "values": ["", "a", "Straße", "  two words ", "ÀÉ", "it's", "😀x", "z_%"] }, "nullPercent": 15 },
        { "name": "day", "type": "date", "generator": "date.between", "args": { "from": "1899-12-01", "to": "2104-03-01" }, "nullPercent": 10 },
        { "name": "due", "type": "date", "generator": "date.between", "args": { "from": "2023-12-25", "to": "2024-03-05" } },
        { "name": "at", "type": "timestamp", "generator": "date.between", "args": { "from": "1969-12-30", "to": "2026-01-01" } }
        """;

    /// <summary>Expressions by the type of the field that takes them.</summary>
    private static readonly (string Type, string Expression)[] Expressions =
    [
        .. new[]
        {
            "a / b", "a % b", "-a", "a * b + id", "abs(a)", "length(s)", "year(day)", "month(at)", "day(due)", "due - day", "dateDiff(due, day)", "dateDiff(at, due)", "min(a, b)", "max(a, b, 0)", "coalesce(a, b)",
            "if(p, a, b)", "case when a > 3 then 1 when a is null then 2 else 3 end", "case when p then 1 end", "case when a in (1, 2, 3) then 1 else 0 end", "case when a not in (1, 2) then 1 else 0 end", "case when not p then 1 else 0 end",
            "case when a between -2 and b then 1 else 0 end", "case when p and a > 0 or b = 3 then 1 else 0 end", "case when s < 'b' then 1 else 0 end", "case when day >= due then 1 else 0 end", "round(d)", "floor(d)", "ceil(d)", "7 / 2", "-7 / 2", "-7 % 3",
        }.Select(text => ("\"type\": \"integer\"", text)),
        .. new[]
        {
            "d + e", "d * e", "d - 1", "d / 3", "d / b", "e * e * d", "round(d, 1)", "round(d * e, 4)", "round(e, 0)", "abs(d)", "-d", "min(d, e, 1.5)", "max(d, 0)", "coalesce(d, e)", "d % 7", "floor(d / 7)", "ceil(e)", "if(a > 0, d, e)", "a * 1.1", "a / 4.0", "2.5", "round(2.5)", "round(-2.5)", "round(d / 2, 2)",
        }.Select(text => ("\"type\": \"decimal\", \"precision\": 38, \"scale\": 10", text)),
        .. new[] { "w * 2", "w + a", "w - d", "abs(w)", "floor(w)", "ceil(w)", "-w", "min(w, a)" }.Select(text => ("\"type\": \"double\"", text)),
        .. new[] { "p", "not p", "p and a > 0", "p or a is null", "a = b", "d > w", "s = 'a'", "s is not null", "day = due", "a <> 3", "p = true" }.Select(text => ("\"type\": \"boolean\"", text)),
        .. new[]
        {
            "concat(s, '-', a, p, d)", "upper(s)", "lower(s)", "trim(s)", "substring(s, 2, 3)", "substring(s, 1, 1)", "replace(s, 'a', 'bb')", "coalesce(s, 'none')", "concat(day, ' ', at)", "if(p, s, 'no')", "substring(s, 0, 2)", "replace(s, ' ', '')", "concat('é', length(s))",
        }.Select(text => ("\"type\": \"string\"", text)),
        .. new[] { "addDays(day, 7)", "addDays(day, a)", "addMonths(due, 1)", "addMonths(due, -13)", "addMonths(day, b)", "day + 1", "min(day, due)", "max(day, due)", "coalesce(day, due)" }.Select(text => ("\"type\": \"date\"", text)),
        .. new[] { "addDays(at, 30)", "addMonths(at, 1)", "addMonths(at, -1)", "coalesce(at, at)" }.Select(text => ("\"type\": \"timestamp\"", text)),
    ];

    [Fact]
    public async Task Expressions_OfEveryKind_MeanWhatTheyMeanInPostgres()
    {
        var fields = Expressions.Select((one, i) => $$"""{ "name": "x{{i}}", {{one.Type}}, "generator": "expression", "args": { "value": "{{one.Expression}}" } }""");
        var plan = Plans.Compile(Plans.Read($$"""{ "name": "d", "entities": [ { "name": "t", "rows": 400, "fields": [ {{Fields}}, {{string.Join(", ", fields)}} ], "primaryKey": ["id"] } ] }"""));
        await using var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var script = new MemoryStream();
        SqlScript.Write(plan, SqlPart.All, RowFormat.SqlInsert, script, 1, null, TestContext.Current.CancellationToken);
        await ScalarAsync(connection, Encoding.UTF8.GetString(script.ToArray()));

        var index = new SchemaIndex(plan.Document);
        var differing = new List<string>();
        foreach (var (i, (type, text)) in Expressions.Index())
        {
            // As the field takes it: rounded to its scale.
            var value = type.Contains("decimal", StringComparison.Ordinal) ? $"round({text}, 10)" : $"({text})";
            var condition = CheckedExpression.Condition($"case when x{i} is null or ({text}) is null then x{i} is null and ({text}) is null else x{i} = {value} end", new EntityScope(index, 0));
            Assert.True(condition.Error is null, $"{text}: {condition.Error?.Message}");
            var sql = ExpressionSql.Check(condition.Expression!, SqlSchema.Quote);
            if (await ScalarAsync(connection, $"SELECT count(*) FROM t WHERE ({sql}) IS NOT TRUE") is > 0L and var rows)
                differing.Add($"{text}: {rows} rows, such as {await ScalarAsync(connection, $"SELECT row(x{i}, a, b, d, e, s, day, due, at)::text FROM t WHERE ({sql}) IS NOT TRUE LIMIT 1")} ({sql})");
        }

        Assert.Empty(differing);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
