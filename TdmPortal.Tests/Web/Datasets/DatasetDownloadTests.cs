using TdmPortal.Core.Formats;
using TdmPortal.Web.Datasets;
using Xunit;

namespace TdmPortal.Tests.Web.Datasets;

public sealed class DatasetDownloadTests
{
    [Theory]
    [InlineData("order", false, "shop-v3-order.csv")]
    [InlineData("order", true, "shop-v3-order-filtered.csv")]
    [InlineData(null, false, "shop-v3-csv.zip")]
    public void FileName_SaysWhatIsInside(string? entity, bool filtered, string name) => Assert.Equal(name, DatasetDownload.FileName("shop", 3, entity, filtered, RowFormat.Csv));

    [Fact]
    public void Parse_EveryFormatThatIsOffered_ComesBack()
    {
        foreach (var (format, _) in GenerateForm.Formats)
            Assert.Equal(format, DatasetDownload.Parse(DatasetDownload.Name(format)));
        Assert.Null(DatasetDownload.Parse("exe"));
        Assert.Null(DatasetDownload.Parse(null));
    }
}
