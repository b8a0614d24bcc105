using System.Text.Json;
using TdmPortal.Cli;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = TestFolder.Create();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Generate_Sample_WritesOneFileAnEntity()
    {
        var (code, _, error) = await RunAsync("generate", Sample("contract-all"), "--out", folder, "--format", "ndjson", "--seed", "3");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["assignment.ndjson", "country.ndjson", "person.ndjson", "profile.ndjson", "site.ndjson", "tenant.ndjson"], Files());
        Assert.Equal(1000, File.ReadLines(Path.Combine(folder, "person.ndjson")).Count());
    }

    [Fact]
    [Trait("Requirement", "N9")]
    public async Task Generate_WithMoreOptions_GivesThoseTheirOwnSeed()
    {
        async Task<string[][]> RowsAsync(params string[] more)
        {
            var (code, _, error) = await RunAsync(["generate", Sample("customers-orders"), "--out", folder, "--rows", "customer=200", "--rows", "order=300", .. more]);
            Assert.Equal((0, ""), (code, error));
            return [.. new[] { "customer", "order" }.Select(entity => File.ReadAllLines(Path.Combine(folder, entity + ".csv")))];
        }

        var (first, other) = (await RowsAsync("--seed", "1"), await RowsAsync("--seed", "2"));
        var stable = await RowsAsync("--seed", "2", "--stable", "customer", "--stable", "order.status", "--stable-seed", "1");
        Assert.NotEqual(first[0], other[0]);
        Assert.Equal(first[0], stable[0]);
        var status = Array.IndexOf(first[1][0].Split(','), "status");
        Assert.Equal(first[1].Select(row => row.Split(',')[status]), stable[1].Select(row => row.Split(',')[status]));
        Assert.Equal(other[1].Select(row => row.Split(',')[1]), stable[1].Select(row => row.Split(',')[1]));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("ndjson")]
    [InlineData("xml")]
    [InlineData("sql")]
    public async Task Generate_ToNothing_EndsWellAndKeepsNothing(string format)
    {
        var before = File.GetAttributes("/dev/null");
        var (code, output, error) = await RunAsync("generate", Sample("contract-all"), "--out", "/dev/null", "--format", format);
        Assert.Equal((0, "", ""), (code, output, error));
        Assert.Equal(before, File.GetAttributes("/dev/null"));
        Assert.Empty(Directory.EnumerateFiles("/dev", "*.partial"));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("all")]
    [InlineData("schema")]
    [InlineData("data")]
    public async Task Generate_Sql_WritesOneScript(string part)
    {
        var (code, _, _) = await RunAsync("generate", Sample("contract-all"), "--out", folder, "--format", "sql", "--sql", part, "--sql-rows", "copy");
        Assert.Equal(0, code);
        Assert.Equal([$"{part}.sql"], Files());
        var script = await File.ReadAllTextAsync(Path.Combine(folder, $"{part}.sql"), TestContext.Current.CancellationToken);
        Assert.Equal(part != "data", script.Contains("CREATE TABLE", StringComparison.Ordinal));
        Assert.Equal(part != "schema", script.Contains("COPY \"person\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_RowsAndScale_AreTaken()
    {
        var (code, _, _) = await RunAsync("generate", Sample("customers-orders"), "--out", folder, "--rows", "customer=12", "--rows", "order=34", "--threads", "1");
        Assert.Equal(0, code);
        Assert.Equal(13, File.ReadLines(Path.Combine(folder, "customer.csv")).Count());
        Assert.Equal(35, File.ReadLines(Path.Combine(folder, "order.csv")).Count());
    }

    [Theory]
    [InlineData("generate")]
    [InlineData("generate", "x.json")]
    [InlineData("generate", "x.json", "--out", "y", "--format", "parquet")]
    [InlineData("unknown")]
    public async Task Run_BadUsage_EndsWithTwo(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.NotEqual("", error);
    }

    [Theory]
    [InlineData("--rows", "customer")]
    [InlineData("--offset", "5")]
    [InlineData("--scale", "0")]
    [InlineData("--as-of", "yesterday")]
    public async Task Generate_OptionsThatMakeNoSense_EndWithTwo(string option, string value)
    {
        var (code, _, error) = await RunAsync("generate", Sample("customers-orders"), "--out", folder, option, value);
        Assert.Equal(2, code);
        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Generate_UnknownEntityInRows_EndsWithOneAndLeavesNothing()
    {
        var (code, _, error) = await RunAsync("generate", Sample("customers-orders"), "--out", folder, "--rows", "nobody=5");
        Assert.Equal(1, code);
        Assert.Contains("nobody", error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Generate_FailsHalfWay_LeavesNoFileUnderItsName()
    {
        var schema = Path.Combine(folder, "bad.schema.json");
        await File.WriteAllTextAsync(schema, """
            { "name": "bad", "entities": [ { "name": "t", "rows": 50000, "fields": [
              { "name": "id", "type": "integer", "generator": "sequence" },
              { "name": "x", "type": "integer", "generator": "expression", "args": { "value": "10 / (40000 - id)" } } ] } ] }
            """, TestContext.Current.CancellationToken);
        var (code, _, error) = await RunAsync("generate", schema, "--out", folder);
        Assert.Equal(1, code);
        Assert.Contains("t.x", error, StringComparison.Ordinal);
        Assert.Equal(["bad.schema.json"], Files());
    }

    [Fact]
    public async Task Validate_GoodAndBad_EndsWithZeroAndOne()
    {
        Assert.Equal((0, "", ""), await RunAsync("validate", Sample("chinook")));
        var bad = Path.Combine(folder, "bad.schema.json");
        await File.WriteAllTextAsync(bad, """{ "name": "bad", "entities": [ { "name": "t", "rows": 9, "fields": [ { "name": "a", "type": "string", "generator": "no.such" }, { "name": "b", "type": "decimal", "scale": 40, "generator": "number.decimal" } ] } ] }""", TestContext.Current.CancellationToken);
        var (code, output, _) = await RunAsync("validate", bad);
        Assert.Equal(1, code);
        Assert.Contains("entities[0].fields[0].generator: ", output, StringComparison.Ordinal);
        Assert.Contains("entities[0].fields[1].scale: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NoFile_EndsWithOne()
    {
        var (code, _, error) = await RunAsync("validate", Path.Combine(folder, "none.json"));
        Assert.Equal(1, code);
        Assert.Contains("none.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generators_Json_DescribesEveryOne()
    {
        var (code, output, _) = await RunAsync("generators", "--format", "json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Contains(json.RootElement.EnumerateArray(), one => one.GetProperty("name").GetString() == "sequence" && one.GetProperty("args").GetArrayLength() > 0);
        Assert.All(json.RootElement.EnumerateArray(), one => Assert.NotEqual("", one.GetProperty("summary").GetString()));
    }

    private static string Sample(string name) => Repository.PathOf("samples", $"{name}.schema.json");

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string[] Files() => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
