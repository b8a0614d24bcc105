using System.Text.Json;
using TdmPortal.Cli;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Cli;

/// <summary>tdm check over files.</summary>
[Trait("Requirement", "D5")]
public sealed class CheckCommandTests : IDisposable
{
    private readonly string folder = TestFolder.Create();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("xml")]
    public async Task Check_GeneratedFiles_HoldAndEndWithZero(string format)
    {
        var schema = Repository.PathOf("samples/contract-all.schema.json");
        Assert.Equal(0, (await RunAsync("generate", schema, "--out", folder, "--format", format)).Code);

        var (code, output, error) = await RunAsync("check", schema, folder);

        Assert.True(code == 0, output);
        Assert.Empty(error);
        Assert.Contains("person, 1,000 rows", output, StringComparison.Ordinal);
        Assert.Contains(" hold, 0 do not. Score 100 %.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ReferenceInAnotherDialect_SaysHowLikeItTheRowsAre()
    {
        var schema = Shop();
        var rows = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i},a{i}@example.com,{(i % 4 == 0 ? "gold" : "bronze")}\n"));
        var (file, sample) = (Write("customer.csv", $"id,email,tier\n{rows}"), Write("sample.csv", $"TIER;EMAIL;ID\r\n{string.Concat(Enumerable.Range(1, 40).Select(i => $"{(i % 2 == 0 ? "gold" : "bronze")};b{i}@example.com;{i}\r\n"))}"));

        var (code, output, error) = await RunAsync("check", schema, file, "--level", "standard", "--reference", $"customer={sample}");
        var (basic, _, usage) = await RunAsync("check", schema, file, "--reference", $"customer={sample}");

        Assert.True(code == 0, output + error);
        Assert.Contains("Compared with sample.csv:", output, StringComparison.Ordinal);
        Assert.Contains("Column shapes; least: customer.tier, TVComplement 75 %", output, StringComparison.Ordinal);
        Assert.Equal(2, basic);
        Assert.Contains("--level standard", usage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FileWithFaults_NamesThemAndEndsWithOne()
    {
        var (schema, file) = (Shop(), Write("customers.csv", "id,email,tier\n1,a@example.com,gold\n2,b,gold\n2,c@example.com,iron\n"));

        var (code, output, _) = await RunAsync("check", schema, $"customer={file}");

        Assert.Equal(1, code);
        Assert.Matches("FAILS +error +1 +3  customer.id occurs once\n +row 3, key 2: id = 2", output);
        Assert.Matches("FAILS +error +1 +3  customer.email is an e-mail address\n +row 2, key 2: email = b", output);
        Assert.Matches("FAILS +error +1 +3  customer.tier is bronze or gold\n", output);
        Assert.Contains("3 do not.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RulesOfAFile_TakesTheirSeverityAndWritesJson()
    {
        var (schema, file) = (Shop(), Write("customer.csv", "id,email,tier\n1,a@example.com,gold\n2,b,gold\n"));
        var rules = Write("rules.json", """{ "rules": [ { "name": "mail", "entity": "customer", "columns": ["email"], "check": "email", "severity": "warning" } ], "scenarios": [ { "name": "gold ones", "entity": "customer", "condition": "tier = 'gold'", "atLeast": 2 } ] }""");

        var (code, output, _) = await RunAsync("check", schema, file, "--rules", rules, "--json");

        using var json = JsonDocument.Parse(output);
        var mail = json.RootElement.GetProperty("rules")[0];
        Assert.Equal(0, code);
        Assert.Equal(("mail", false, 1), (mail.GetProperty("name").GetString(), mail.GetProperty("holds").GetBoolean(), mail.GetProperty("failing").GetInt32()));
        Assert.Equal("b", mail.GetProperty("rows")[0].GetProperty("values")[0].GetString());
        Assert.Equal(2, json.RootElement.GetProperty("scenarios")[0].GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Check_WrongUse_EndsWithTwoOrSaysWhatIsWrong()
    {
        var (schema, file) = (Shop(), Write("people.csv", "id\n1\n"));

        var unknown = await RunAsync("check", schema, file);
        var gone = await RunAsync("check", schema, Path.Combine(folder, "customer.csv"));
        var bad = await RunAsync("check", schema, $"customer={file}", "--rules", Write("bad.json", """{ "rules": [ { "name": "a", "entity": "customer", "columns": ["emial"], "check": "email" } ] }"""));

        Assert.Equal((2, 2, 1), (unknown.Code, gone.Code, bad.Code));
        Assert.Contains("the schema has no entity people; say which one it is: ENTITY=", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("there is no file", gone.Error, StringComparison.Ordinal);
        Assert.Contains("rules[0].columns[0]: customer has no field \"emial\".", bad.Error, StringComparison.Ordinal);
    }

    private string Shop() => Write("shop.schema.json", """
        { "name": "shop", "entities": [ { "name": "customer", "rows": 5, "fields": [
          { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "email", "type": "string", "generator": "internet.email" },
          { "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["bronze", "gold"] } } ], "primaryKey": ["id"] } ] }
        """);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
