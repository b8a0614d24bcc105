using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Samples;

/// <summary>Every document under samples/ is one that any user can open: it validates, compiles, previews and writes.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.schema.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    [Trait("Requirement", "G1")]
    [Trait("Requirement", "A3")]
    public void Sample_Compiled_HasNoProblem(string file)
    {
        var plan = Compile(file, out var problems);

        Assert.Empty(problems.Select(problem => problem.ToString()));
        Assert.NotNull(plan);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Sample_Previewed_ShowsRowsOfEveryEntity(string file)
    {
        var plan = Compile(file, out var problems);
        Assert.True(plan is not null, string.Join('\n', problems));

        foreach (var entity in plan.Entities)
        {
            var rows = plan.Preview(entity, 0, 20);
            Assert.Equal(Math.Min(20, entity.Rows), rows.Cells.Count);
            Assert.All(rows.Cells, row => Assert.Equal(entity.Columns.Count, row.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Sample_Written_KeepsUniqueFieldsDistinct(string file)
    {
        var plan = Compile(file, out _)!;

        foreach (var entity in plan.Entities)
        {
            var rows = plan.Preview(entity, 0, (int)Math.Min(entity.Rows, 3000));
            foreach (var field in entity.Definition.Fields.Where(field => field.Unique))
            {
                var at = entity.Columns.ToList().FindIndex(column => column.Name == field.Name);
                var values = rows.Cells.Select(row => row[at]).Where(value => value is not null).ToList();
                Assert.Equal(values.Count, values.Distinct(StringComparer.Ordinal).Count());
            }
        }
    }

    private static GenerationPlan? Compile(string file, out IReadOnlyList<SchemaProblem> problems)
    {
        var read = SchemaReader.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "samples", file)));
        if (read.Document is null)
        {
            problems = read.Problems;
            return null;
        }

        var compiled = GenerationPlan.Compile(read.Document, new GenerationOptions());
        problems = [.. read.Problems.Concat(compiled.Problems).Where(problem => problem.Severity == ProblemSeverity.Error)];
        return compiled.Plan;
    }
}
