using System.Diagnostics;
using TdmPortal.Data.Audit;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Audit;

/// <summary>The check as administrators run it, beside a portal.</summary>
[Trait("Requirement", "D9")]
public sealed class AuditCommandTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckAudit_SaysWhetherTheChainIsWhole_ByItsExitCode()
    {
        Assert.True(await portal.Get<AuditAnchors>().AnchorAsync(Cancellation));
        var kept = Path.Combine(portal.Database.DataFolder, "kept.ndjson");
        await File.WriteAllLinesAsync(kept, (await portal.Get<AuditAnchors>().AllAsync(Cancellation)).Select(anchor => anchor.ToJson()), Cancellation);

        Assert.Equal((0, "The chain is whole."), await RunAsync(kept));
        Assert.Equal((2, ""), await RunAsync(kept + ".missing"));

        await portal.ScalarAsync<int>("alter table portal.audit_record disable trigger never_changed; delete from portal.audit_record where number = (select number from portal.audit_head)");
        Assert.Equal((1, "The chain is broken."), await RunAsync(kept));
    }

    private async Task<(int ExitCode, string LastLine)> RunAsync(string anchors)
    {
        var program = Repository.PathOf("TdmPortal.Web", "bin", Repository.Configuration, "net10.0", "TdmPortal.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--check-audit", anchors]) { WorkingDirectory = Path.GetDirectoryName(program)!, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in portal.Settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        _ = await errors;
        return (process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Trim() ?? "");
    }
}
