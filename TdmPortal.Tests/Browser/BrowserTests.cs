using Xunit;

namespace TdmPortal.Tests.Browser;

/// <summary>All browser tests share one portal and one Chromium, and so run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
