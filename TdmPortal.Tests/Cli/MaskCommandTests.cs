using System.Text;
using System.Text.Json;
using TdmPortal.Cli;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Cli;

/// <summary>tdm mask on files: what goes in and out, what stops it, and what it never says.</summary>
[Trait("Requirement", "D3")]
public sealed class MaskCommandTests : IDisposable
{
    private const string KeyText = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private const string Policy = """
        { "name": "p", "rules": [ { "personal": "email", "masker": "email" }, { "columns": ["*.first_name"], "masker": "first_name" }, { "columns": ["*.note"], "masker": "keep", "reason": "holds no names" } ] }
        """;

    private readonly string folder = TestFolder.Create();

    private string Out => Path.Combine(folder, "masked");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("csv", "ndjson")]
    [InlineData("json", "csv")]
    [InlineData("ndjson", "json")]
    public async Task Mask_Files_GoInAndOutInAnyFormat_AndStayJoined(string from, string to)
    {
        string[] files = [await PeopleAsync("customer", from), await PeopleAsync("visitor", from)];

        var (code, output, error) = await MaskAsync(files, "--format", to);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("customer.email: email (email)", output, StringComparison.Ordinal);
        var (customers, visitors) = (await RowsAsync("customer", to), await RowsAsync("visitor", to));
        Assert.Equal((40, 40, 40), (customers.Count, visitors.Count, customers.Select(row => row["email"]).Distinct().Count()));
        Assert.All(customers, row => Assert.True(!row["email"].Contains("plantedoriginal", StringComparison.Ordinal) && row["first_name"] != "Quintessa" && row["note"] == "as it was"));
        Assert.Equal(customers.Select(row => row["email"]), visitors.Select(row => row["email"]));
    }

    [Fact]
    public async Task Mask_KeyInTheEnvironment_IsTheSameKeyAsInAFile_AndNeverSaid()
    {
        string[] files = [await PeopleAsync("customer", "csv")];
        var byFile = await MaskAsync(files);
        var masked = await File.ReadAllTextAsync(Path.Combine(Out, "customer.csv"), TestContext.Current.CancellationToken);
        var variable = $"TDM_KEY_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, KeyText);
        try
        {
            var byVariable = await RunAsync(["mask", .. files, "--policy", await FileAsync("p.json", Policy), "--key-env", variable, "--out", Out]);
            Assert.Equal((0, 0), (byFile.Code, byVariable.Code));
            Assert.Equal(masked, await File.ReadAllTextAsync(Path.Combine(Out, "customer.csv"), TestContext.Current.CancellationToken));
            Environment.SetEnvironmentVariable(variable, KeyText[..60]);
            var tooShort = await RunAsync(["mask", .. files, "--policy", await FileAsync("p.json", Policy), "--key-env", variable, "--out", Out]);
            Assert.Equal(2, tooShort.Code);
            Assert.All([byFile, byVariable, tooShort], run => Assert.DoesNotContain(KeyText[..16], run.Output + run.Error, StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        var policy = await FileAsync("p.json", Policy);
        Assert.Equal(2, (await RunAsync(["mask", .. files, "--policy", policy, "--key-env", variable, "--out", Out])).Code);
        Assert.Equal(2, (await RunAsync(["mask", .. files, "--policy", policy, "--out", Out])).Code);
        Assert.Equal(2, (await RunAsync(["mask", .. files, "--policy", policy, "--key", KeyText, "--out", Out])).Code);
    }

    [Fact]
    public async Task Mask_SourceThatHasChanged_EndsWithOne_SaysWhat_AndWritesNothing()
    {
        string[] files = [await PeopleAsync("customer", "csv")];

        var (code, _, error) = await MaskAsync(files, Policy.Replace("\"rules\"", "\"columns\": { \"customer\": { \"id\": \"integer\", \"phone\": \"string(20)\" } }, \"rules\"", StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains("customer.email is new", error, StringComparison.Ordinal);
        Assert.Contains("customer.phone is gone", error, StringComparison.Ordinal);
        Assert.Contains("Nothing was masked", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Mask_ProofThatFails_EndsWithOne_AndLeavesNoFile()
    {
        string[] files = [await PeopleAsync("customer", "csv")];

        var (code, _, error) = await MaskAsync(files, Policy.Replace("\"rules\"", "\"quasiIdentifiers\": [ { \"entity\": \"customer\", \"fields\": [\"id\"], \"k\": 5 } ], \"rules\"", StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains("Nothing was kept", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Out));
    }

    [Fact]
    public async Task Mask_Subset_TakesThatPart()
    {
        string[] files = [await PeopleAsync("customer", "csv")];

        Assert.Equal(0, (await MaskAsync(files, "--subset", "customer where id <= 7")).Code);
        Assert.Equal(7, (await RowsAsync("customer", "csv")).Count);
        Assert.Equal(0, (await MaskAsync(files, "--subset", "customer=50%")).Code);
        Assert.InRange((await RowsAsync("customer", "csv")).Count, 1, 39);
        var bad = await MaskAsync(files, "--subset", "customer");
        Assert.Equal((2, true), (bad.Code, bad.Error.Contains("ENTITY=PERCENT%", StringComparison.Ordinal)));
        Assert.Equal(1, (await MaskAsync(files, "--subset", "nobody=5%")).Code);
    }

    [Fact]
    public async Task Mask_HostileFile_StopsAtTheFirstBadLine_OrLeavesThemOut_AndFormulasAreHarmlessWhereAsked()
    {
        var cell = "é" + new string('x', 1_000_000);
        var policy = Policy.Replace("{ \"columns\": [\"*.first_name\"], \"masker\": \"first_name\" }, ", "", StringComparison.Ordinal);
        var path = Path.Combine(folder, "hostile.csv");
        await File.WriteAllBytesAsync(path,
        [
            .. Encoding.UTF8.GetBytes($"id,email,note\n1,quintessa1@plantedoriginal.example,{cell}\n2,only-two\n3,quintessa3@plantedoriginal.example,a\0b\n4,q"), 0xC3, 0x28,
            .. Encoding.UTF8.GetBytes(",x\n5,quintessa5@plantedoriginal.example,=cmd|' /C calc'!A0\n6,quintessa6@plantedoriginal.example,\"say \"\"no\"\",\nthen\"\n7,quintessa7@plantedoriginal.example,@SUM(1)\n"),
        ], TestContext.Current.CancellationToken);

        var stopped = await MaskAsync([path], policy);
        Assert.Equal(1, stopped.Code);
        Assert.Contains("line 3", stopped.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("only-two", stopped.Error, StringComparison.Ordinal);

        var skipped = await MaskAsync([path], policy, ["--bad-lines", "skip", "--format", "csv-spreadsheet"]);
        Assert.Equal(0, skipped.Code);
        Assert.Contains("3 lines are no rows and left out", skipped.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("plantedoriginal", skipped.Output + skipped.Error, StringComparison.Ordinal);
        var rows = await RowsAsync("hostile", "csv");
        Assert.Equal(["1", "5", "6", "7"], rows.Select(row => row["id"]));
        Assert.Equal([cell, "'=cmd|' /C calc'!A0", "say \"no\",\nthen", "'@SUM(1)"], rows.Select(row => row["note"]));
        Assert.All(rows, row => Assert.DoesNotContain("plantedoriginal", row["email"], StringComparison.Ordinal));
    }

    private Task<(int Code, string Output, string Error)> MaskAsync(string[] files, params string[] more) => MaskAsync(files, Policy, more);

    private async Task<(int Code, string Output, string Error)> MaskAsync(string[] files, string policy, string[] more) =>
        await RunAsync(["mask", .. files, "--policy", await FileAsync("policy.json", policy), "--key-file", await FileAsync("key", KeyText), "--out", Out, .. more]);

    private async Task<(int Code, string Output, string Error)> MaskAsync(string[] files, string policy) => await MaskAsync(files, policy, []);

    private Task<string> PeopleAsync(string name, string format)
    {
        var people = Enumerable.Range(1, 40).Select(id => (Id: id, Email: $"quintessa{id}@plantedoriginal.example")).ToList();
        return FileAsync($"{name}.{format}", format switch
        {
            "csv" => "id,first_name,email,note\n" + string.Concat(people.Select(one => $"{one.Id},Quintessa,{one.Email},as it was\n")),
            "json" => $"[{string.Join(",\n", people.Select(one => Json(one.Id, one.Email)))}]",
            _ => string.Concat(people.Select(one => Json(one.Id, one.Email) + "\n")),
        });

        static string Json(int id, string email) => $$"""{"id":{{id}},"first_name":"Quintessa","email":"{{email}}","note":"as it was"}""";
    }

    private async Task<List<Dictionary<string, string>>> RowsAsync(string entity, string format)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Out, $"{entity}.{format}"), TestContext.Current.CancellationToken);
        if (format == "csv")
        {
            var cells = Cells(text);
            return [.. cells.Skip(1).Select(row => cells[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
        }

        using var json = JsonDocument.Parse(format == "json" ? text : $"[{string.Join(',', text.Split('\n', StringSplitOptions.RemoveEmptyEntries))}]");
        return [.. json.RootElement.EnumerateArray().Select(row => row.EnumerateObject().ToDictionary(cell => cell.Name, cell => cell.Value.ToString(), StringComparer.Ordinal))];
    }

    private static List<List<string>> Cells(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            if (quoted && text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"')
                cell.Append(text[++at]);
            else if (text[at] == '"')
                quoted = !quoted;
            else if (quoted || text[at] is not (',' or '\n'))
                cell.Append(text[at]);
            else
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[at] == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
        }

        return rows;
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
