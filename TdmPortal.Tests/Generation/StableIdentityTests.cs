using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// A value depends on its own names, the row number and what it refers to. Over schemas drawn at random: whatever else of
/// the document comes, goes, moves or gets another name, all other values stay.
/// </summary>
[Trait("Requirement", "N9")]
public sealed class StableIdentityTests
{
    private const int Schemas = 25;
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    [Fact]
    public void Compile_AnyPartTakenOutOrAdded_LeavesAllOtherValues() => RandomSchemas.Check(Schemas, document =>
    {
        // What may be taken out may be added: the comparison is the same both ways.
        var compared = 0;
        var whole = RandomSchemas.Plan(document);
        foreach (var cut in SchemaCuts.Of(document).Where(cut => !cut.What.StartsWith("check", StringComparison.Ordinal)))
        {
            if (GenerationPlan.Compile(cut.Document, new()).Plan is not { } rest)
                continue;
            AssertSame(cut.What, whole, rest, SchemaReach.Of(document, cut.Lost, None));
            if (++compared == 8)
                return;
        }
    });

    [Fact]
    public void Compile_FieldsAndEntitiesInAnotherOrder_LeavesAllValues() => RandomSchemas.Check(Schemas, document =>
    {
        var turned = document with { Name = "turned", Entities = [.. document.Entities.Reverse().Select(entity => entity with { Fields = [.. entity.Fields.Reverse()] })] };
        AssertSame("the order", RandomSchemas.Plan(document), RandomSchemas.Plan(turned), []);
    });

    [Fact]
    public void Compile_FieldOrEntityWithAnotherName_LeavesAllOtherValues() => RandomSchemas.Check(Schemas, document =>
    {
        var before = RandomSchemas.Plan(document);
        foreach (var entity in document.Entities)
        {
            foreach (var field in entity.Fields.Take(3))
            {
                var renamed = document with
                {
                    Entities = [.. document.Entities.Select(one => one != entity ? one : entity with { Fields = [.. entity.Fields.Select(other => other != field ? other : field with { Name = "renamed" })] })],
                };

                // Where something refers to the old name the document is illegal now.
                if (GenerationPlan.Compile(renamed, new()).Plan is { } plan)
                    AssertSame($"{entity.Name}.{field.Name}", before, plan, [(entity.Name, field.Name)]);
            }
        }

        var last = document.Entities[^1];
        var called = document with
        {
            Entities = [.. document.Entities.Select(one => one != last ? one : last with { Name = "renamed" })],
            Relationships = [.. document.Relationships.Select(one => one with { From = Called(one.From), To = Called(one.To) })],
            Constraints = [.. document.Constraints.Select(one => one.Entity == last.Name ? one with { Entity = "renamed" } : one)],
        };
        AssertSame(last.Name, before, RandomSchemas.Plan(called), SchemaReach.Of(document, last.Fields.Select(field => (last.Name, field.Name)), new HashSet<string> { last.Name }));

        RelationshipEnd Called(RelationshipEnd end) => end.Entity == last.Name ? end with { Entity = "renamed" } : end;
    });

    [Fact]
    public void Compile_OtherRows_ChangesOnlyKeysToThemAndAggregatesOverThem() => RandomSchemas.Check(Schemas, document =>
    {
        var before = RandomSchemas.Plan(document);
        foreach (var entity in document.Entities.Where(entity => entity.Rows is not null))
        {
            var options = new GenerationOptions { Rows = new Dictionary<string, long> { [entity.Name] = (entity.Rows!.Value * 2) + 1 } };
            if (GenerationPlan.Compile(document, options).Plan is not { } after)
                continue;
            var resized = document.Entities.Select(one => one.Name).Where(name => before.Entity(name).Rows != after.Entity(name).Rows).ToHashSet(StringComparer.Ordinal);
            AssertSame($"rows of {entity.Name}", before, after, SchemaReach.Of(document, [], resized));
        }
    });

    /// <summary>Fields that both have, but those excepted, have the same values in the rows that both have.</summary>
    private static void AssertSame(string what, GenerationPlan before, GenerationPlan after, HashSet<(string Entity, string Field)> except)
    {
        foreach (var entity in before.Entities.Where(entity => after.Document.Entities.Any(one => one.Name == entity.Name)))
        {
            var (first, second) = (before.Preview(entity, 0, 150), after.Preview(after.Entity(entity.Name), 0, 150));
            var rows = Math.Min(first.Cells.Count, second.Cells.Count);
            for (var column = 0; column < first.Columns.Count; column++)
            {
                var name = first.Columns[column].Name;
                var other = second.Columns.ToList().FindIndex(one => one.Name == name);
                if (other < 0 || except.Contains((entity.Name, name)))
                    continue;
                for (var row = 0; row < rows; row++)
                    Assert.True(first.Cells[row][column] == second.Cells[row][other], $"{what}: {entity.Name}.{name} of row {row} was {first.Cells[row][column]} and is {second.Cells[row][other]}");
            }
        }
    }
}
