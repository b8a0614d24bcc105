using System.Text.RegularExpressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Internet;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>Nothing that is generated can reach a person or a machine.</summary>
public sealed class ReservedDomainTests
{
    private static readonly Regex Host = new(@"(?:@|://)(?<host>[^/\s:]+)", RegexOptions.None, TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("internet.email")]
    [InlineData("internet.url")]
    [InlineData("internet.imageUrl")]
    [InlineData("internet.avatarUrl")]
    [InlineData("internet.referrer")]
    public void Addresses_Generated_StayUnderReservedDomains(string name)
    {
        foreach (var (locale, _) in GeneratorCatalogue.Locales)
        {
            Assert.All(Running.Rows(name, 100, locale: locale), text =>
            {
                var match = Host.Match(text);
                Assert.True(match.Success && ReservedDomains.Contains(match.Groups["host"].Value), text);
            });
        }
    }

    [Theory]
    [InlineData("internet.domainName")]
    [InlineData("internet.hostName")]
    [InlineData("company.domain")]
    public void Hosts_Generated_StayUnderReservedDomains(string name) => Assert.All(Running.Rows(name, 500), host => Assert.True(ReservedDomains.Contains(host), host));

    [Theory]
    [InlineData("internet.email")]
    [InlineData("internet.exampleEmail")]
    [InlineData("internet.url")]
    [InlineData("internet.urlWithPath")]
    [InlineData("internet.domainName")]
    [InlineData("internet.avatar")]
    [InlineData("image.picsumUrl")]
    public void Bogus_WithHosts_IsMovedUnderReservedDomains(string dataSet)
    {
        Assert.All(Running.Rows("bogus", 100, $$"""{"dataSet":"{{dataSet}}"}"""), text =>
        {
            var host = Host.Match(text) is { Success: true } match ? match.Groups["host"].Value : text;
            Assert.True(ReservedDomains.Contains(host), text);
        });
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("mail.EXAMPLE.org", true)]
    [InlineData("shop.test", true)]
    [InlineData("notexample.com", false)]
    [InlineData("example.com.evil.net", false)]
    [InlineData("gmail.com", false)]
    public void Contains_AHost_KnowsWhatIsReserved(string host, bool reserved) => Assert.Equal(reserved, ReservedDomains.Contains(host));
}
