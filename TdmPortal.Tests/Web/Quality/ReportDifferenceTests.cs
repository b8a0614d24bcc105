using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Quality;
using Xunit;

namespace TdmPortal.Tests.Web.Quality;

/// <summary>What a report says of what fell, and in which words.</summary>
public class ReportDifferenceTests
{
    [Fact]
    public void Between_AReportAndItself_NothingChanged()
    {
        var changes = ReportDifference.Between(MadeReports.Good, MadeReports.Good, "version 12");

        Assert.Equal("Nothing changed since version 12.", changes.Sentence);
        Assert.All(changes.Columns, column => Assert.Equal(0, column.Change));
    }

    [Fact]
    public void Between_AGoodAndAWorseReport_NamesWhatFellAndWhy()
    {
        var changes = ReportDifference.Between(MadeReports.Good, MadeReports.Worse, "version 12");

        Assert.Equal(["gold customer with an overdue invoice", "Coverage for testers", "Completeness", "Consistency"], changes.Fell.Select(fall => fall.Name));
        Assert.Equal("Four things fell since version 12.", changes.Sentence);
        var completeness = changes.Fell[2];
        Assert.Equal((1, 0.952), (completeness.Before, completeness.After));
        // The rule says it; the column would say the same again.
        Assert.Equal("“email is never empty” fails for 48 of 1,000.", Assert.Single(completeness.Why).Text);
        Assert.Equal("email is never empty", completeness.Why[0].Rule);
        Assert.Contains("customer.tier: values, 2 of 3 occur; it was 3.", changes.Fell[1].Why[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_TheOtherWayRound_NothingFell()
    {
        var changes = ReportDifference.Between(MadeReports.Worse, MadeReports.Good, "version 12");

        Assert.Empty(changes.Fell);
        Assert.Equal("Nothing fell since version 12. Two metrics are better.", changes.Sentence);
    }

    [Fact]
    public void Between_ColumnsThatChanged_MostChangedFirst()
    {
        var columns = ReportDifference.Between(MadeReports.Good, MadeReports.Worse, "version 12").Columns;

        Assert.Equal(["amount", "tier", "email"], columns.Take(3).Select(column => column.Column.Profile.Name));
        Assert.Equal(0.2, columns[1].Change!.Value, 6);
        Assert.Equal(0.048, columns[2].Change!.Value, 6);
    }

    [Fact]
    public void Between_NothingAndAReport_SaysWhatDoesNotHold()
    {
        Assert.Equal("Two of 3 rules do not hold, one of 1 scenarios is missing.", ReportDifference.Between(null, MadeReports.Worse, "").Sentence);
        Assert.Equal("All 4 rules hold.", ReportDifference.Between(null, MadeReports.Good, "").Sentence);
        Assert.Equal("No rule asks anything of this data yet.", ReportDifference.Between(null, MadeReports.Good with { Rules = [], Scenarios = [] }, "").Sentence);
    }

    [Fact]
    public void Between_ARuleThatIsNewAndFails_IsAFall()
    {
        var changes = ReportDifference.Between(MadeReports.Good, MadeReports.Good with { Rules = [.. MadeReports.Good.Rules, new() { Rule = MadeReports.EmailIsThere with { Name = "new" }, Evaluated = 10, Failing = 5 }] }, "version 12");

        Assert.Equal(("new", 1, 0.5), changes.Fell.Select(fall => (fall.Name, fall.Before, fall.After)).Single());
        Assert.Equal("One thing fell since version 12.", changes.Sentence);
    }

    [Fact]
    public void Spread_OfHistogramsOverOtherEdges_IsOverTheSameBars()
    {
        var one = new ColumnProfile { Name = "n", Type = FieldType.Integer, Rows = 100, Nulls = 0, Histogram = new([0, 10, 20], ["0", "10", "20"], [50, 50]) };
        var other = one with { Histogram = new([0, 20, 40], ["0", "20", "40"], [100, 0]) };

        var spread = ColumnSpread.Of(one, other)!;

        Assert.Equal(["0", "20", "40"], spread.Ends);
        Assert.Equal([(1, 1), (0, 0)], spread.Bars.Select(bar => (bar.Share, bar.Reference!.Value)));
        Assert.Equal(0, spread.Distance, 9);
        // Twice as wide with the same rows: half of it lies elsewhere.
        Assert.Equal(0.5, ColumnSpread.Of(one, other with { Histogram = new([0, 20, 40], ["0", "20", "40"], [50, 50]) })!.Distance, 9);
    }

    [Fact]
    public void Spread_OfValuesThatTheReferenceHasAndTheDataNever_ShowsThem()
    {
        var spread = ColumnSpread.Of(Column("tier", MadeReports.Worse), Column("tier", MadeReports.Good))!;

        Assert.Equal(["bronze", "silver", "gold"], spread.Bars.Select(bar => bar.Label));
        Assert.Equal((0, 0.2), (spread.Bars[2].Share, spread.Bars[2].Reference!.Value));
    }

    [Fact]
    public void Spread_OfValuesThatAllDiffer_IsNone() => Assert.Null(ColumnSpread.Of(Column("email", MadeReports.Good), null));

    [Theory]
    [InlineData(FieldType.Date, 20454.0, "2026-01-01")]
    [InlineData(FieldType.Timestamp, 1767229200.0, "2026-01-01 01:00")]
    [InlineData(FieldType.Time, 5400.0, "01:30")]
    [InlineData(FieldType.Integer, 1200000.0, "1.2 M")]
    [InlineData(FieldType.Double, 0.125, "0.125")]
    public void EdgeText_OfAType_ReadsAsItsValues(FieldType type, double value, string text) => Assert.Equal(text, ColumnSpread.EdgeText(type, value));

    private static ColumnProfile Column(string name, QualityReport report) => report.Entities[0].Columns.Single(column => column.Profile.Name == name).Profile;
}
