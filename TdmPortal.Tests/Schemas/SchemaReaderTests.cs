using System.Text;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class SchemaReaderTests
{
    private static SchemaReadResult Read(string json) => SchemaReader.Read(Encoding.UTF8.GetBytes(json));

    private static SchemaProblem Only(string json) => Assert.Single(Read(json).Problems);

    [Theory]
    [MemberData(nameof(SampleFiles.All), MemberType = typeof(SampleFiles))]
    public void Read_Sample_HasNoProblems(string name)
    {
        var result = SchemaReader.Read(SampleFiles.Bytes(name));

        Assert.NotNull(result.Document);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Read_ContractAll_KeepsEveryConstruct()
    {
        var document = SchemaReader.Read(SampleFiles.Bytes("contract-all.schema.json")).Document!;

        var country = document.Entities[0];
        Assert.Equal(("de", 5L, false), (document.Locale, country.Rows!.Value, country.Scale!.Value));
        var site = document.Entities.Single(entity => entity.Name == "site");
        Assert.Null(site.Rows);
        Assert.Equal(new ArrayBounds(0, 3), site.Fields.Single(field => field.Name == "tags").Array);
        Assert.Equal("closed is not null", site.Fields.Single(field => field.Name == "closing_reason").When);
        var share = document.Entities.Single(entity => entity.Name == "assignment").Fields.Single(field => field.Name == "share");
        Assert.Equal((5, 2), (share.Precision, share.Scale));
        Assert.Equal(new DistributionDefinition(DistributionKind.PerParent, null, 1, 6), document.Relationships.Single(relationship => relationship.Name == "site_tenant").Distribution);
        Assert.Equal(2, document.Relationships.Single(relationship => relationship.Name == "person_manager").RootPercent);
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.Empty(SchemaReader.Read(SampleBom()).Problems);

    private static byte[] SampleBom() => [0xEF, 0xBB, 0xBF, .. SampleFiles.Bytes("chinook.schema.json")];

    [Theory]
    [InlineData("", "line 1, column 1: This is not JSON. The file is empty.")]
    [InlineData("id;name\n1;Ann", "line 1, column 1: This is not JSON.")]
    [InlineData("{\n  \"name\": \"ü\",,\n}", "line 2, column 15: This is not JSON.")]
    public void Read_NotJson_SaysLineAndColumn(string text, string start)
    {
        var result = Read(text);

        Assert.Null(result.Document);
        var problem = Assert.Single(result.Problems);
        Assert.Equal("schema.not_json", problem.Code);
        Assert.StartsWith(start, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotUtf8_SaysWhere()
    {
        var problem = Assert.Single(SchemaReader.Read(new byte[] { (byte)'{', (byte)'\n', (byte)'"', 0xE4, (byte)'"' }).Problems);

        Assert.Equal("line 2, column 2: The file is not UTF-8 text.", problem.Message);
    }

    [Theory]
    [InlineData("{ \"name\": \"a\\ud800\", \"entities\": [] }", "surrogate")]
    [InlineData("{ \"name\": \"a\", \"entities\": [], \"title\": \"x\\u0000\" }", "NUL")]
    [InlineData("{ \"\\udc00\": 1 }", "surrogate")]
    public void Read_TextThatNoDatabaseStores_IsRefused(string json, string reason) =>
        Assert.Contains(reason, Only(json).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_TooDeep_IsRefused()
    {
        var result = Read("{\"name\":" + new string('[', 10_000) + new string(']', 10_000) + "}");

        Assert.Null(result.Document);
        Assert.Contains("depth", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_50Megabytes_IsRefusedUnparsed()
    {
        var result = SchemaReader.Read(new byte[50 * 1024 * 1024]);

        Assert.Null(result.Document);
        var problem = Assert.Single(result.Problems);
        Assert.Equal(("schema.too_large", "The file is 50 MB, which is over the limit of 20 MB."), (problem.Code, problem.Message));
    }

    [Fact]
    public async Task ReadAndValidateAsync_EndlessStream_StopsAtTheLimit()
    {
        await using var endless = new MemoryStream(new byte[SchemaReader.MaxBytes + 100_000]);

        var result = await SchemaReader.ReadAndValidateAsync(endless, TestContext.Current.CancellationToken);

        Assert.Equal("schema.too_large", Assert.Single(result.Problems).Code);
        Assert.True(endless.Position < endless.Length);
    }

    [Theory]
    [InlineData("[]", "", "schema.wrong_type")]
    [InlineData("{ \"entities\": [] }", "name", "schema.missing_property")]
    [InlineData("{ \"name\": \"a\" }", "entities", "schema.missing_property")]
    [InlineData("{ \"name\": 1, \"entities\": [] }", "name", "schema.wrong_type")]
    [InlineData("{ \"name\": \"a\", \"name\": \"b\", \"entities\": [] }", "name", "schema.duplicate_property")]
    [InlineData("{ \"name\": \"a\", \"entities\": {} }", "entities", "schema.wrong_type")]
    [InlineData("{ \"name\": \"a\", \"entities\": [7] }", "entities[0]", "schema.wrong_type")]
    [InlineData("{ \"name\": \"a\", \"entities\": [], \"colour\": 1 }", "colour", "schema.unknown_property")]
    [InlineData("{ \"name\": \"a\", \"entities\": [], \"relationships\": [ { \"name\": \"r\", \"from\": { \"entity\": \"x\", \"fields\": [\"y\"] } } ] }", "relationships[0].to", "schema.missing_property")]
    [InlineData("{ \"name\": \"a\", \"entities\": [], \"constraints\": [ { \"name\": \"r\", \"entity\": \"x\", \"check\": true } ] }", "constraints[0].check", "schema.wrong_type")]
    public void Read_WrongForm_NamesThePlace(string json, string path, string code)
    {
        var problem = Only(json);

        Assert.Equal((path, code), (problem.Path, problem.Code));
    }

    [Theory]
    [InlineData("\"typ\": \"integer\"", "entities[0].fields[0].typ", "schema.unknown_property")]
    [InlineData("\"type\": \"int\"", "entities[0].fields[0].type", "schema.unknown_type")]
    [InlineData("\"type\": \"string\", \"maxLength\": \"12\"", "entities[0].fields[0].maxLength", "schema.wrong_type")]
    [InlineData("\"type\": \"string\", \"maxLength\": 1.5", "entities[0].fields[0].maxLength", "schema.wrong_type")]
    [InlineData("\"type\": \"string\", \"maxLength\": 99999999999", "entities[0].fields[0].maxLength", "schema.wrong_type")]
    [InlineData("\"type\": \"string\", \"nullPercent\": 1e999", "entities[0].fields[0].nullPercent", "schema.wrong_type")]
    [InlineData("\"type\": \"string\", \"array\": [1]", "entities[0].fields[0].array", "schema.wrong_type")]
    [InlineData("\"type\": \"string\", \"args\": { \"a\": 1, \"a\": 2 }", "entities[0].fields[0].args.a", "schema.duplicate_property")]
    [InlineData("\"type\": \"string\", \"unique\": null", "entities[0].fields[0].unique", "schema.wrong_type")]
    public void Read_WrongField_NamesThePlace(string field, string path, string code)
    {
        var result = Read($$"""{ "name": "a", "entities": [ { "name": "e", "rows": 1, "fields": [ { "name": "f", {{field}} } ] } ] }""");

        Assert.Contains(result.Problems, problem => problem.Path == path && problem.Code == code);
        Assert.Equal("f", result.Document!.Entities[0].Fields[0].Name);
    }

    [Fact]
    public void Read_SeveralMistakes_ListsAll()
    {
        var result = Read("""
            { "name": "a", "entities": [
              { "name": "e", "rows": "many", "fields": [ { "name": "f", "type": "strin" }, 5 ], "primaryKey": "f" } ],
              "relationships": [ { "name": "r", "from": 1, "to": { "entity": "e", "fields": [1] }, "distribution": { "kind": "even" } } ] }
            """);

        string[] expected =
            ["entities[0].rows", "entities[0].fields[0].type", "entities[0].fields[1]", "entities[0].primaryKey", "relationships[0].from", "relationships[0].to.fields[0]", "relationships[0].distribution.kind"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), result.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.Contains("Write \"string\"", result.Problems.SelectMany(problem => problem.SuggestedActions));
    }

    [Fact]
    public void Read_EndlessMistakes_AreBounded()
    {
        var result = Read("{ \"name\": \"a\", \"entities\": [" + string.Join(',', Enumerable.Repeat("1", 100_000)) + "] }");

        Assert.Equal(1001, result.Problems.Count);
        Assert.Equal("99000 more problems are not listed.", result.Problems[^1].Message);
    }
}
