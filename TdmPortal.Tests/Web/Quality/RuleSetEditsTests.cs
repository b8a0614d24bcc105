using TdmPortal.Core.Quality;
using TdmPortal.Web.Quality;
using Xunit;

namespace TdmPortal.Tests.Web.Quality;

/// <summary>Edits of a rule set, and the editor's address.</summary>
public class RuleSetEditsTests
{
    private static readonly QualityRule Derived = MadeReports.EmailIsThere with { Derived = true };

    [Fact]
    public void With_ADerivedRuleThatIsEdited_BelongsToWhoEditedIt()
    {
        var rules = new QualityRules { Rules = [Derived, MadeReports.EndsAfter] };

        var edited = RuleSetEdits.With(rules, Derived.Name, Derived with { Threshold = 0.9 });

        Assert.Equal([Derived.Name, MadeReports.EndsAfter.Name], edited.Rules.Select(rule => rule.Name));
        Assert.False(edited.Rules[0].Derived);
        Assert.Equal(0.9, edited.Rules[0].Threshold);
        // Turned off or made a warning, it stays derived: that is kept when rules are derived again.
        Assert.True(RuleSetEdits.With(rules, Derived.Name, Derived with { Enabled = false, Severity = RuleSeverity.Warning }).Rules[0].Derived);
        // Untouched, it stays derived.
        Assert.True(RuleSetEdits.With(rules, Derived.Name, Derived).Rules[0].Derived);
    }

    [Fact]
    public void WithWeight_OfOne_IsWhatIsMeantAnyway()
    {
        var rules = RuleSetEdits.WithWeight(QualityRules.None, QualityMetric.Business, 3);

        Assert.Equal(3, rules.Weights[QualityMetric.Business]);
        Assert.Empty(RuleSetEdits.WithWeight(rules, QualityMetric.Business, 1).Weights);
    }

    [Fact]
    public void View_ReadFromItsOwnAddress_IsTheSame()
    {
        var view = new RulesView { Part = RulesPart.Scenarios, Search = "a & b", Open = "gold ≥ 1", IsNew = true, On = Guid.Parse("11111111-2222-3333-4444-555555555555") };

        Assert.Equal(view, RulesView.Parse(view.ToQueryString()));
        Assert.Equal("", new RulesView().ToQueryString());
        Assert.Equal(new OverviewView("shop", true), OverviewView.Parse("http://portal" + new OverviewView("shop", true).ToUrl()));
    }
}
