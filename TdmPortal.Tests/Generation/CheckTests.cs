using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>How a check comes to hold on every row: met already, by drawing again, by falling back, or not at all and then refused.</summary>
[Trait("Requirement", "N10")]
public sealed class CheckTests
{
    private const string Dates = """
        { "name": "begun", "type": "date", "generator": "date.between", "args": { "from": "2020-01-01", "to": "2025-12-31" }, "unique": true },
        { "name": "ended", "type": "date", "generator": "date.after", "args": { "of": "begun", "min": "1d", "max": "20d" } }
        """;

    [Fact]
    public void Check_MetByConstruction_ChangesNoValue()
    {
        var with = Plan(Dates, "ended > begun");
        var without = Plan(Dates, null);

        Assert.Equal(Plans.Text(without, "t"), Plans.Text(with, "t"));
    }

    [Fact]
    public void Check_NotMetByTheFirstDraw_DrawsAgainOnlyWhereItFails()
    {
        const string fields = """
            { "name": "low", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 } },
            { "name": "high", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 } },
            { "name": "other", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 } }
            """;
        var before = Rows(Plan(fields, null));
        var after = Rows(Plan(fields, "low < high"));

        Assert.All(after, row => Assert.True(Number(row[0]) < Number(row[1])));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First[2], pair.Second[2]));
        Assert.All(before.Zip(after).Where(pair => Number(pair.First[0]) < Number(pair.First[1])), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Contains(before, row => Number(row[0]) >= Number(row[1]));
    }

    [Fact]
    public void Check_ThatNoDrawMeets_TakesACombinationThatPassesElsewhere()
    {
        // No project that begins after 10 June can end by then, and begun is unique, so it is not drawn again.
        var plan = Plan(Dates, "ended <= '2025-06-10'");
        var rows = Rows(plan);

        Assert.All(rows, row => Assert.True(string.CompareOrdinal(row[1], "2025-06-10") <= 0));
        var late = Enumerable.Range(0, rows.Count).Where(row => string.CompareOrdinal(rows[row][0], "2025-06-10") >= 0).ToList();
        Assert.NotEmpty(late);
        Assert.All(late.Take(20), row => Assert.Contains(rows.Take(64), other => other[1] == rows[row][1]));

        // As pure a function of the row as any other value.
        Assert.All(late.Take(10), row => Assert.Equal(rows[row], plan.Preview(plan.Entity("t"), row, 1).Cells[0]));
        Assert.Equal(rows.Take(400), Rows(Plans.Compile(plan.Document, new() { Rows = new Dictionary<string, long> { ["t"] = 400 } })));
    }

    [Theory]
    [InlineData("case when ended is null then true else ended <= '2025-06-10' end")]
    [InlineData("if(year(begun) = 2025, year(ended) = 2025, true)")]
    public void Check_WithBranches_FallsBackInsideThemToo(string check)
    {
        var rows = Rows(Plan(Dates, check));

        Assert.All(rows, row => Assert.True(check[0] == 'c' ? string.CompareOrdinal(row[1], "2025-06-10") <= 0 : row[0]![..4] != "2025" || row[1]![..4] == "2025"));
    }

    [Theory]
    [InlineData("n = 7", "t: the check the_check holds for ")]
    [InlineData("n > 2000000", "t: the check the_check holds for 0 of 8192 rows drawn; below 1 in 100 it is refused")]
    public void Check_BelowOnePercent_IsRefusedWithItsName(string check, string message)
    {
        var (plan, problems) = GenerationPlan.Compile(Document("""{ "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 1000000 } }""", check), new());

        Assert.Null(plan);
        var problem = Assert.Single(problems);
        Assert.Equal(("generation.check_unsatisfiable", "constraints[0].check"), (problem.Code, problem.Path));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains("Narrow the arguments of n so that most rows pass", problem.SuggestedActions);
    }

    [Theory]
    [InlineData("id <= 1500", "t: the check the_check does not hold in 64 of 256 rows looked at (the first is row 1,505), and no field that decides it can be drawn again")]
    [InlineData("n < 10 and length(code) < 4", "t: the check the_check does not hold in ")]
    public void Check_OrAPartOfIt_ThatNoDrawCanChange_IsRefusedBeforeTheFirstRow(string check, string message)
    {
        var (plan, problems) = GenerationPlan.Compile(Document("""
            { "name": "id", "type": "integer", "generator": "sequence", "unique": true },
            { "name": "code", "type": "string", "generator": "pattern", "args": { "regex": "[a-z]{3,4}" }, "unique": true },
            { "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 20 } }
            """, check), new());

        Assert.Null(plan);
        var problem = Assert.Single(problems);
        Assert.Equal(("generation.check_unsatisfiable", "constraints[0].check"), (problem.Code, problem.Path));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ThatNeitherDrawNorCombinationMeets_IsRefusedBeforeTheFirstRow()
    {
        // No n reaches an id above 1,400, of which a few draws of the first rows say nothing.
        var (plan, problems) = GenerationPlan.Compile(Document("""
            { "name": "id", "type": "integer", "generator": "sequence", "unique": true },
            { "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 400 } }
            """, "n >= id - 1000"), new());

        Assert.Null(plan);
        var problem = Assert.Single(problems);
        Assert.Equal(("generation.check_failed", "constraints[0].check"), (problem.Code, problem.Path));
        Assert.Matches(@"^t, row 1[45]\d\d: the check the_check \(n >= id - 1000\) does not hold, and 5000 draws of n did not change that", problem.Message);
        Assert.NotEmpty(problem.SuggestedActions);
    }

    [Theory]
    [InlineData(98, false)]
    [InlineData(80, true)]
    public void Check_AroundOnePercent_IsAcceptedFromThereOn(int least, bool accepted)
    {
        // Two numbers of 1 to 100: both above 98 is 4 in 10,000, both above 80 is 4 in 100.
        var document = Document("""
            { "name": "a", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 } },
            { "name": "b", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 } }
            """, string.Create(CultureInfo.InvariantCulture, $"a > {least} and b > {least}"));
        var plan = GenerationPlan.Compile(document, new()).Plan;

        Assert.Equal(accepted, plan is not null);
        if (plan is not null)
            Assert.All(Rows(plan), row => Assert.True(Number(row[0]) > least && Number(row[1]) > least));
    }

    private static SchemaDocument Document(string fields, string? check) => Plans.Read(
        $$"""{ "name": "d", "entities": [ { "name": "t", "rows": 2000, "fields": [ {{fields}} ] } ], "constraints": [ {{(check is null ? "" : $$"""{ "name": "the_check", "entity": "t", "check": "{{check}}" }""")}} ] }""");

    private static GenerationPlan Plan(string fields, string? check) => Plans.Compile(Document(fields, check));

    private static IReadOnlyList<IReadOnlyList<string?>> Rows(GenerationPlan plan) => plan.Preview(plan.Entity("t"), 0, 2000).Cells;

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
