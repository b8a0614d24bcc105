using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

public sealed class MaskerDocumentTests
{
    [Fact]
    public void Page_OfTheMaskers_IsUpToDate()
    {
        var path = Repository.PathOf("docs", "maskers.md");
        var rendered = MaskerDocument.Render();
        if (Environment.GetEnvironmentVariable("TDM_UPDATE_DOCS") == "1")
            File.WriteAllText(path, rendered);

        Assert.True(File.Exists(path) && File.ReadAllText(path) == rendered, "docs/maskers.md is stale: run TDM_UPDATE_DOCS=1 ./test --filter MaskerDocument and commit it.");
    }
}
