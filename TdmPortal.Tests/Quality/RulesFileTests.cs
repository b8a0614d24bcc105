using System.Text;
using TdmPortal.Core.Quality;
using TdmPortal.Tests.Quality.Checks;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>Rule sets as files.</summary>
[Trait("Requirement", "D5")]
public sealed class RulesFileTests
{
    [Fact]
    public void Write_ReadAgain_IsTheSame()
    {
        var rules = new QualityRules
        {
            Rules =
            [
                new() { Name = "tier is known, „really“", Kind = RuleKind.Format, Entity = "customer", Columns = ["tier"], Check = "in_set", Args = CheckedRows.Args("{'values':['gold','o\\u0027clock'],'n':1.50}"), Where = "id > 1", Severity = RuleSeverity.Warning, Threshold = 0.95, Enabled = false, Derived = true, Note = "asked for by QA" },
                new() { Name = "rows", Kind = RuleKind.Completeness, Entity = "order", Check = "row_count_between", Args = CheckedRows.Args("{'min':1}") },
            ],
            Scenarios = [new() { Name = "overdue", Entity = "order", Condition = "total > 1", AtLeast = 20, Make = true, Note = "x" }, new() { Name = "any", Entity = "order", Condition = "true" }],
            Weights = new Dictionary<QualityMetric, double> { [QualityMetric.Business] = 2.5 },
            AlertFall = null,
            LeastScore = 0.9,
        };

        var bytes = RulesFile.Write(rules);
        var (read, problems) = RulesFile.Read(bytes);

        Assert.Empty(problems);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(RulesFile.Write(read!)));
        Assert.Equal(("tier is known, „really“", 0.95, false, true, RuleSeverity.Warning, "id > 1"), (read!.Rules[0].Name, read.Rules[0].Threshold, read.Rules[0].Enabled, read.Rules[0].Derived, read.Rules[0].Severity, read.Rules[0].Where));
        Assert.Equal("1.50", read.Rules[0].Args["n"]!.Value.GetRawText());
        Assert.Equal((20, true, 1, false), (read.Scenarios[0].AtLeast, read.Scenarios[0].Make, read.Scenarios[1].AtLeast, read.Scenarios[1].Make));
        Assert.Equal((2.5, null, 0.9), (read.Weights[QualityMetric.Business], read.AlertFall, read.LeastScore));
        Assert.Equal(0.05, RulesFile.Read("{}"u8.ToArray()).Rules!.AlertFall);
    }

    [Theory]
    [InlineData("{ \"rules\": [ { \"name\": \"a\", ] }", "", "line 1, column 29: This is not JSON")]
    [InlineData("[]", "", "a rule set")]
    [InlineData("{ \"rulez\": [] }", "rulez", "Write \"rules\"")]
    [InlineData("{ \"rules\": [ { \"name\": \"a\", \"entity\": \"t\" } ] }", "rules[0].check", "A rule needs \"check\"")]
    [InlineData("{ \"rules\": [ { \"name\": \"a\", \"entity\": \"t\", \"check\": \"null\", \"severity\": \"eror\" } ] }", "rules[0].severity", "Write \"error\"")]
    [InlineData("{ \"rules\": [ { \"name\": \"a\", \"entity\": \"t\", \"check\": \"null\", \"threshold\": \"1\" } ] }", "rules[0].threshold", "a number")]
    [InlineData("{ \"scenarios\": [ { \"name\": \"a\", \"entity\": \"t\", \"condition\": \"true\", \"atLeast\": 0 } ] }", "scenarios[0].atLeast", "out of range")]
    [InlineData("{ \"weights\": { \"speed\": 1 } }", "weights.speed", "no property of the weights")]
    public void Read_Wrong_SaysWhereAndWhatToDo(string json, string path, string words)
    {
        var problem = RulesFile.Read(Encoding.UTF8.GetBytes(json)).Problems[0];

        Assert.Equal(path, problem.Path);
        Assert.Contains(words, $"{problem.Message} {string.Join(' ', problem.SuggestedActions)}", StringComparison.Ordinal);
    }
}
