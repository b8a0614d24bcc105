using TdmPortal.Data.Datasets;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class DatasetViewTests
{
    [Fact]
    public void ToQueryString_EverythingSet_ComesBackTheSame()
    {
        var view = new DatasetView
        {
            Version = 3,
            Entity = "order",
            Columns = ["id", "total"],
            Filters = [new("status", RowOperator.Equal, "a:b&c=ü +%"), new("note", RowOperator.IsNull, null), new("city", RowOperator.Contains, "")],
            Where = "total > 5 and parent(order_customer).tier = 'gold'",
            Sort = "placed_at",
            Descending = true,
            Cursor = "x/+=",
            Take = 250,
            Row = 41,
            At = [new("id", RowOperator.Equal, "7")],
            Find = "O'Neill",
        };

        var read = DatasetView.Parse(view.ToQueryString());

        Assert.Equal(view.ToQueryString(), read.ToQueryString());
        Assert.Equal(view.Filters, read.Filters);
        Assert.Equal(view.At, read.At);
        Assert.Equal(view.Columns, read.Columns);
        Assert.Equal((view.Version, view.Entity, view.Where, view.Sort, view.Descending, view.Cursor, view.Take, view.Row, view.Find),
            (read.Version, read.Entity, read.Where, read.Sort, read.Descending, read.Cursor, read.Take, read.Row, read.Find));
    }

    [Fact]
    public void ToQueryString_NothingSet_IsEmpty() => Assert.Equal("", DatasetView.Parse("").ToQueryString());

    [Theory]
    [InlineData("?from=-5&row=abc&take=7&v=0")]
    [InlineData("?f=status&f=:eq:1&f=status:wat:1&f=status:eq&cols=,,&sort=-&where=&find=")]
    [InlineData("?from=99999999999999999999&v=1e3")]
    public void Parse_Junk_IsLeftOut(string query) => Assert.Equal("", DatasetView.Parse(query).ToQueryString());

    [Fact]
    public void ToRowQuery_WithoutSortAndFilter_GoesByRowNumber()
    {
        var query = DatasetView.Parse("?entity=order&from=999900&cursor=abc").ToRowQuery();

        Assert.Equal(999_900, query.FirstRow);
        Assert.Null(query.Cursor);
    }

    [Fact]
    public void ToRowQuery_Filtered_GoesByCursor()
    {
        var query = DatasetView.Parse("?f=status:eq:paid&from=50&cursor=abc").ToRowQuery();

        Assert.Equal(0, query.FirstRow);
        Assert.Equal("abc", query.Cursor);
    }

    [Fact]
    public void WithNextSort_ClickedThreeTimes_EndsAsStored()
    {
        var once = new DatasetView { From = 500 }.WithNextSort("total");
        var twice = once.WithNextSort("total");
        var thrice = twice.WithNextSort("total");

        Assert.Equal(("total", false, 0L), (once.Sort, once.Descending, once.From));
        Assert.Equal(("total", true), (twice.Sort, twice.Descending));
        Assert.Null(thrice.Sort);
    }

    [Fact]
    public void Parent_CompositeKey_NamesTheParentsFields()
    {
        var reference = new DatasetReference("line_order", "line", ["tenant_id", "order_id"], "order", ["tenant", "id"]);

        var view = new DatasetView { Version = 2, Entity = "line", Sort = "id" }.Parent(reference, field => field == "tenant_id" ? "5" : "77");

        Assert.Equal("?v=2&entity=order&at=tenant%3Aeq%3A5&at=id%3Aeq%3A77", view!.ToQueryString());
    }

    [Fact]
    public void Parent_NullKey_IsNone() =>
        Assert.Null(new DatasetView().Parent(new DatasetReference("r", "a", ["b_id"], "b", ["id"]), _ => null));

    [Fact]
    public void Children_OfAKey_FiltersTheChild()
    {
        var view = new DatasetView().Children(new DatasetReference("r", "order", ["customer_id"], "customer", ["id"]), _ => "42");

        Assert.Equal("order", view!.Entity);
        Assert.Equal([new RowFilter("customer_id", RowOperator.Equal, "42")], view.Filters);
    }
}
