using TdmPortal.Web.Controls;
using Xunit;

namespace TdmPortal.Tests.Web.Controls;

/// <summary>Numbers with separators, durations in words.</summary>
public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_200_000, "1,200,000")]
    [InlineData(-45_000, "-45,000")]
    public void Number_AnyCulture_HasSeparators(long value, string expected) => Assert.Equal(expected, Figures.Number(value));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1 kB")]
    [InlineData(12_400_000, "12.4 MB")]
    [InlineData(999_600_000, "1 GB")]
    [InlineData(5_000_000_000_000_000, "5000 TB")]
    public void Bytes_OfAnySize_TakesTheFittingUnit(long value, string expected) => Assert.Equal(expected, Figures.Bytes(value));

    [Theory]
    [InlineData(9_999, "9,999")]
    [InlineData(10_000, "10 k")]
    [InlineData(1_250_000, "1.3 M")]
    [InlineData(2e9, "2 G")]
    public void Short_LargeNumber_IsRounded(double value, string expected) => Assert.Equal(expected, Figures.Short(value));

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(0.04, "0.04 seconds")]
    [InlineData(0.4, "0.4 seconds")]
    [InlineData(59.7, "1 minute")]
    [InlineData(61, "1 minute 1 second")]
    [InlineData(7_200, "2 hours")]
    [InlineData(12_000, "3 hours 20 minutes")]
    [InlineData(90_000 * 4, "4 days 4 hours")]
    [InlineData(-5, "0 seconds")]
    public void Duration_AnyLength_IsInWords(double seconds, string expected) => Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));
}
