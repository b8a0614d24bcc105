using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class SchemaMergeTests
{
    private static readonly SchemaDocument Origin = SchemaDiffTests.Document();

    private static SchemaDocument With(params (string Before, string After)[] edits) => SchemaDiffTests.Document(edits);

    private static void AssertSame(SchemaDocument expected, SchemaDocument actual) => Assert.Equal(SchemaWriter.Write(expected), SchemaWriter.Write(actual));

    [Fact]
    public void Merge_DifferentPropertiesOfOneField_TakesBoth()
    {
        var result = SchemaMerge.Merge(Origin,
            With(("\"generator\": \"internet.email\"", "\"generator\": \"internet.email\", \"unique\": true")),
            With(("\"type\": \"string\"", "\"type\": \"string\", \"maxLength\": 80"), ("\"rows\": 500", "\"rows\": 900"), ("\"min\": 1", "\"min\": 0")));

        Assert.Empty(result.Conflicts);
        AssertSame(With(("\"type\": \"string\", \"generator\": \"internet.email\"", "\"type\": \"string\", \"maxLength\": 80, \"generator\": \"internet.email\", \"unique\": true"), ("\"rows\": 500", "\"rows\": 900"), ("\"min\": 1", "\"min\": 0")), result.Document);
    }

    [Fact]
    public void Merge_SamePropertyDifferently_IsAConflictAndMineStands()
    {
        var mine = With(("\"rows\": 100", "\"rows\": 111"), ("\"max\": 5", "\"max\": 6"));
        var theirs = With(("\"rows\": 100", "\"rows\": 222"), ("\"max\": 5", "\"max\": 7"));

        var result = SchemaMerge.Merge(Origin, mine, theirs);

        AssertSame(mine, result.Document);
        Assert.Equal([("customer.rows", "222", "111"), ("customer.score.args.max", "7", "6")], result.Conflicts.Select(conflict => (conflict.Place, conflict.Before!, conflict.After!)));
    }

    [Fact]
    public void Merge_TheirsChosenAtAPlace_TakesTheirsThere()
    {
        var result = SchemaMerge.Merge(Origin, With(("\"rows\": 100", "\"rows\": 111"), ("\"max\": 5", "\"max\": 6")), With(("\"rows\": 100", "\"rows\": 222"), ("\"max\": 5", "\"max\": 7")),
            new HashSet<string> { "customer.rows" });

        AssertSame(With(("\"rows\": 100", "\"rows\": 222"), ("\"max\": 5", "\"max\": 6")), result.Document);
        Assert.Equal(2, result.Conflicts.Count);
    }

    [Fact]
    public void Merge_SameEditTwice_IsNoConflict()
    {
        var edited = With(("\"rows\": 100", "\"rows\": 111"), ("score > 0", "score > 1"));

        var result = SchemaMerge.Merge(Origin, edited, With(("\"rows\": 100", "\"rows\": 111"), ("score > 0", "score > 1")));

        Assert.Empty(result.Conflicts);
        AssertSame(edited, result.Document);
    }

    [Fact]
    public void Merge_FieldsAddedByBoth_KeepTheirNeighbours()
    {
        var result = SchemaMerge.Merge(Origin,
            With(("{ \"name\": \"email\",", "{ \"name\": \"mine\", \"type\": \"uuid\", \"generator\": \"uuid\" }, { \"name\": \"email\",")),
            With(("{ \"name\": \"score\",", "{ \"name\": \"theirs\", \"type\": \"uuid\", \"generator\": \"uuid\" }, { \"name\": \"score\",")));

        Assert.Empty(result.Conflicts);
        Assert.Equal(["id", "mine", "email", "theirs", "score"], result.Document.Entities[0].Fields.Select(field => field.Name));
    }

    [Fact]
    public void Merge_RemovedUntouched_IsRemoved()
    {
        var result = SchemaMerge.Merge(Origin, With(("\"rows\": 500", "\"rows\": 5")), With(("{ \"name\": \"email\", \"type\": \"string\", \"generator\": \"internet.email\" },", "")));

        Assert.Empty(result.Conflicts);
        Assert.DoesNotContain(result.Document.Entities[0].Fields, field => field.Name == "email");
        Assert.Equal(5, result.Document.Entities[1].Rows);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Merge_ChangedHereRemovedThere_IsAConflict(bool theirs, bool kept)
    {
        var result = SchemaMerge.Merge(Origin,
            With(("\"generator\": \"internet.email\"", "\"generator\": \"internet.email\", \"unique\": true")),
            With(("{ \"name\": \"email\", \"type\": \"string\", \"generator\": \"internet.email\" },", "")),
            theirs ? new HashSet<string> { "customer.email" } : null);

        Assert.Equal("customer.email", Assert.Single(result.Conflicts).Place);
        Assert.Equal(kept, result.Document.Entities[0].Fields.Any(field => field.Name == "email"));
    }

    [Fact]
    public void Merge_GeneratorAgainstItsArgument_IsOneConflict()
    {
        var result = SchemaMerge.Merge(Origin,
            With(("\"generator\": \"number.decimal\", \"args\": { \"min\": 1, \"max\": 5 }", "\"generator\": \"number.percent\"")),
            With(("\"min\": 1", "\"min\": 2")));

        Assert.Equal("customer.score.generator", Assert.Single(result.Conflicts).Place);
        Assert.Equal("number.percent", result.Document.Entities[0].Fields[2].Generator);
        Assert.Empty(result.Document.Entities[0].Fields[2].Args);
    }

    [Fact]
    public void Merge_OnlyTheyReordered_TakesTheirOrder()
    {
        var theirs = Origin with { Entities = [Origin.Entities[1], Origin.Entities[0]] };

        Assert.Equal(["order", "customer"], SchemaMerge.Merge(Origin, With(("\"rows\": 500", "\"rows\": 5")), theirs).Document.Entities.Select(entity => entity.Name));
    }
}
