using TdmPortal.Tests.Browser;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Formats;
using TdmPortal.Tests.Refresh;
using TdmPortal.Tests.Server;
using TdmPortal.Tests.Testing;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace TdmPortal.Tests.Testing;

/// <summary>
/// Collections of tests run beside each other, as many as there are cores. The longest begin first: begun last, the browser's
/// tests, which are one collection, would be left alone for most of a run.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
        [BrowserTests.Name, .. new[] { typeof(KilledPortalTests), typeof(RefreshKilledTests), typeof(PortalStartTests), typeof(SqlScriptTests), typeof(EmbeddedPostgresTests) }.Select(type => $"Test collection for {type.FullName} ")];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => Place(collection))];

    private static int Place(ITestCollection collection) => Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.StartsWith(name, StringComparison.Ordinal)) is var place and >= 0 ? place : Longest.Length;
}
