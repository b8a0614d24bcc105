using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Formats;

public sealed class RowWriterTests
{
    private const string Odd = "a,\"b\"\n<c>&\\\t'é\u0001";

    [Fact]
    public void Csv_NullEmptyAndSpecial_AreToldApart() =>
        Assert.Equal("s\n\n\"\"\nplain\n\"a,\"\"b\"\"\n<c>&\\\t'é\u0001\"\n", Write(RowFormat.Csv, Texts(null, "", "plain", Odd)));

    [Fact]
    public void CsvForSpreadsheets_Formulas_AreTexts() =>
        Assert.Equal("s\n\"'=cmd|' /C calc'!A0\"\n\"'+1\"\n\"'-2\"\n\"'@SUM(1)\"\n\"'\tx\"\n\"'\rx\"\na=b\n\n\"\"\n\"'=\"\"x\"\"\"\n", Write(RowFormat.CsvForSpreadsheets, Texts("=cmd|' /C calc'!A0", "+1", "-2", "@SUM(1)", "\tx", "\rx", "a=b", null, "", "=\"x\"")));

    [Fact]
    public void Json_SpecialCharacters_AreReadBackAlike()
    {
        using var json = JsonDocument.Parse(Write(RowFormat.Json, Texts(null, "", Odd)));
        Assert.Equal([null, "", Odd], json.RootElement.EnumerateArray().Select(row => row.GetProperty("s").GetString()));
    }

    [Fact]
    public void Ndjson_Rows_AreOneALine() =>
        Assert.Equal("{\"s\":null}\n{\"s\":\"x\"}\n", Write(RowFormat.Ndjson, Texts(null, "x")));

    [Fact]
    public void Json_NoRows_IsAnEmptyArray()
    {
        using var json = JsonDocument.Parse(Write(RowFormat.Json, Texts()));
        Assert.Equal(0, json.RootElement.GetArrayLength());
    }

    [Fact]
    public void Xml_NullsAndControls_AreAbsentAndReplaced()
    {
        var rows = XDocument.Parse(Write(RowFormat.Xml, Texts(null, "", Odd))).Root!.Elements("row").ToList();
        Assert.Null(rows[0].Element("s"));
        Assert.Equal("", rows[1].Element("s")!.Value);
        Assert.Equal(Odd.Replace('\u0001', '\uFFFD'), rows[2].Element("s")!.Value);
    }

    [Fact]
    public void SqlInsert_QuotesAndNulls_AreWrittenInStandardSql() =>
        Assert.Equal("INSERT INTO \"t\" (\"s\") VALUES\n(NULL),\n('it''s');\n", Write(RowFormat.SqlInsert, Texts(null, "it's")));

    [Fact]
    public void SqlCopy_SpecialCharacters_AreEscaped() =>
        Assert.Equal("COPY \"t\" (\"s\") FROM stdin;\n\\N\na\\\\b\\tc\\nd\n\\.\n", Write(RowFormat.SqlCopy, Texts(null, "a\\b\tc\nd")));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999Z")]
    [InlineData(951782400500000, "2000-02-29T00:00:00.5Z")]
    [InlineData(4102444799123456, "2099-12-31T23:59:59.123456Z")]
    public void Timestamp_AnyInstant_HasNoTrailingZeros(long micros, string expected)
    {
        Assert.Equal(expected, Text(Longs(micros), FieldType.Timestamp));
        Assert.True(TimeText.TryParseInstant(expected, 0, out var parsed));
        Assert.Equal(micros, parsed);
    }

    [Fact]
    public void Date_EveryDayOfFourCenturies_IsTheCalendars()
    {
        for (var day = new DateOnly(1800, 1, 1); day.Year < 2200; day = day.AddDays(1))
            Assert.Equal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Text(Longs(day.DayNumber - new DateOnly(1970, 1, 1).DayNumber), FieldType.Date));
    }

    [Theory]
    [InlineData("0", 2, "0.00")]
    [InlineData("-5", 2, "-0.05")]
    [InlineData("12345", 0, "12345")]
    [InlineData("999999999999999999", 18, "0.999999999999999999")]
    [InlineData("-99999999999999999999999999999999999999", 10, "-9999999999999999999999999999.9999999999")]
    public void Decimal_NarrowAndWide_KeepTheirScale(string unscaled, int scale, string expected)
    {
        var value = Int128.Parse(unscaled, CultureInfo.InvariantCulture);
        var wide = new WideColumn();
        wide.Reset(1);
        wide.Values[0] = value;
        Assert.Equal(expected, Text(wide, FieldType.Decimal, scale));
        if (value == (long)value)
            Assert.Equal(expected, Text(Longs((long)value), FieldType.Decimal, scale));
        Assert.True(Core.Generation.Literals.TryParseDecimal(expected, 38, scale, out var parsed));
        Assert.Equal(value, parsed);
    }

    [Fact]
    public void PostgresNumeric_AnyScale_IsReadBackAlike()
    {
        var random = new Queue<ulong>(Enumerable.Range(0, 20_000).Select(i => Randomness.Cell(3, i)));
        while (random.Count > 2)
        {
            var scale = (int)(random.Dequeue() % 39);
            var value = (Int128)(((UInt128)random.Dequeue() << 64 | random.Dequeue()) >> (int)(BigInteger.Abs(random.Count) % 120)) % PowersOfTen.Wide(38);
            if (random.Count % 2 == 0)
                value = -value;
            var wide = new WideColumn();
            wide.Reset(1);
            wide.Values[0] = value;
            var buffer = new ByteBuffer(64);
            PostgresNumeric.Write(buffer, wide, 0, Describe(FieldType.Decimal, scale));
            Assert.Equal(value, PostgresNumeric.Read(buffer.Written[4..], scale));
        }
    }

    private static string Text(Column column, FieldType type, int scale = 0)
    {
        Span<byte> to = stackalloc byte[TextForm.MaxSize];
        return Encoding.ASCII.GetString(to[..TextForm.Format(to, column, 0, type, scale)]);
    }

    private static LongColumn Longs(long value)
    {
        var column = new LongColumn();
        column.Reset(1);
        column.Values[0] = value;
        return column;
    }

    private static TextColumn Texts(params string?[] texts)
    {
        var column = new TextColumn();
        column.Reset(texts.Length);
        foreach (var text in texts)
        {
            if (text is null)
                column.AddNull();
            else
                column.Add(Encoding.UTF8.GetBytes(text));
        }

        return column;
    }

    private static ColumnDescription Describe(FieldType type, int scale = 2) => new("s", type, true) { SqlType = "text", Scale = scale, Precision = 38 };

    private static string Write(RowFormat format, Column column)
    {
        var writer = RowWriter.For(format, "\"t\"", [Describe(FieldType.String)], 0);
        var buffer = new ByteBuffer(16);
        writer.Begin(buffer);
        writer.Write(buffer, new[] { column }, column.Count, 0);
        writer.End(buffer, column.Count);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
