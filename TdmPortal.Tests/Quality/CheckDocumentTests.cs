using TdmPortal.Core.Quality;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Quality;

public sealed class CheckDocumentTests
{
    [Fact]
    public void Page_OfTheChecks_IsUpToDate()
    {
        var path = Repository.PathOf("docs", "quality.md");
        var page = File.ReadAllText(path);
        var rendered = CheckDocument.Update(page);
        if (Environment.GetEnvironmentVariable("TDM_UPDATE_DOCS") == "1")
            File.WriteAllText(path, page = rendered);

        Assert.Contains($"{CheckDocument.Begin}\n{CheckDocument.Render()}{CheckDocument.End}", page, StringComparison.Ordinal);
    }
}
