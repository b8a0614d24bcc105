using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Notifications;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>A notice is written with what it tells of, by every kind of work, and goes with it when that rolls back.</summary>
public sealed class NoticesTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<long> CountAsync() => portal.ScalarAsync<long>("select count(*) from portal.notice");

    [Fact]
    public async Task Add_InEachKindOfWork_IsWrittenWithItAndRollsBackWithIt()
    {
        var before = await CountAsync();

        await portal.Database.ChangeAsync(portal.Tester, (context, token) => AddAsync(context, portal.Tester, token), Cancellation);
        await portal.Database.ChangeAsSystemAsync(AuditSource.Of(portal.Lead), (context, token) => AddAsync(context, portal.Lead, token), Cancellation);
        await portal.Database.ChangeAsProvisionerAsync(AuditSource.Of(portal.Lead), (work, token) => AddAsync(work.Context, portal.Lead, token), Cancellation);
        await portal.Database.MaintainAsync((context, token) => AddAsync(context, portal.Lead, token), Cancellation);
        Assert.Equal(before + 4, await CountAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => portal.Database.ChangeAsync<bool>(portal.Tester, async (context, token) =>
        {
            await AddAsync(context, portal.Tester, token);
            throw new InvalidOperationException("Something went wrong.");
        }, Cancellation));
        Assert.Equal(before + 4, await CountAsync());
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Add_ForAnotherTeam_IsRefusedByTheDatabase()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ChangeAsync(portal.Tester, (context, token) => AddAsync(context, portal.Stranger, token), Cancellation));

        Assert.Contains("row-level security", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t", 500, 200)]
    [InlineData("🚀", 150, 199)]
    [InlineData("a\0b", 2, 6)]
    public async Task Add_TextsThatAreTooLongOrNoText_AreMadeToFit(string part, int times, int length)
    {
        var (text, link) = (string.Concat(Enumerable.Repeat(part, times)), $"/{Guid.NewGuid():N}");
        await portal.Database.MaintainAsync(async (context, token) =>
        {
            await Notices.AddAsync(context, new Notice(NoticeKind.ScheduleChanged, portal.Lead.TeamId, text, new string('x', 5000), link), token);
            return true;
        }, Cancellation);

        var found = await portal.Database.ReadAsSystemAsync((context, token) => context.Set<StoredNotice>().SingleAsync(notice => notice.Link == link, token), Cancellation);
        Assert.Equal((length, 2000), (found.Title.Length, found.Body.Length));
        Assert.Equal(text.Length > 200, found.Title.EndsWith('…'));
        Assert.EndsWith("…", found.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_AreReadBack_AndAnUnknownOneIsNone()
    {
        Assert.All(Enum.GetValues<NoticeKind>(), kind => Assert.Equal(kind, NoticeKinds.Parse(kind.Code())));
        Assert.Equal("refresh_coming_up", NoticeKind.RefreshComingUp.Code());
        Assert.Null(NoticeKinds.Parse("of_a_later_portal"));
    }

    private static async Task<bool> AddAsync(PortalContext context, Actor actor, CancellationToken cancellation)
    {
        context.Audit.Add(AuditAction.TeamChanged, AuditObject.Team(actor.TeamId, actor.TeamKey));
        await Notices.AddAsync(context, new Notice(NoticeKind.RefreshSucceeded, actor.TeamId, "shop was refreshed", "", "/datasets"), cancellation);
        return true;
    }
}
