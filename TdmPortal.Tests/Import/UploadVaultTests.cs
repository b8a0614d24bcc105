using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Import;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Who may use an upload, how much fits, and when it ends.</summary>
public sealed class UploadVaultTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private const string Planted = "anna.lindqvist@original.example";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Upload_IsNowhereInDataFolderOrDatabase()
    {
        var vault = portal.Get<UploadVault>();
        var upload = await vault.AddAsync(portal.Tester, "people.csv", Rows(5000), null, null, Cancellation);

        Assert.Empty(FilesWith(Planted));
        Assert.Equal(0, await portal.ScalarAsync<int>($"select count(*)::int from portal.audit_record r where r::text like '%lindqvist%'"));
        using var reader = new StreamReader(vault.Open(portal.Tester.TeamId, upload.Id));
        Assert.Contains(Planted, await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        vault.Remove(portal.Tester, upload.Id);
        Assert.Equal("upload.gone", Assert.Throws<PortalException>(() => vault.Get(portal.Tester, upload.Id)).Code);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Upload_IsItsAuthorsAndTheTeams()
    {
        var vault = portal.Get<UploadVault>();
        var upload = await vault.AddAsync(portal.Tester, @"C:\temp\people.csv", Rows(1), null, null, Cancellation);

        Assert.Equal("people.csv", vault.Get(portal.Tester, upload.Id).Name);
        Assert.Throws<PortalException>(() => vault.Get(portal.Stranger, upload.Id));
        Assert.Throws<PortalException>(() => vault.Get(portal.OtherTester, upload.Id));
        Assert.Throws<PortalException>(() => vault.Open(portal.Stranger.TeamId, upload.Id));
        vault.Remove(portal.Stranger, upload.Id);
        Assert.Equal(upload, vault.Get(portal.Tester, upload.Id));
        vault.Remove(portal.Tester, upload.Id);
    }

    [Fact]
    public async Task Upload_BeyondWhatFits_IsRefusedAndLeavesNothing()
    {
        using var vault = new UploadVault(portal.Database, new UploadOptions { MostBytes = 100_000, MostBytesOfTeam = 150_000, KeepFree = 0 }, TimeProvider.System);

        Assert.Equal("upload.too_large", await RefusedAsync(vault, Rows(5000), null));
        Assert.Equal("upload.too_large", await RefusedAsync(vault, Rows(1), 200_000));
        Assert.Equal("upload.empty", await RefusedAsync(vault, new MemoryStream(), null));
        await vault.AddAsync(portal.Tester, "a.csv", Rows(2500), null, null, Cancellation);
        Assert.Equal("upload.quota_exceeded", await RefusedAsync(vault, Rows(2500), null));
        using var full = new UploadVault(portal.Database, new UploadOptions { KeepFree = long.MaxValue / 2 }, TimeProvider.System);
        Assert.Equal("upload.disk_full", await RefusedAsync(full, Rows(1), null));
    }

    [Fact]
    public async Task Upload_ThatNobodyUses_Ends()
    {
        var time = new ShiftedTime();
        using var vault = new UploadVault(portal.Database, new UploadOptions { KeepFree = 0 }, time);
        var (used, left) = (await vault.AddAsync(portal.Tester, "a.csv", Rows(1), null, null, Cancellation), await vault.AddAsync(portal.Tester, "b.csv", Rows(1), null, null, Cancellation));
        time.Advance(TimeSpan.FromMinutes(90));
        await vault.Open(portal.Tester.TeamId, used.Id).DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(60));

        vault.Sweep();

        Assert.NotNull(vault.Find(portal.Tester.TeamId, used.Id));
        Assert.Null(vault.Find(portal.Tester.TeamId, left.Id));
    }

    private async Task<string> RefusedAsync(UploadVault vault, Stream content, long? bytes) => (await Assert.ThrowsAsync<PortalException>(() => vault.AddAsync(portal.Tester, "x.csv", content, bytes, null, Cancellation))).Code;

    private static MemoryStream Rows(int count) => new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Planted + "\n", count))));

    private IEnumerable<string> FilesWith(string text) => Directory.EnumerateFiles(portal.Database.DataFolder, "*", SearchOption.AllDirectories)
        .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
}
