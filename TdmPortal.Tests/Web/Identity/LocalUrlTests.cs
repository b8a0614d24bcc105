using TdmPortal.Web.Identity;
using Xunit;

namespace TdmPortal.Tests.Web.Identity;

/// <summary>After signing in one lands on a page of this portal, whatever the address says.</summary>
public class LocalUrlTests
{
    [Theory]
    [InlineData("/datasets/1?search=a", "/datasets/1?search=a")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    public void Of_AnyAddress_StaysOnThePortal(string? url, string expected) => Assert.Equal(expected, LocalUrl.Of(url));
}
