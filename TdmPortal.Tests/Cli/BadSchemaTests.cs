using TdmPortal.Cli;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Cli;

/// <summary>What is wrong with a schema is listed whole, a line each with its path and reason, and nothing is generated from it.</summary>
[Trait("Requirement", "D8")]
public sealed class BadSchemaTests : IDisposable
{
    private const string Good = """{ "name": "id", "type": "integer", "generator": "sequence" }""";

    private readonly string folder = TestFolder.Create();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, string, string> Mistakes() => new()
    {
        { "not JSON", "id,name\n1,Ann\n", "line 1, column 1: This is not JSON." },
        { "empty", "", "This is not JSON. The file is empty." },
        { "2,000 entities", Document(string.Join(',', Enumerable.Range(0, 2000).Select(i => $$"""{ "name": "e{{i}}", "rows": 1, "fields": [ {{Good}} ] }"""))), "entities: The schema has 2000 entities; at most 500 are allowed." },
        { "a quote in a name", Document("""{ "name": "a\"b", "rows": 1, "fields": [ """ + Good + " ] }"), "entities[0].name: An entity cannot be called \"a\"b\"" },
        { "SQL in a name", Entity("""{ "name": "x; DROP TABLE users; --", "type": "integer", "generator": "sequence" }"""), "entities[0].fields[0].name: " },
        { "unknown generator", Entity("""{ "name": "x", "type": "string", "generator": "internet.emial" }"""), "entities[0].fields[0].generator: " },
        { "relationship to nowhere", Document($$"""{ "name": "t", "rows": 1, "fields": [ {{Good}} ] }""", """{ "name": "r", "from": { "entity": "t", "fields": ["id"] }, "to": { "entity": "nowhere", "fields": ["id"] } }"""), "relationships[0].to.entity: " },
        { "negative rows", Document($$"""{ "name": "t", "rows": -5, "fields": [ {{Good}} ] }"""), "entities[0].rows: " },
        { "scale 40", Entity("""{ "name": "x", "type": "decimal", "scale": 40, "generator": "number.decimal" }"""), "entities[0].fields[0].scale: " },
        { "too few values", Document("""{ "name": "t", "rows": 100, "fields": [ { "name": "x", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 9 }, "unique": true } ] }"""), "t.x can give 9 distinct values, 100 were asked" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Validate_Mistake_IsToldWithPathAndReason(string what, string json, string line)
    {
        var file = Path.Combine(folder, "bad.schema.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync("validate", file);
        Assert.Equal((what, 1, ""), (what, code, error));
        Assert.Contains(line, output, StringComparison.Ordinal);

        var target = Path.Combine(folder, "out");
        (code, output, error) = await RunAsync("generate", file, "--out", target);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(line, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public async Task Validate_50Megabytes_IsRefusedWithoutReadingThem()
    {
        var file = Path.Combine(folder, "large.schema.json");
        await using (var stream = File.Create(file))
            stream.SetLength(50 * 1024 * 1024);

        var before = GC.GetTotalAllocatedBytes();
        var (code, output, _) = await RunAsync("validate", file);

        Assert.Equal(1, code);
        Assert.Contains("52428800 bytes", output, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 40 * 1024 * 1024);
    }

    [Fact]
    public async Task Validate_ManyMistakes_AreAllListed()
    {
        var file = Path.Combine(folder, "bad.schema.json");
        await File.WriteAllTextAsync(file, """
            { "name": "Robert'); DROP TABLE students;--", "entities": [
              { "name": "t", "rows": -1, "fields": [
                { "name": "id", "type": "integer", "generator": "sequenze" },
                { "name": "a\"b", "type": "decimal", "scale": 40, "generator": "number.decimal" },
                { "name": "to_nowhere", "type": "integer" },
                { "name": "kind", "type": "string", "generator": "lorem.word", "sqlType": "text); DROP TABLE students; --" } ], "primaryKey": ["nothing"] } ],
              "relationships": [ { "name": "r", "from": { "entity": "t", "fields": ["to_nowhere"] }, "to": { "entity": "nowhere", "fields": ["id"] } } ] }
            """, TestContext.Current.CancellationToken);

        var (code, output, _) = await RunAsync("validate", file);

        Assert.Equal(1, code);
        Assert.Equal(
            ["entities[0].fields[0].generator", "entities[0].fields[1].name", "entities[0].fields[1].scale", "entities[0].primaryKey[0]", "entities[0].rows", "name", "relationships[0].to.entity", "warning: entities[0].fields[3].sqlType"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith("warning: ", StringComparison.Ordinal) ? line[..line.IndexOf(": ", 9, StringComparison.Ordinal)] : line[..line.IndexOf(": ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    private static string Entity(string field) => Document($$"""{ "name": "t", "rows": 5, "fields": [ {{field}} ] }""");

    private static string Document(string entities, string relationships = "") => $$"""{ "name": "d", "entities": [ {{entities}} ], "relationships": [ {{relationships}} ] }""";

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
