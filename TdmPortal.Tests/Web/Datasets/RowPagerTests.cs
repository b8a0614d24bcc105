using Bunit;
using TdmPortal.Data.Datasets;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class RowPagerTests : BunitContext
{
    private static readonly DatasetEntity Order = new("order", 1_000_050, 0, [], ["id"], [], []);

    [Fact]
    public void Render_ByNumber_LinksToTheWindowsAround()
    {
        var pager = RenderPager(new DatasetView { From = 500 }, Window(500, 100));

        Assert.Equal("Rows 500 to 599 of 1,000,050", pager.Find("[role=status]").TextContent);
        Assert.Equal(["/x", "/x?from=400", "/x?from=600", "/x?from=1000000"], pager.FindAll(".row-pager-moves a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Render_AtTheEnd_GoesNoFurther()
    {
        var pager = RenderPager(new DatasetView { From = 1_000_000 }, Window(1_000_000, 50));

        Assert.Equal(["/x", "/x?from=999900", null, null], pager.FindAll(".row-pager-moves a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Render_Filtered_LinksByCursorAndCounts()
    {
        var view = new DatasetView { Filters = [new RowFilter("status", RowOperator.Equal, "paid")], Cursor = "c2" };

        var pager = RenderPager(view, Window(7, 3) with { Previous = "c1", Next = "c3" }, (10_000, false));

        Assert.Equal("More than 10,000 rows match", pager.Find("[role=status]").TextContent);
        Assert.Equal(["/x?f=status%3Aeq%3Apaid", "/x?f=status%3Aeq%3Apaid&cursor=c1", "/x?f=status%3Aeq%3Apaid&cursor=c3", "/x?f=status%3Aeq%3Apaid&cursor=last"],
            pager.FindAll(".row-pager-moves a").Select(link => link.GetAttribute("href")));
        Assert.Empty(pager.FindAll("#go-to-row"));
    }

    [Theory]
    [InlineData("999,999", "/x?from=999999&row=999999")]
    [InlineData("5000000", "/x?from=1000049&row=1000049")]
    public void GoToRow_ANumber_OpensItsWindow(string typed, string address)
    {
        var pager = RenderPager(new DatasetView(), Window(0, 100));

        pager.Find("#go-to-row").Input(typed);
        pager.Find("form").Submit();

        Assert.EndsWith(address, Services.GetService<Microsoft.AspNetCore.Components.NavigationManager>()!.Uri, StringComparison.Ordinal);
    }

    private static RowPage Window(long first, int count) =>
        new([], [.. Enumerable.Range(0, count).Select(i => first + i)], [.. Enumerable.Range(0, count).Select(_ => Array.Empty<string?>())], null, null, null, false, null);

    private IRenderedComponent<RowPager> RenderPager(DatasetView view, RowPage page, (long, bool)? matching = null) => Render<RowPager>(parameters => parameters
        .Add(p => p.Entity, Order).Add(p => p.View, view).Add(p => p.Page, page).Add(p => p.Matching, matching).Add(p => p.ViewHref, to => "/x" + to.ToQueryString()));
}
