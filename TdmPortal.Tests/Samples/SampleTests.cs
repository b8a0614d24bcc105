using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
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

    /// <summary>The last rows of a billion cost what the first do, and are the same alone as among others.</summary>
    [Theory]
    [InlineData("customers-orders", "customer", "order")]
    [InlineData("log", "request", null)]
    [InlineData("metric", "sample", null)]
    [Trait("Requirement", "N1")]
    public void Sample_OfABillionRows_HasTheSameLastRowsInAnyRange(string sample, string entity, string? other)
    {
        const long last = 1_000_000_000;
        var rows = new Dictionary<string, long>(StringComparer.Ordinal) { [entity] = last };
        if (other is not null)
            rows[other] = last;
        var plan = Plans.Compile(Plans.Sample(sample), new() { Rows = rows });

        foreach (var name in rows.Keys)
        {
            var whole = Plans.Text(plan, name, RowFormat.Ndjson, last - 3000).Split('\n');
            Assert.Equal(whole[^11..], Plans.Text(plan, name, RowFormat.Ndjson, last - 10).Split('\n'));
            Assert.Equal(whole[2000], Plans.Text(plan, name, RowFormat.Ndjson, last - 1000, 1).TrimEnd('\n'));
            Assert.Equal(Plans.Text(plan, name, RowFormat.Ndjson, last - 3000), Plans.Text(plan, name, RowFormat.Ndjson, last - 3000, threads: 2));
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
