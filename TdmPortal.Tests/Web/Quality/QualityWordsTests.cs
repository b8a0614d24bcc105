using TdmPortal.Web.Quality;
using Xunit;

namespace TdmPortal.Tests.Web.Quality;

/// <summary>Scores as people read them, and the page's address.</summary>
public class QualityWordsTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.984, "98.4 %")]
    [InlineData(0.98, "98 %")]
    [InlineData(0.999999, "> 99.9 %")]
    [InlineData(0.0000001, "< 0.1 %")]
    public void Percent_OfAShare_NeverRoundsToAllOrNothing(double? share, string text) => Assert.Equal(text, QualityWords.Percent(share));

    [Theory]
    [InlineData(0.99, 0.978, "−1.2 points")]
    [InlineData(0.97, 0.98, "+1 point")]
    [InlineData(0.9, 0.9, "unchanged")]
    [InlineData(0.9, 0.9001, "+0.01 points")]
    [InlineData(0.90001, 0.9, "a trace less")]
    [InlineData(null, 0.9, "")]
    public void Points_OfTwoShares_AreSigned(double? before, double? after, string text) => Assert.Equal(text, QualityWords.Points(before, after));

    [Fact]
    public void View_ReadFromItsOwnAddress_IsTheSame()
    {
        var view = new QualityView { Version = 13, Against = 12, Report = Guid.Parse("11111111-2222-3333-4444-555555555555"), Section = QualitySection.Rules, Entity = "order", Column = "a b", Rule = "ends ≥ begins & so on" };

        Assert.Equal(view, QualityView.Parse(view.ToQueryString()));
        Assert.Equal("", new QualityView().ToQueryString());
        Assert.Equal(new QualityView(), QualityView.Parse("?v=x&section=nowhere&against=-1"));
    }
}
