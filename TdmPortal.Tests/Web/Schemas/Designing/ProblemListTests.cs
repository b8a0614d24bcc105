using Bunit;
using TdmPortal.Core.Schemas;
using Xunit;
using ProblemList = TdmPortal.Web.Schemas.Designing.ProblemList;

namespace TdmPortal.Tests.Web.Schemas.Designing;

[Trait("Requirement", "D1")]
public sealed class ProblemListTests : BunitContext
{
    private static readonly SchemaProblem Generator = new("entities[0].fields[1].generator", "schema.unknown_generator", "customer.email: there is no generator internet.mail.") { SuggestedActions = ["Did you mean internet.email?"] };
    private static readonly SchemaProblem Warning = new("constraints[0].check", "schema.check", "Verified, not enforced.", ProblemSeverity.Warning);

    [Fact]
    public void Render_Problems_ShowsPathReasonAndRemedyInOrder()
    {
        var list = Render<ProblemList>(p => p.Add(l => l.Problems, [Generator, Warning]).Add(l => l.Title, "Not applied"));

        Assert.Equal("Not applied", list.Find("section").GetAttribute("aria-label"));
        Assert.Equal("errorNot applied (2)", list.Find("h3").TextContent);
        Assert.Equal([Generator.Path, Warning.Path], list.FindAll("li > code").Select(path => path.TextContent));
        Assert.Equal([Generator.Message, Warning.Message], list.FindAll("li > span").Select(reason => reason.TextContent));
        Assert.Equal("Did you mean internet.email?", list.Find("small").TextContent);
        Assert.Equal([false, true], list.FindAll("li").Select(item => item.ClassList.Contains("odd")));
    }

    [Fact]
    public void Render_OnlyWarnings_IsNoError() =>
        Assert.StartsWith("warning", Render<ProblemList>(p => p.Add(l => l.Problems, [Warning])).Find("h3").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Render_ProblemOfTheWhole_NamesTheDocument() =>
        Assert.Equal("document", Render<ProblemList>(p => p.Add(l => l.Problems, [new("", "schema.too_large", "Too large.")])).Find("code").TextContent);

    [Fact]
    public void Render_MoreThanFit_SaysHowManyAreLeft()
    {
        var list = Render<ProblemList>(p => p.Add(l => l.Problems, Enumerable.Repeat(Generator, 1234).ToList()));

        Assert.Equal(200, list.FindAll("li").Count);
        Assert.Contains("and 1,034 more", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_QuotesAndMarkup_AreText()
    {
        var list = Render<ProblemList>(p => p.Add(l => l.Problems, [new("entities[0].name", "schema.name", "“<script>alert('x')</script>” is no name.")]));

        Assert.Empty(list.FindAll("script"));
        Assert.Contains("<script>", list.Find("li > span").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Click_Problem_GoesToIt()
    {
        SchemaProblem? gone = null;
        var list = Render<ProblemList>(p => p.Add(l => l.Problems, [Warning, Generator]).Add(l => l.OnGo, problem => gone = problem));

        list.FindAll("button")[1].Click();

        Assert.Same(Generator, gone);
    }
}
