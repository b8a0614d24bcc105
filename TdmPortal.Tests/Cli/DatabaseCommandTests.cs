using TdmPortal.Cli;
using TdmPortal.Tests.Databases;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Cli;

public sealed class DatabaseCommandTests(DatabaseServer server) : IDisposable
{
    private const string Tables = """
        CREATE TABLE customer (id int PRIMARY KEY, first_name varchar(40) NOT NULL, last_name varchar(40) NOT NULL, email varchar(120) NOT NULL UNIQUE);
        CREATE TABLE purchase (id serial PRIMARY KEY, customer_id int NOT NULL REFERENCES customer, amount numeric(8,2) NOT NULL CHECK (amount > 0));
        """;

    private readonly string folder = TestFolder.Create();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ImportAndLoad_DatabaseNamedByAFile_FillsItsTables()
    {
        await using var database = await TestDatabase.CreateAsync(server, Tables);
        var (connection, schema) = (await FileAsync("connection", database.ConnectionString), Path.Combine(folder, "shop.schema.json"));

        var imported = await RunAsync("import", "postgres", "@" + connection, "--out", schema, "--rows", "30", "--child-rows", "80");
        Assert.Equal((0, ""), (imported.Code, imported.Error));
        Assert.Contains("2 tables, 7 columns, 1 foreign key", imported.Output, StringComparison.Ordinal);
        var loaded = await RunAsync("load", schema, "--to", "@" + connection);
        Assert.Equal((0, ""), (loaded.Code, loaded.Error));
        Assert.Equal("30 80", await database.AskAsync("SELECT (SELECT count(*) FROM customer) || ' ' || (SELECT count(*) FROM purchase JOIN customer c ON c.id = customer_id)"));

        var again = await RunAsync("load", schema, "--to", "@" + connection);
        Assert.Equal(1, again.Code);
        Assert.Contains("public.customer has rows already", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("load", schema, "--to", "@" + connection, "--truncate", "--seed", "2")).Code);
    }

    [Fact]
    public async Task Mask_DatabaseIntoAnother_KeepsJoinsAndNoOriginal()
    {
        await using var from = await TestDatabase.CreateAsync(server, Tables + "INSERT INTO customer SELECT i, 'Quintessa', 'Featherstonehaugh' || i, 'quintessa' || i || '@plantedoriginal.example' FROM generate_series(1, 40) i; INSERT INTO purchase SELECT i, i % 40 + 1, i FROM generate_series(1, 90) i");
        await using var to = await TestDatabase.CreateAsync(server, Tables);
        var policy = await FileAsync("policy.json", """
            { "name": "p", "rules": [ { "personal": "email", "masker": "email" }, { "columns": ["customer.first_name"], "masker": "first_name" }, { "columns": ["customer.last_name"], "masker": "last_name" } ] }
            """);
        var key = await FileAsync("key", new string('a', 64));

        var masked = await RunAsync("mask", "@" + await FileAsync("from", from.ConnectionString), "--policy", policy, "--key-file", key, "--to", "@" + await FileAsync("to", to.ConnectionString));

        Assert.Equal((0, ""), (masked.Code, masked.Error));
        Assert.Equal("40 90 0", await to.AskAsync("SELECT (SELECT count(*) FROM customer) || ' ' || (SELECT count(*) FROM purchase JOIN customer c ON c.id = customer_id) || ' ' || (SELECT count(*) FROM customer WHERE email LIKE '%plantedoriginal%' OR last_name LIKE 'Feather%')"));
    }

    [Fact]
    public async Task ImportJsonSchema_File_WritesASchemaThatGenerates()
    {
        var (json, schema) = (Path.Combine(JsonSchemas, "order.2020-12.json"), Path.Combine(folder, "order.schema.json"));

        var imported = await RunAsync("import", "jsonschema", json, "--out", schema, "--rows", "20", "--child-rows", "40");
        Assert.Equal((0, ""), (imported.Code, imported.Error));
        Assert.Contains("4 tables", imported.Output, StringComparison.Ordinal);
        Assert.Contains("not understood, so rows may not keep to it: 2", imported.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("generate", schema, "--out", folder, "--format", "ndjson")).Code);
        Assert.Equal(40, (await File.ReadAllLinesAsync(Path.Combine(folder, "order.ndjson"), TestContext.Current.CancellationToken)).Length);

        var wrong = await RunAsync("import", "jsonschema", await FileAsync("wrong.json", """{ "properties": { "a": { "type": 1 } } }"""), "--out", Path.Combine(folder, "wrong.schema.json"));
        Assert.Equal(1, wrong.Code);
        Assert.Contains("/properties/a/type: This must be", wrong.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "wrong.schema.json")));
    }

    private static string JsonSchemas => Repository.PathOf("TdmPortal.Tests", "Import", "JsonSchemas");

    [Theory]
    [InlineData("load", "x.schema.json", "--to", "Hst=a;Password=hunter2")]
    [InlineData("load", "x.schema.json", "Password=hunter2;Host=a", "--to", "env:NOT_THERE_AT_ALL")]
    [InlineData("import", "postgres", "postgresql://a:hunter2@127.0.0.1:x/db", "--out", "y.json")]
    public async Task Run_BadConnection_EndsWithTwoWithoutThePassword(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
