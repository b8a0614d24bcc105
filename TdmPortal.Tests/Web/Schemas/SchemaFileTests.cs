using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas;
using Xunit;

namespace TdmPortal.Tests.Web.Schemas;

/// <summary>Files as people give them to the page: each comes back with all its problems, and without a document that could be stored.</summary>
[Trait("Requirement", "D8")]
public sealed class SchemaFileTests
{
    [Fact]
    public async Task Read_NotJson_SaysWhere()
    {
        var problem = Assert.Single(await ProblemsOfAsync("id;name\n1;Ann"));
        Assert.Equal(("", "schema.not_json"), (problem.Path, problem.Code));
        Assert.Contains("line 1, column 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_50Megabytes_IsRefusedWithoutReading()
    {
        var problem = Assert.Single((await SchemaFile.ReadAsync(new ChosenFile(null, 50 * 1024 * 1024), TestContext.Current.CancellationToken)).Problems);
        Assert.Equal("schema.too_large", problem.Code);
        Assert.Contains("50", problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.SuggestedActions);
    }

    [Fact]
    public async Task Read_2000Entities_IsRefusedWithTheNumber()
    {
        var entities = string.Join(',', Enumerable.Range(0, 2000).Select(i => FormattableString.Invariant($$"""{ "name": "e{{i}}", "rows": 1, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ] }""")));
        var problems = await ProblemsOfAsync($$"""{ "name": "many", "entities": [ {{entities}} ] }""");
        Assert.Contains(problems, problem => problem.Path == "entities" && problem.Message.Contains("2000", StringComparison.Ordinal) && problem.Message.Contains("500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_EveryKindOfMistakeAtOnce_ListsAllWithPathAndReason()
    {
        var problems = await ProblemsOfAsync("""
            { "name": "bad", "entities": [
                { "name": "a'; DROP TABLE x; --", "rows": 5, "fields": [ { "name": "say \"hi\"", "type": "integer", "generator": "sequence" } ] },
                { "name": "b", "rows": -3, "fields": [
                    { "name": "id", "type": "integer", "generator": "sequence" },
                    { "name": "mail", "type": "string", "generator": "internet.mial" },
                    { "name": "price", "type": "decimal", "precision": 38, "scale": 40, "generator": "number.decimal" },
                    { "name": "c_id", "type": "integer" } ] } ],
              "relationships": [ { "name": "b_c", "from": { "entity": "b", "fields": ["c_id"] }, "to": { "entity": "nowhere", "fields": ["id"] } } ] }
            """);

        Assert.Equal(["entities[0].fields[0].name", "entities[0].name", "entities[1].fields[1].generator", "entities[1].fields[2].scale", "entities[1].rows", "relationships[0].to.entity"],
            problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.NotEqual("", problem.Message));
        Assert.Contains(problems, problem => problem.SuggestedActions.Any(action => action.Contains("internet.email", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Read_WrittenDocument_IsTheSameDocument()
    {
        var bytes = SchemaWriter.Write(Shop.Document);
        var read = await SchemaFile.ReadAsync(new ChosenFile(bytes, bytes.Length), TestContext.Current.CancellationToken);
        Assert.Equal(bytes, SchemaWriter.Write(read.Document!));
    }

    private static async Task<IReadOnlyList<SchemaProblem>> ProblemsOfAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var read = await SchemaFile.ReadAsync(new ChosenFile(bytes, bytes.Length), TestContext.Current.CancellationToken);
        Assert.Contains(read.Problems, problem => problem.Severity == ProblemSeverity.Error);
        return read.Problems;
    }

    /// <summary>A file that the browser offers; without content it must not be opened.</summary>
    private sealed class ChosenFile(byte[]? content, long size) : IBrowserFile
    {
        public string Name => "chosen.schema.json";
        public DateTimeOffset LastModified => default;
        public long Size => size;
        public string ContentType => "application/json";

        public Stream OpenReadStream(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
            new MemoryStream(content ?? throw new InvalidOperationException("The file was opened though it is too large."));
    }
}
