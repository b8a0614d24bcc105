using System.Globalization;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Learning;

/// <summary>Sample files as people have them: their dialect, types and bad lines are found without being told.</summary>
[Trait("Requirement", "D3")]
public sealed class FileInspectionTests
{
    [Theory]
    [InlineData("id,name,price\n1,\"a,b\",1.5\n2,c,2.25\n", ',', "id integer, name string(3), price decimal(2)")]
    [InlineData("id;name;preis\r\n1;a,b;1,50\r\n2;c;1.234,25\r\n", ';', "id integer, name string(3), preis decimal(2) 1.234,56")]
    [InlineData("id\tname\tprice\n1\tit's\t1,234.50\n2\tc\t7.25\n", '\t', "id integer, name string(4), price decimal(2) 1,234.56")]
    [InlineData("id|name|price\r1|a b|-1.5\r2|\"say \"\"no\"\"\"|2e3\r", '|', "id integer, name string(8), price double")]
    [InlineData("id,name,price\n1,\"a \\\"b\\\", c\",1\n2,\"x\",2\n", ',', "id integer, name string(8), price integer")]
    [InlineData("id,'name',price\n1,'a,''b',1\n2,'x',2\n", ',', "id integer, name string(4), price integer")]
    public void Inspect_CsvOfAnyDialect_FindsIt(string text, char delimiter, string columns)
    {
        var file = SampleFiles.Inspect("t.csv", text);

        Assert.Equal(delimiter, file.Dialect.Delimiter);
        Assert.True(file.Dialect.Header);
        Assert.Equal(columns, SampleFiles.Columns(file));
        Assert.Equal((0, 2), (file.BadLines, file.Entities[0].Rows));
    }

    [Theory]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("utf-16", "utf-16le", true)]
    [InlineData("utf-16", "utf-16le", false)]
    [InlineData("utf-16BE", "utf-16be", true)]
    [InlineData("utf-16BE", "utf-16be", false)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("iso-8859-1", "iso-8859-1", false)]
    public void Inspect_EncodingOfAnyKind_ReadsTheSameRows(string written, string found, bool mark)
    {
        var text = $"Größe;Straße;id\r\n10;Äußere Allee{(found == "windows-1252" ? " – 5 €" : "")};1\r\n20;Weg;2\r\n";
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(written) ?? Encoding.GetEncoding(written);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        var file = SampleFiles.Inspect("t.csv", bytes);

        Assert.Equal((found, mark), (file.Dialect.Encoding, file.Dialect.ByteOrderMark));
        Assert.Equal(["groesse", "strasse", "id"], file.Entities[0].Columns.Select(column => column.Name));
        Assert.Equal("Größe", file.Entities[0].Columns[0].Original);
        Assert.StartsWith("10|Äußere Allee", SampleFiles.Rows(new SampleSource([file], _ => new MemoryStream(bytes))), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_OtherCharactersFarBehindTheBeginning_ReadsThemAsWindows1252()
    {
        var text = new StringBuilder("id,name\n");
        for (var i = 0; i < 30_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},somebody\n");
        byte[] bytes = [.. Encoding.ASCII.GetBytes(text.ToString()), .. Encoding.Latin1.GetBytes("30000,Müller\n")];

        var file = SampleFiles.Inspect("t.csv", bytes);

        Assert.Equal(("windows-1252", 0L, 30_001L), (file.Dialect.Encoding, file.BadLines, file.Entities[0].Rows));
    }

    [Theory]
    [InlineData("1,Ann,2020-01-01\n2,Bob,2020-02-01\n", false)]
    [InlineData("id,first name,since\n2,Bob,2020-02-01\n", true)]
    [InlineData("colour,shape\nred,round\nblue,square\n", true)]
    [InlineData("red,round\nblue,square\nred,square\n", false)]
    public void Inspect_FirstLine_IsAHeaderOnlyWhereItHasNames(string text, bool header)
    {
        var file = SampleFiles.Inspect("t.csv", text);

        Assert.Equal(header, file.Dialect.Header);
        Assert.Equal(header, file.Entities[0].Columns[0].Name != "column_1");
    }

    [Theory]
    [InlineData("2026-01-31|2025-12-01", "date", null, "2026-01-31")]
    [InlineData("31.01.2026|1.2.2026", "date", "dd.MM.yyyy", "2026-01-31")]
    [InlineData("01/31/2026|2/1/2026", "date", "MM/dd/yyyy", "2026-01-31")]
    [InlineData("31/01/26|01/02/99", "date", "dd/MM/yyyy", "2026-01-31")]
    [InlineData("31-Jan-2026|01-FEB-2025", "date", "dd-MMM-yyyy", "2026-01-31")]
    [InlineData("2026-01-31 09:30:00|2026-01-31T09:30:00.5+01:00", "timestamp", null, "2026-01-31T09:30:00Z")]
    [InlineData("31.01.2026 09:30|1.2.2026 23:59:59", "timestamp", "dd.MM.yyyy HH:mm:ss", "2026-01-31T09:30:00Z")]
    [InlineData("1/31/2026 9:30 PM|2/1/2026 12:00 AM", "timestamp", "MM/dd/yyyy HH:mm:ss", "2026-01-31T21:30:00Z")]
    [InlineData("09:30|23:59:59", "time", null, "09:30:00")]
    [InlineData("yes|No", "boolean", "yes/no", "true")]
    [InlineData("ja|NEIN", "boolean", "ja/nein", "true")]
    [InlineData("TRUE|f", "string", null, "TRUE")]
    [InlineData("T|f", "boolean", "t/f", "true")]
    [InlineData("00501|90210", "string", null, "00501")]
    [InlineData("+49 30 1|+49 40 2", "string", null, "+49 30 1")]
    [InlineData("1'234.5|2", "decimal", "1'234.56", "1234.5")]
    [InlineData("99999999999999999999|1", "decimal", null, "99999999999999999999")]
    [InlineData("0.1234567890123|1", "double", null, "0.1234567890123")]
    [InlineData("9f1c2d3e-0000-4000-8000-000000000001|9F1C2D3E-0000-4000-8000-000000000002", "uuid", null, "9f1c2d3e-0000-4000-8000-000000000001")]
    public void Inspect_Values_AreReadAsTheirType(string values, string type, string? form, string first)
    {
        var text = $"what|id\n{string.Join('\n', values.Split('|').Select((value, i) => $"{value}|{i}"))}\n";

        var file = SampleFiles.Inspect("t.csv", text, new() { Delimiter = '|' });
        var column = file.Entities[0].Columns[0];

        Assert.Equal((type, form), (column.Type.ToString().ToLowerInvariant(), column.Form));
        Assert.Equal(first, SampleFiles.Rows(new SampleSource([file], _ => new MemoryStream(Encoding.UTF8.GetBytes(text)))).Split('|')[0]);
    }

    [Fact]
    public void Inspect_NullsOfManySpellings_AreNullWhereTheyMeanIt()
    {
        const string Text = "id,price,note,country,flag\n1,NULL,NULL,NA,-\n2,NA,,DE,true\n3,\\N,\"\",FR,false\n4,1.5,a long note,NULL,\n";

        var file = SampleFiles.Inspect("t.csv", Text);

        Assert.Equal("id integer, price decimal(1), note string(11), country string(2), flag boolean", SampleFiles.Columns(file));
        Assert.Equal("1|∅|∅|NA|∅\n2|∅|∅|DE|true\n3|∅||FR|false\n4|1.5|a long note|∅|∅\n", SampleFiles.Rows(new SampleSource([file], _ => new MemoryStream(Encoding.UTF8.GetBytes(Text)))));
        Assert.Equal([0, 3, 2, 1, 2], file.Entities[0].Columns.Select(column => (int)column.Nulls));
    }

    [Fact]
    public void Inspect_DaysThatMayBeMonths_SaysSo()
    {
        var file = SampleFiles.Inspect("t.csv", "id,a,b\n1,01/02/2026,13/02/2026\n2,03/04/2026,03/04/2026\n");

        Assert.NotNull(file.Entities[0].Columns[1].Note);
        Assert.Null(file.Entities[0].Columns[2].Note);
    }

    [Fact]
    public void Inspect_AlmostAllOfAType_IsTextAndSaysWhatItNearlyIs()
    {
        var text = "id,amount\n" + string.Concat(Enumerable.Range(1, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i == 123 ? "unknown" : i)}\n")));

        var column = SampleFiles.Inspect("t.csv", text).Entities[0].Columns[1];

        Assert.Equal((FieldType.String, new NearlyType(FieldType.Integer, null, 1, 124)), (column.Type, column.Nearly));
    }

    [Fact]
    public void Inspect_HostileLines_AreKeptAsideWithNumberAndReason()
    {
        var cell = new string('x', 1_000_000);
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes($"id,näme,note\n1,a,{cell}\n2,only two\n3,\"a\"b,c\n4,é\0,x\n5,"), 0xC3, 0x28,
            .. Encoding.UTF8.GetBytes(",x\n6,=cmd|' /C calc'!A0,@SUM(1)\n7,\"two\nlines\",y\n8,a \"lone\" quote,z\n9,a,b,c,d\n10,\"never closed,x\n11,fine,y\n"),
        ];
        var aside = new List<string>();

        var file = SampleFiles.Inspect("t.csv", bytes, null, new() { Aside = (bad, text) => aside.Add($"{bad.Line}:{text.Length}") });

        Assert.Equal([(3L, "it has 2 values instead of 3"), (4, "something stands behind a closing quote"), (5, "it holds the character NUL"), (6, "its characters are not UTF-8"), (11, "it has 5 values instead of 3"), (12, "a quote is opened and not closed")],
            file.FirstBadLines.Select(bad => (bad.Line, bad.Reason)));
        Assert.Equal(6, file.BadLines);
        Assert.Equal(6, aside.Count);
        Assert.Equal("9,a a", file.FirstBadLines[0].Shape);
        var rows = SampleFiles.Rows(new SampleSource([file], _ => new MemoryStream(bytes)));
        Assert.Equal($"1|a|{cell}\n6|=cmd|' /C calc'!A0|@SUM(1)\n7|two\nlines|y\n8|a \"lone\" quote|z\n11|fine|y\n", rows);
    }

    [Fact]
    public void Inspect_PolicyStop_EndsAtTheFirstBadLineWithoutShowingIt()
    {
        var failure = Assert.Throws<PortalException>(() => SampleFiles.Inspect("t.csv", "id,name\n1,a\n2,Secretperson,4711\n", null, new() { BadLines = BadLinePolicy.Stop }));

        Assert.Equal("file.bad_line", failure.Code);
        Assert.Contains("line 3", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secretperson", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_JsonArray_HasAColumnForEachName()
    {
        const string Text = """[ {"id": 1, "Name": "Ann", "born": "31.01.2000", "ok": true, "tags": ["a"]}, {"id": 2, "price": 1.25, "Name": null, "extra": {"a": 1}} ]""";

        var file = SampleFiles.Inspect("people.json", Text);

        Assert.Equal(FileFormat.Json, file.Dialect.Format);
        Assert.Equal("id integer, name string(3), born date dd.MM.yyyy, ok boolean, tags json, price decimal(2), extra json", SampleFiles.Columns(file));
        Assert.Equal("1|Ann|2000-01-31|true|[\"a\"]|∅|∅\n2|∅|∅|∅|∅|1.25|{\"a\": 1}\n", SampleFiles.Rows(new SampleSource([file], _ => new MemoryStream(Encoding.UTF8.GetBytes(Text)))));
    }

    [Fact]
    public void Inspect_JsonObjectWithLists_HasAnEntityForEach()
    {
        const string Text = """{ "version": 3, "meta": {"a": [{"b": 1}]}, "customers": [ {"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"} ], "Order Lines": [ {"no": "A-1", "customer": 2} ], "empty": [] }""";

        var file = SampleFiles.Inspect("shop.json", Text);
        var source = new SampleSource([file], _ => new MemoryStream(Encoding.UTF8.GetBytes(Text)));

        Assert.Equal(["customers", "order_lines"], file.Entities.Select(entity => entity.Name));
        Assert.Equal("id integer, name string(3)", SampleFiles.Columns(file));
        Assert.Equal("no string(3), customer integer", SampleFiles.Columns(file, 1));
        Assert.Equal("1|Ann\n2|Bob\n", SampleFiles.Rows(source));
        Assert.Equal("A-1|2\n", SampleFiles.Rows(source, 1));
    }

    [Fact]
    public void Inspect_NdjsonWithBrokenLines_GoesOnBehindThem()
    {
        const string Text = "{\"id\":1,\"items\":[{\"x\":1}]}\n{\"id\":2,\n\nnonsense\n[1,2]\n{\"id\":\"a\\u0000\"}\n{\"id\":\"open}\n{\"id\":3}\n";

        var file = SampleFiles.Inspect("t.ndjson", Text);

        Assert.Equal([2L, 4, 5, 6, 7], file.FirstBadLines.Select(bad => bad.Line));
        Assert.Equal("1|[{\"x\":1}]\n3|∅\n", SampleFiles.Rows(new SampleSource([file], _ => new MemoryStream(Encoding.UTF8.GetBytes(Text)))));
    }

    [Fact]
    public void Inspect_DialectChosen_IsKept()
    {
        var file = SampleFiles.Inspect("t.csv", "a;b\n1;2\n", new() { Delimiter = ',', Header = false });

        Assert.Equal("column_1 string(3)", SampleFiles.Columns(file));
        Assert.Equal(2, file.Entities[0].Rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("{}x")]
    public void Inspect_NothingToRead_SaysSo(string text) => Assert.Equal("file.empty", Assert.Throws<PortalException>(() => SampleFiles.Inspect(text.Length > 2 ? "t.json" : "t.csv", text)).Code);

    [Fact]
    public void Source_TypedByADocument_HasItsFieldsAndTypes()
    {
        const string Text = "Kunde;Betrag;Am\n1;1.000,5;31.01.2026\n2;x;1.2.2026\n";
        var document = new SchemaDocument { Name = "d", Entities = [new() { Name = "sale", Fields = [new() { Name = "at", Type = FieldType.Date, Column = "Am" }, new() { Name = "amount", Type = FieldType.Decimal, Column = "Betrag" }, new() { Name = "other", Type = FieldType.String }] }] };
        var file = SampleFiles.Inspect("umsatz.csv", Text);
        file = file with { Entities = [file.Entities[0] with { Columns = [.. file.Entities[0].Columns.Select(column => column.Original == "Betrag" ? column with { Type = FieldType.Decimal, Form = "1.234,56" } : column)] }] };

        var source = new SampleSource(document, [("sale", file, file.Entities[0])], _ => new MemoryStream(Encoding.UTF8.GetBytes(Text)));

        Assert.Equal("2026-01-31|1000.50\n2026-02-01|∅\n", SampleFiles.Rows(source));
        Assert.Equal(1, source.UnreadOf(source.Entities[0], 1)?.Count);
    }
}
