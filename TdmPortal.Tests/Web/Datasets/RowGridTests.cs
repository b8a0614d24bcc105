using Bunit;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class RowGridTests : BunitContext
{
    private static readonly ColumnDescription[] Columns =
    [
        new("id", FieldType.Integer, false) { SqlType = "bigint" },
        new("customer_id", FieldType.Integer, true) { SqlType = "bigint" },
        new("note", FieldType.String, true) { SqlType = "text" },
    ];

    private static readonly DatasetEntity Order = new("order", 1_000_000, 90_000_000, Columns, ["id"], [new DatasetReference("order_customer", "order", ["customer_id"], "customer", ["id"])], []);

    private static readonly RowPage Page = new(Columns, [500_000, 500_001], [["500001", "42", " x"], ["500002", null, ""]], null, null, 1_000_000, true, null);

    private readonly DatasetView view = new() { Entity = "order", From = 500_000, Sort = "note", Row = 500_001 };

    public RowGridTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Render_Cells_ShowNullEmptyAndWhiteSpaceDifferently()
    {
        var grid = RenderGrid();

        var cells = grid.FindAll("tbody td").Select(cell => cell.InnerHtml.Trim()).ToList();
        Assert.Equal("""<span class="cell-mark" title="space">·</span>x""", cells[2]);
        Assert.Equal("""<span class="cell-null">null</span>""", cells[4]);
        Assert.Equal("""<span class="cell-empty">empty</span>""", cells[5]);
    }

    [Fact]
    public void Render_ForeignKey_LinksToItsParent()
    {
        var grid = RenderGrid();

        Assert.Equal("/x?entity=customer&at=id%3Aeq%3A42", grid.Find("tbody tr td[data-c='1'] a").GetAttribute("href"));
        Assert.Null(grid.FindAll("tbody tr")[1].QuerySelector("td[data-c='1'] a"));
    }

    [Fact]
    public void Render_Headers_SayTheOrderAndLinkToTheNext()
    {
        var grid = RenderGrid();

        var headers = grid.FindAll("thead th");
        Assert.Equal([null, null, null, "ascending"], headers.Select(header => header.GetAttribute("aria-sort")));
        Assert.Contains("sort=-note", headers[3].QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("1000001", grid.Find("table").GetAttribute("aria-rowcount"));
    }

    [Fact]
    public void Render_OpenRow_IsMarkedAndOneCellTakesTheTabStop()
    {
        var grid = RenderGrid();

        Assert.Equal("500001", grid.Find("tr.open").GetAttribute("data-row"));
        Assert.Single(grid.FindAll("tbody [tabindex='0']"));
    }

    [Fact]
    public void Tick_RowsAndAll_AreSelected()
    {
        var selected = new HashSet<int>();
        var grid = RenderGrid(selected);

        grid.FindAll("tbody input")[1].Change(true);
        Assert.Equal([1], selected);
        grid.Find("thead input").Change(true);
        Assert.Equal([0, 1], selected.Order());
    }

    private IRenderedComponent<RowGrid> RenderGrid(HashSet<int>? selected = null) => Render<RowGrid>(parameters => parameters
        .Add(p => p.Entity, Order).Add(p => p.View, view).Add(p => p.Page, Page).Add(p => p.Selected, selected ?? []).Add(p => p.ViewHref, to => "/x" + to.ToQueryString()));
}
