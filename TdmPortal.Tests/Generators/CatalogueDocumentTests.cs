using TdmPortal.Core.Generators;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Generators;

public sealed class CatalogueDocumentTests
{
    [Fact]
    public void Page_OfTheGenerators_IsUpToDate()
    {
        var path = Repository.PathOf("docs", "generators.md");
        var rendered = CatalogueDocument.Render();
        if (Environment.GetEnvironmentVariable("TDM_UPDATE_DOCS") == "1")
            File.WriteAllText(path, rendered);

        Assert.True(File.Exists(path) && File.ReadAllText(path) == rendered, "docs/generators.md is stale: run TDM_UPDATE_DOCS=1 ./test --filter CatalogueDocument and commit it.");
    }
}
