using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class RowCopyTests
{
    private static readonly ColumnDescription[] Columns =
    [
        new("id", FieldType.Integer, false) { SqlType = "bigint" },
        new("full_name", FieldType.String, true) { SqlType = "text", ColumnName = "Full \"Name\"" },
        new("total", FieldType.Decimal, false) { SqlType = "numeric(18,2)" },
        new("born", FieldType.Date, true) { SqlType = "date" },
        new("seen", FieldType.Timestamp, false) { SqlType = "timestamptz" },
        new("class", FieldType.Boolean, false) { SqlType = "boolean" },
        new("tags", FieldType.String, false) { SqlType = "text[]", IsArray = true },
        new("key", FieldType.Uuid, false) { SqlType = "uuid" },
    ];

    private static readonly string?[][] Rows =
    [
        ["1", "O'Neill, \"Al\"\n\u202e", "9.50", "1999-02-28", "2025-03-01T14:22:05Z", "true", "[\"a\",null]", "0b54c2f4-93c5-4a7e-9e61-0242ac120002"],
        ["-9223372036854775808", null, "0.00", null, "2025-03-01T14:22:05.000001Z", "false", "[]", "0b54c2f4-93c5-4a7e-9e61-0242ac120003"],
    ];

    [Fact]
    public void Write_Csv_KeepsNullApartFromEmpty()
    {
        var text = RowCopy.Write(CopyFormat.Csv, "t", [Columns[0], Columns[1]], [["1", null], ["2", ""], ["3", "a,b"], ["4", "a\"b"]]);

        Assert.Equal("id,full_name\n1,\n2,\"\"\n3,\"a,b\"\n4,\"a\"\"b\"\n", text);
    }

    [Fact]
    public void Write_Spreadsheet_QuotesWhatWouldSplitACell()
    {
        var text = RowCopy.Write(CopyFormat.Spreadsheet, "t", [Columns[0], Columns[1]], [["1", "a\tb"], ["2", "a,b"]]);

        Assert.Equal("id\tfull_name\n1\t\"a\tb\"\n2\ta,b\n", text);
    }

    [Fact]
    public void Write_Json_HasNumbersNullsAndArraysAsSuch()
    {
        var text = RowCopy.Write(CopyFormat.Json, "customer", Columns, Rows);

        using var json = System.Text.Json.JsonDocument.Parse(text);
        var first = json.RootElement[0];
        Assert.Equal(1, first.GetProperty("id").GetInt64());
        Assert.Equal(Rows[0][1], first.GetProperty("full_name").GetString());
        Assert.Equal("9.50", first.GetProperty("total").GetRawText());
        Assert.True(first.GetProperty("class").GetBoolean());
        Assert.Equal(2, first.GetProperty("tags").GetArrayLength());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.RootElement[1].GetProperty("born").ValueKind);
    }

    [Fact]
    public void Write_Insert_QuotesIdentifiersAndText()
    {
        var text = RowCopy.Write(CopyFormat.Insert, "order", [Columns[0], Columns[1], Columns[6]], [["1", "O'Neill", "[\"a\",null,\"it's\"]"], ["2", null, "[]"]]);

        Assert.Equal(""""
            INSERT INTO "order" ("id", "Full ""Name""", "tags") VALUES
              (1, 'O''Neill', ARRAY['a', NULL, 'it''s']::text[]),
              (2, NULL, ARRAY[]::text[]);

            """", text);
    }

    [Fact]
    public void Write_InsertOfImportedTable_NamesItsOwnTable()
    {
        var text = RowCopy.Write(CopyFormat.Insert, "order_detail", [Columns[0]], [["1"]], new TableName("sales", "Order Details"));

        Assert.StartsWith("INSERT INTO \"sales\".\"Order Details\" (\"id\")", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_CSharp_IsARecordAndAnArray()
    {
        var text = RowCopy.Write(CopyFormat.CSharp, "gold_customer", Columns, Rows);

        Assert.Equal("""
            record GoldCustomer(long Id, string? FullName, decimal Total, DateOnly? Born, DateTimeOffset Seen, bool Class, string[] Tags, Guid Key);

            GoldCustomer[] rows =
            [
                new(1L, "O'Neill, \"Al\"\n\u202e", 9.50m, DateOnly.Parse("1999-02-28"), DateTimeOffset.Parse("2025-03-01T14:22:05Z"), true, ["a", null], Guid.Parse("0b54c2f4-93c5-4a7e-9e61-0242ac120002")),
                new(long.MinValue, null, 0.00m, null, DateTimeOffset.Parse("2025-03-01T14:22:05.000001Z"), false, [], Guid.Parse("0b54c2f4-93c5-4a7e-9e61-0242ac120003")),
            ];

            """, text);
    }

    [Fact]
    public void Write_Java_AvoidsReservedNamesAndListOf()
    {
        var text = RowCopy.Write(CopyFormat.Java, "gold_customer", [Columns[0], Columns[1], Columns[5], Columns[6]], [["1", null, "true", "[\"a\\\\b\"]"]]);

        Assert.Equal("""
            record GoldCustomer(long id, String fullName, boolean class_, java.util.List<String> tags) {}

            java.util.List<GoldCustomer> rows = java.util.Arrays.asList(
                new GoldCustomer(1L, null, true, java.util.Arrays.asList("a\\b"))
            );

            """, text);
    }

    [Fact]
    public void Write_Python_ImportsWhatItUses()
    {
        var text = RowCopy.Write(CopyFormat.Python, "customer", [Columns[0], Columns[2], Columns[3], Columns[5]], [["1", "9.50", null, "false"]]);

        Assert.Equal("""
            from datetime import date
            from decimal import Decimal

            customer_rows = [
                {"id": 1, "total": Decimal("9.50"), "born": None, "class": False},
            ]

            """, text);
    }

    [Fact]
    public void Write_DoubleWithoutNumber_IsTextOrConstant()
    {
        ColumnDescription[] columns = [new("d", FieldType.Double, false) { SqlType = "double precision" }];

        Assert.Contains("\"NaN\"", RowCopy.Write(CopyFormat.Json, "t", columns, [["NaN"]]), StringComparison.Ordinal);
        Assert.Contains("'-Infinity'", RowCopy.Write(CopyFormat.Insert, "t", columns, [["-Infinity"]]), StringComparison.Ordinal);
        Assert.Contains("double.NegativeInfinity", RowCopy.Write(CopyFormat.CSharp, "t", columns, [["-Infinity"]]), StringComparison.Ordinal);
        Assert.Contains("1E+300d", RowCopy.Write(CopyFormat.CSharp, "t", columns, [["1E+300"]]), StringComparison.Ordinal);
    }
}
