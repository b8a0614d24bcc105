using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Environments;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Environments;

/// <summary>Versions as people keep them.</summary>
[Trait("Requirement", "D4")]
public class VersionStoreTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private VersionStore Versions => portal.Get<VersionStore>();

    [Fact]
    public async Task List_PagesNewestFirst_AndFindsByTagNoteAndNumber()
    {
        var (dataset, ids) = await VersionsAsync("listed_versions", 5);
        await Versions.DescribeAsync(portal.OtherTester, ids[1], " For the 50% release ", ["release-4.2", "keep", "keep"], Cancellation);
        var numbers = new List<int>();
        for (string? after = null, more = ""; more is not null; after = more)
        {
            var page = await Versions.ListAsync(portal.Tester, dataset, null, after, 2, Cancellation);
            Assert.Equal(5, page.Total);
            numbers.AddRange(page.Items.Select(item => item.Number));
            more = page.Next;
        }

        Assert.Equal([5, 4, 3, 2, 1], numbers);
        foreach (var search in (string[])["release-4", "50%", "2"])
        {
            var found = Assert.Single((await Versions.ListAsync(portal.Tester, dataset, search, null, 10, Cancellation)).Items);
            Assert.Equal((2, "For the 50% release", false, "checkout_listed_versions__v2"), (found.Number, found.Note, found.IsLive, found.SchemaName));
            Assert.Equal(["keep", "release-4.2"], found.Tags);
        }

        Assert.Empty((await Versions.ListAsync(portal.Tester, dataset, "%elease", null, 10, Cancellation)).Items);
        await Assert.ThrowsAsync<NotFoundException>(() => Versions.ListAsync(portal.Stranger, dataset, null, null, 10, Cancellation));
    }

    [Theory]
    [InlineData("Release 4")]
    [InlineData("-x")]
    [InlineData("")]
    [InlineData("a_tag_that_is_longer_than_the_forty_characters")]
    public async Task Describe_BadTag_IsRefused(string tag)
    {
        var refused = await Assert.ThrowsAsync<PortalException>(() => Versions.DescribeAsync(portal.Tester, Guid.NewGuid(), null, [tag], Cancellation));
        Assert.Equal("dataset.bad_tag", refused.Code);
        Assert.NotEmpty(refused.SuggestedActions);
    }

    [Fact]
    [Trait("Requirement", "N15")]
    public async Task Delete_PinnedVersion_IsRefusedUntilItIsReleased()
    {
        var (dataset, ids) = await VersionsAsync("pinned_versions", 2);
        await Versions.PinAsync(portal.OtherTester, ids[0], TimeProvider.System.GetUtcNow().AddDays(1), "first thought", Cancellation);
        await Versions.PinAsync(portal.OtherTester, ids[0], TimeProvider.System.GetUtcNow().AddDays(14), "regression of 4.2", Cancellation);

        var refused = await Assert.ThrowsAsync<ConflictException>(() => Versions.DeleteAsync(portal.Tester, ids[0], Cancellation));
        Assert.Equal("dataset.version_pinned", refused.Code);
        Assert.Contains("tina needs version 1 until", refused.Message, StringComparison.Ordinal);
        Assert.Contains("(regression of 4.2)", refused.Message, StringComparison.Ordinal);
        Assert.Equal("dataset.version_pinned", (await Assert.ThrowsAsync<ConflictException>(() => portal.Datasets.DeleteAsync(portal.Lead, dataset, Cancellation))).Code);

        var pin = Assert.Single((await Versions.ListAsync(portal.Tester, dataset, null, null, 10, Cancellation)).Items[1].Pins);
        Assert.Equal(("tina", false), (pin.Who, pin.MayRelease));
        await Assert.ThrowsAsync<ForbiddenException>(() => Versions.ReleaseAsync(portal.Tester, pin.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Versions.ReleaseAsync(portal.Stranger, pin.Id, Cancellation));
        await Versions.ReleaseAsync(portal.Lead, pin.Id, Cancellation);
        await Versions.DeleteAsync(portal.Tester, ids[0], Cancellation);
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(["checkout_pinned_versions__v2"], await portal.SchemasOfAsync("pinned_versions"));
    }

    [Fact]
    public async Task Delete_LiveOrOthersVersion_IsRefused()
    {
        var (_, ids) = await VersionsAsync("kept_versions", 2);
        Assert.Equal("dataset.version_live", (await Assert.ThrowsAsync<ConflictException>(() => Versions.DeleteAsync(portal.Tester, ids[1], Cancellation))).Code);
        await Assert.ThrowsAsync<ForbiddenException>(() => Versions.DeleteAsync(portal.OtherTester, ids[0], Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Versions.DeleteAsync(portal.Stranger, ids[0], Cancellation));
        await Versions.DeleteAsync(portal.Lead, ids[0], Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Publisher.PublishAsync(portal.Tester, ids[0], null, Cancellation));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(400)]
    public async Task Pin_ForADayThatCannotBe_IsRefused(int days) =>
        Assert.Equal("dataset.bad_pin", (await Assert.ThrowsAsync<PortalException>(() => Versions.PinAsync(portal.Tester, Guid.NewGuid(), TimeProvider.System.GetUtcNow().AddDays(days), null, Cancellation))).Code);

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Pin_InSomebodyElsesName_IsStoppedByTheDatabase()
    {
        var (_, ids) = await VersionsAsync("forged_pin", 1);
        var stopped = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => portal.Database.ChangeAsync(portal.Tester, (context, token) => context.Database.ExecuteSqlAsync($"""
            insert into portal.version_pin (id, team_id, version_id, user_id, pinned_at, until) values (gen_random_uuid(), {portal.Tester.TeamId}, {ids[0]}, {portal.Lead.UserId}, now(), now() + interval '1 day')
            """, token), Cancellation));
        Assert.Equal("42501", stopped.SqlState);
    }

    private async Task<(Guid Dataset, List<Guid> Versions)> VersionsAsync(string name, int count)
    {
        var dataset = await portal.ShopAsync(name, 3, 3);
        var ids = new List<Guid> { dataset.Current!.VersionId };
        while (ids.Count < count)
            ids.Add((await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, dataset.Current.SchemaId!.Value, 3, 3))).Current!.VersionId);
        return (dataset.Id, ids);
    }
}
