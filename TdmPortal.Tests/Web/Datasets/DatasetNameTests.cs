using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class DatasetNameTests
{
    [Theory]
    [InlineData("shop")]
    [InlineData("shop_2_eu")]
    [InlineData("a23456789_123456789_123456789_1234")]
    public void Problem_Valid_IsNone(string name) => Assert.Null(DatasetName.Problem(name));

    [Theory]
    [InlineData("")]
    [InlineData("Shop")]
    [InlineData("2shop")]
    [InlineData("shop__eu")]
    [InlineData("shop_")]
    [InlineData("shop\n")]
    [InlineData("shöp")]
    [InlineData("a23456789_123456789_123456789_12345")]
    public void Problem_Invalid_IsSaid(string name) => Assert.NotNull(DatasetName.Problem(name));

    [Theory]
    [InlineData("Web Shop", "web_shop")]
    [InlineData("a__b", "a_b")]
    [InlineData("42", "dataset")]
    [InlineData("customers_orders_and_everything_else", "customers_orders_and_everything_el")]
    public void From_AnyText_IsValid(string text, string name)
    {
        Assert.Equal(name, DatasetName.From(text));
        Assert.Null(DatasetName.Problem(DatasetName.From(text)));
    }
}
