using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>Rows of files as other programs write them.</summary>
public sealed class FileSourceTests : IDisposable
{
    private readonly string folder = TestFolder.Create();

    private static SchemaDocument Document { get; } = new()
    {
        Name = "files",
        Entities =
        [
            new()
            {
                Name = "t",
                PrimaryKey = ["id"],
                Fields =
                [
                    new() { Name = "id", Type = FieldType.Integer }, new() { Name = "name", Type = FieldType.String, MaxLength = 20, Column = "Full Name" }, new() { Name = "price", Type = FieldType.Decimal },
                    new() { Name = "at", Type = FieldType.Timestamp }, new() { Name = "tags", Type = FieldType.String, Array = new(0, 5) }, new() { Name = "more", Type = FieldType.Json }, new() { Name = "ok", Type = FieldType.Boolean },
                ],
            },
        ],
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("t.csv", "id,name,price,at,tags,more,ok\n1,\"a,\"\"b\"\"\n\",1.5,2026-01-31T10:00:00+01:00,\"[\"\"x\"\"]\",\"{\"\"a\"\":1}\",true\n2,\"\",,,,,\n")]
    [InlineData("t.csv", "\uFEFFok;MORE;tags;at;price;Full Name;ID;other\r\ntrue;\"{\"\"a\"\":1}\";\"[\"\"x\"\"]\";2026-01-31 09:00;1.50;\"a,\"\"b\"\"\n\";1;?\r\n;;;;;\"\";2;\r\n")]
    [InlineData("t.json", "[ {\"id\":1,\"name\":\"a,\\\"b\\\"\\n\",\"price\":1.50,\"at\":\"2026-01-31T09:00:00Z\",\"tags\":[\"x\"],\"more\":{\"a\":1},\"ok\":true,\"other\":[{}]},\n {\"name\":\"\",\"id\":2,\"price\":null} ]")]
    [InlineData("t.ndjson", "{\"id\":1,\"name\":\"a,\\\"b\\\"\\n\",\"price\":15e-1,\"at\":\"2026-01-31T09:00:00Z\",\"tags\":[\"x\"],\"more\":{\"a\":1},\"ok\":true}\n{\"id\":2,\"name\":\"\"}\n")]
    [InlineData("t.xml", "<?xml version=\"1.0\"?>\n<rows>\n<row><id>1</id><name>a,\"b\"\n</name><price>1.50</price><at>2026-01-31T09:00:00Z</at><tags><item>x</item></tags><more>{\"a\":1}</more><ok>true</ok></row><row><id>2</id><name></name></row></rows>")]
    public void Open_FormatOfAnyKind_ReadsTheSameRows(string file, string text)
    {
        var rows = CheckAll(file, text, new QualityRule { Name = "seen", Kind = RuleKind.Business, Entity = "t", Columns = ["name", "price", "at", "more", "ok"], Check = "expression", Args = Checks.CheckedRows.Args("{'condition':'id < 0'}") })[0];

        Assert.Null(rows.NotChecked);
        Assert.Equal(["1", "2"], rows.Rows.Select(row => row.Key));
        Assert.Equal(["a,\"b\"\n", "1.50", "2026-01-31T09:00:00Z", "{\"a\":1}", "true"], rows.Rows[0].Values);
        Assert.Equal(["", null, null, null, null], rows.Rows[1].Values);
        Assert.True(CheckAll(file, text, new QualityRule { Name = "tags", Kind = RuleKind.Business, Entity = "t", Columns = ["tags"], Check = "length_between", Args = Checks.CheckedRows.Args("{'min':1}") })[0] is { Evaluated: 1, Failing: 0 });
    }

    [Fact]
    public void Read_CellsThatCannotBeRead_FailTheTypeAndNothingElse()
    {
        var results = CheckAll("t.csv", "id,name,price,at,ok\n1,a,x,2026-01-01,true\n2,b,1.234,2026-02-30,yes\n3,c,1\nx,d,1,,,\n",
            [.. DerivedRules.From(Document).Rules, new QualityRule { Name = "price is there", Kind = RuleKind.Completeness, Entity = "t", Columns = ["price"], Check = "not_null" }])
            .Where(result => !result.Holds && result.NotChecked is null).ToDictionary(result => result.Rule.Name, StringComparer.Ordinal);

        Assert.Equal(["t.at is a timestamp", "t.id is an integer", "t.ok is a boolean", "t.price is a decimal with 2 digits after the point"], results.Keys.Order(StringComparer.Ordinal));
        var price = results["t.price is a decimal with 2 digits after the point"];
        Assert.Equal((4, 2), (price.Evaluated, price.Failing));
        Assert.Equal([("line 2", "x"), ("line 3", "1.234")], price.Rows.Select(row => (row.Key, row.Values[0])));
        Assert.Equal([("line 5", "x")], results["t.id is an integer"].Rows.Select(row => (row.Key, row.Values[0])));
        Assert.Equal(["line 3", "line 4", "line 5"], results["t.ok is a boolean"].Rows.Select(row => row.Key));
    }

    [Theory]
    [InlineData("t.csv", "id,name\n1,\"a\n", "line 2: a quote is opened and not closed")]
    [InlineData("t.csv", "id,name\n1,\"a\"b\n", "line 2: something stands behind a closing quote")]
    [InlineData("t.csv", "a,b\n1,2\n", "has none of the fields of t in its first line (a, b)")]
    [InlineData("t.json", "[ {\"id\":1},\n {\"id\":2,} ]", "line 2: this is not JSON")]
    [InlineData("t.ndjson", "{\"id\":1}\n7\n", "line 2: a row must be an object in braces")]
    [InlineData("t.xml", "<rows><row><id>1</row></rows>", "line 1: this is not XML")]
    public void Read_BrokenFile_SaysWhere(string file, string text, string words)
    {
        var failure = Assert.Throws<PortalException>(() => CheckAll(file, text, [.. DerivedRules.From(Document).Rules]));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.SuggestedActions);
    }

    [Fact]
    public void Read_LongFile_CountsEveryRowOverTheBuffersEdges()
    {
        var text = new StringBuilder("id,name\n");
        for (var i = 0; i < 30_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},\"n\"\"{i}\"\n");

        var results = CheckAll("t.csv", text.ToString(),
            new QualityRule { Name = "counts", Kind = RuleKind.Business, Entity = "t", Columns = ["id"], Check = "sequential_values" },
            new QualityRule { Name = "names", Kind = RuleKind.Business, Entity = "t", Columns = ["name"], Check = "matches_regex", Args = Checks.CheckedRows.Args("{'pattern':'^n.[0-9]+$'}") });

        Assert.Equal([(29_999, 0), (30_000, 0)], results.Select(result => (result.Evaluated, result.Failing)));
    }

    private IReadOnlyList<RuleResult> CheckAll(string file, string text, params QualityRule[] rules)
    {
        var path = Path.Combine(folder, file);
        File.WriteAllText(path, text);
        var source = new FileSource(Document, [("t", path)], File.OpenRead);
        return new RuleRun(Document, source.Entities, new() { Rules = rules }, Checks.CheckedRows.AsOf).Complete(source, null, TestContext.Current.CancellationToken).Rules;
    }
}
