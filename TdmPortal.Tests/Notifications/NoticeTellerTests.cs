using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>Who is told what, and that it is told once whatever breaks.</summary>
public sealed class NoticeTellerTests(DatasetPortal portal) : IClassFixture<DatasetPortal>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NoticeTeller Teller => portal.Get<NoticeTeller>();

    private NoticeInbox Inbox => portal.Get<NoticeInbox>();

    public async ValueTask InitializeAsync() => await NoticePeople.JoinAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Tell_ReachesTheTeamAndNobodyElse()
    {
        var title = await TellAsync(new Notice(NoticeKind.RefreshSucceeded, portal.Lead.TeamId, "", "12 versions are kept.", "/datasets/1") { AuthorId = portal.OtherTester.UserId });

        Assert.Equal("12 versions are kept.", Assert.Single(await FindAsync(portal.Lead, title)).Text);
        Assert.Single(await FindAsync(portal.Tester, title));
        // Who did it knows.
        Assert.Empty(await FindAsync(portal.OtherTester, title));
        Assert.Empty(await FindAsync(portal.Stranger, title));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Inbox_WithoutAnyFilter_HoldsOnesOwnOnly()
    {
        await TellAsync(new Notice(NoticeKind.ReviewAsked, portal.Lead.TeamId, "", "", "/"));

        var seen = await portal.Database.ReadAsync(portal.Tester, async (context, token) => (
            await context.Set<InboxNotice>().Select(own => own.UserId).Distinct().ToListAsync(token),
            await context.Set<StoredNotice>().CountAsync(notice => notice.Kind == "review_asked", token)), Cancellation);

        Assert.True(seen.Item1 is [] || seen.Item1.SequenceEqual([portal.Tester.UserId]));
        Assert.Equal(0, seen.Item2);
        await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ChangeAsync(portal.Tester, async (context, token) =>
        {
            context.Audit.NothingOwed("a test");
            return await context.Database.ExecuteSqlAsync($"insert into portal.inbox_notice (user_id, notice_id, team_id, created_at) select {portal.Tester.UserId}, id, team_id, now() from portal.notice", token);
        }, Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ReadAsync(portal.Lead, (context, token) => context.Set<StoredMailServer>().AnyAsync(token), Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ReadAsync(portal.Lead, (context, token) => context.Set<StoredNoticeEmail>().AnyAsync(token), Cancellation));
    }

    [Fact]
    public async Task Tell_AReview_ReachesLeadsAndItsAuthor()
    {
        var asked = await TellAsync(new Notice(NoticeKind.ReviewAsked, portal.Lead.TeamId, "", "", "/"));
        var decided = await TellAsync(new Notice(NoticeKind.ReviewDecided, portal.Lead.TeamId, "", "", "/") { PersonId = portal.Tester.UserId });

        Assert.Equal((1, 0), ((await FindAsync(portal.Lead, asked)).Count, (await FindAsync(portal.Tester, asked)).Count));
        Assert.Equal((0, 1, 0), ((await FindAsync(portal.Lead, decided)).Count, (await FindAsync(portal.Tester, decided)).Count, (await FindAsync(portal.OtherTester, decided)).Count));
    }

    [Fact]
    public async Task Tell_WithChoices_AsksTheSchedulesOwnFirst()
    {
        var (choices, schedule) = (portal.Get<NoticeChoices>(), Guid.NewGuid());
        await choices.SetAsync(portal.Tester, null, new NoticeChoice(NoticeKind.RefreshSucceeded, false, false, 60), Cancellation);
        await choices.SetAsync(portal.Tester, schedule, new NoticeChoice(NoticeKind.RefreshSucceeded, true, false, 60), Cancellation);
        await choices.SetAsync(portal.OtherTester, schedule, new NoticeChoice(NoticeKind.RefreshSucceeded, false, false, 60), Cancellation);

        var there = await TellAsync(Succeeded(schedule));
        var elsewhere = await TellAsync(Succeeded(Guid.NewGuid()));

        Assert.Equal((1, 0), ((await FindAsync(portal.Tester, there)).Count, (await FindAsync(portal.OtherTester, there)).Count));
        Assert.Equal((0, 1), ((await FindAsync(portal.Tester, elsewhere)).Count, (await FindAsync(portal.OtherTester, elsewhere)).Count));
        Assert.True((await choices.GetAsync(portal.Tester, schedule, Cancellation)).IsOwn);
        Assert.False((await choices.GetAsync(portal.Lead, schedule, Cancellation)).IsOwn);
        await choices.ResetAsync(portal.Tester, schedule, Cancellation);
        Assert.False((await choices.GetAsync(portal.Tester, schedule, Cancellation)).Choices.Single(choice => choice.Kind == NoticeKind.RefreshSucceeded).InPortal);
        Assert.Equal("notice.bad_time", (await Assert.ThrowsAsync<PortalException>(() => choices.SetAsync(portal.Tester, null, new NoticeChoice(NoticeKind.RefreshComingUp, true, false, 7), Cancellation))).Code);

        Notice Succeeded(Guid about) => new(NoticeKind.RefreshSucceeded, portal.Lead.TeamId, "", "", "/") { ScheduleId = about };
    }

    [Fact]
    public async Task Mark_ReadUnreadAndAll_IsCountedAndPaged()
    {
        await Inbox.MarkAllAsync(portal.Tester, Cancellation);
        foreach (var _ in Enumerable.Range(0, 5))
            await TellAsync(new Notice(NoticeKind.ScheduleChanged, portal.Lead.TeamId, "", "", "/"));

        Assert.Equal(5, await Inbox.UnreadAsync(portal.Tester, Cancellation));
        var ids = new List<Guid>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var page = await Inbox.ListAsync(portal.Tester, unreadOnly: true, NoticeKind.ScheduleChanged, after, 2, Cancellation);
            ids.AddRange(page.Items.Select(item => item.Id));
            next = page.Next;
        }

        Assert.Equal((5, 5), (ids.Count, ids.Distinct().Count()));
        await Inbox.MarkAsync(portal.Tester, ids[0], read: true, Cancellation);
        // Another one's is out of reach.
        await Inbox.MarkAsync(portal.Stranger, ids[1], read: true, Cancellation);
        Assert.Equal(4, await Inbox.UnreadAsync(portal.Tester, Cancellation));
        await Inbox.MarkAsync(portal.Tester, ids[0], read: false, Cancellation);
        Assert.Equal(5, await Inbox.UnreadAsync(portal.Tester, Cancellation));
        await Inbox.MarkAllAsync(portal.Tester, Cancellation);
        Assert.Equal(0, await Inbox.UnreadAsync(portal.Tester, Cancellation));
        Assert.All((await Inbox.ListAsync(portal.Tester, false, null, null, 5, Cancellation)).Items, item => Assert.True(item.IsRead));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Open_LeadsToTheTeamsPage_AndMarksItRead_ForMembersOnly()
    {
        var title = await TellAsync(new Notice(NoticeKind.RefreshFailed, portal.Lead.TeamId, "", "", "/datasets/7"));
        var notice = Assert.Single(await FindAsync(portal.Tester, title));

        Assert.Equal((portal.Lead.TeamId, "/datasets/7"), await Inbox.OpenAsync(portal.Tester, notice.Id, Cancellation));
        Assert.True(Assert.Single(await FindAsync(portal.Tester, title)).IsRead);
        Assert.False(Assert.Single(await FindAsync(portal.OtherTester, title)).IsRead);
        await Assert.ThrowsAsync<NotFoundException>(() => Inbox.OpenAsync(portal.Stranger, notice.Id, Cancellation));
        // With the membership goes what it brought.
        await portal.Get<TeamStore>().RemoveMemberAsync(portal.Lead with { IsAdmin = true }, portal.Lead.TeamId, portal.OtherTester.UserId, Cancellation);
        Assert.Empty((await Inbox.ListAsync(portal.OtherTester, false, null, null, 100, Cancellation)).Items);
        await Assert.ThrowsAsync<NotFoundException>(() => Inbox.OpenAsync(portal.OtherTester, notice.Id, Cancellation));
    }

    [Fact]
    public async Task Tell_WhileConnectionsBreakAndNodesRace_TellsEachOnce()
    {
        const int Notices = 120;
        var mark = Guid.NewGuid().ToString("N");
        await portal.Database.MaintainAsync(async (context, token) =>
        {
            for (var number = 0; number < Notices; number++)
                await Data.Notifications.Notices.AddAsync(context, new Notice(NoticeKind.RefreshSucceeded, portal.Lead.TeamId, string.Create(CultureInfo.InvariantCulture, $"{mark} {number}"), "", "/"), token);
            return true;
        }, Cancellation);

        await using var node = portal.Node(new JobOptions());
        var broken = 0;
        var telling = ((NoticeTeller[])[Teller, node.GetRequiredService<NoticeTeller>()]).Select(TellToTheEndAsync).ToArray();
        while (!Task.WhenAll(telling).IsCompleted && broken < 20)
            broken += (int)await portal.ScalarAsync<long>("select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'TdmPortal' and state <> 'idle') ended");
        await Task.WhenAll(telling);
        await Teller.TellAsync(Cancellation);

        var told = await portal.ScalarAsync<long>($"select count(*) from portal.inbox_notice own join portal.notice n on n.id = own.notice_id where n.title like '{mark}%' and own.user_id = '{portal.Tester.UserId}'");
        Assert.Equal(Notices, told);

        async Task TellToTheEndAsync(NoticeTeller teller)
        {
            for (var more = true; more;)
            {
                try
                {
                    await teller.TellAsync(Cancellation);
                    more = await portal.ScalarAsync<long>("select count(*) from portal.notice where told_at is null") > 0;
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // Its connection was ended.
                }
            }
        }
    }

    [Fact]
    public async Task Announce_TellsEachAsLongBeforeAsTheyChose_Once()
    {
        var choices = portal.Get<NoticeChoices>();
        var (dataset, schedule) = (Guid.NewGuid(), Guid.NewGuid());
        await portal.ScalarAsync<int>($"insert into portal.dataset (id, team_id, team_key, name, title, schema_name, created_by_id, created_by, created_at, changed_by, changed_at) values ('{dataset}', '{portal.Lead.TeamId}', 'checkout', 'coming', 'Coming', 'shop', '{portal.Lead.UserId}', '', now(), '', now())");
        await portal.ScalarAsync<int>($$"""
            insert into portal.refresh_schedule (id, team_id, dataset_id, rule, settings, watermark, next_at, zone_rules, created_by, created_at, changed_by, changed_at)
            values ('{{schedule}}', '{{portal.Lead.TeamId}}', '{{dataset}}', '{}', '{}', now(), now() + interval '50 minutes', '', '', now(), '', now())
            """);
        // Nobody wants to know.
        Assert.Equal(0, await Teller.AnnounceAsync(Cancellation));

        await choices.SetAsync(portal.Tester, null, new NoticeChoice(NoticeKind.RefreshComingUp, true, false, 60), Cancellation);
        await choices.SetAsync(portal.Lead, schedule, new NoticeChoice(NoticeKind.RefreshComingUp, true, false, 15), Cancellation);
        Assert.Equal(1, await Teller.AnnounceAsync(Cancellation));
        Assert.Equal(0, await Teller.AnnounceAsync(Cancellation));
        await Teller.TellAsync(Cancellation);
        Assert.Equal((1, 0), (await AnnouncedAsync(portal.Tester), await AnnouncedAsync(portal.Lead)));

        await portal.ScalarAsync<int>($"update portal.refresh_schedule set next_at = next_at - interval '40 minutes' where id = '{schedule}'");
        Assert.Equal(2, await Teller.AnnounceAsync(Cancellation));
        await Teller.TellAsync(Cancellation);
        // It moved: so it is told again.
        Assert.Equal((2, 1), (await AnnouncedAsync(portal.Tester), await AnnouncedAsync(portal.Lead)));

        // A program's time before is its own, and reaches nobody who chose another.
        var (hook, _) = await portal.Get<WebhookStore>().CreateAsync(portal.Lead, new WebhookSettings("chat", "https://chat.example.com/", [NoticeKind.RefreshComingUp], 240, true), Cancellation);
        Assert.Equal(1, await Teller.AnnounceAsync(Cancellation));
        await Teller.TellAsync(Cancellation);
        Assert.Equal("refresh_coming_up", Assert.Single((await portal.Get<WebhookStore>().LogAsync(portal.Lead, hook, null, 10, Cancellation)).Items).Kind);
        Assert.Equal((2, 1), (await AnnouncedAsync(portal.Tester), await AnnouncedAsync(portal.Lead)));

        Assert.Equal("Coming", Assert.Single(await choices.SchedulesAsync(portal.Lead, Cancellation)).Dataset);
        await portal.ScalarAsync<int>($"delete from portal.refresh_schedule where id = '{schedule}'");
        Assert.Equal(1, await Teller.ForgetAsync(Cancellation));
        Assert.Empty(await choices.SchedulesAsync(portal.Lead, Cancellation));

        async Task<int> AnnouncedAsync(Actor actor) => (await Inbox.ListAsync(actor, false, NoticeKind.RefreshComingUp, null, 100, Cancellation)).Items.Count(item => item.Title.StartsWith("Coming is refreshed at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forget_RemovesWhatIsOld_AndKeepsWhatIsNotTold()
    {
        var title = await TellAsync(new Notice(NoticeKind.RefreshSucceeded, portal.Lead.TeamId, "", "", "/"));
        await portal.ScalarAsync<int>($"update portal.notice set created_at = now() - interval '181 days' where title = '{title}'");
        await portal.ScalarAsync<int>($"insert into portal.notice (id, team_id, kind, title, body, link, created_at) values (gen_random_uuid(), '{portal.Lead.TeamId}', 'refresh_failed', 'old', '', '/', now() - interval '200 days')");

        Assert.Equal(1, await Teller.ForgetAsync(Cancellation));
        Assert.Empty(await FindAsync(portal.Tester, title));
        Assert.Equal(1, await Teller.TellAsync(Cancellation));
    }

    /// <summary>Writes and tells it under a title of its own.</summary>
    private async Task<string> TellAsync(Notice notice)
    {
        var title = Guid.NewGuid().ToString("N");
        await portal.Database.MaintainAsync(async (context, token) =>
        {
            await Notices.AddAsync(context, notice with { Title = title }, token);
            return true;
        }, Cancellation);
        Assert.True(await Teller.TellAsync(Cancellation) > 0);
        return title;
    }

    private async Task<List<InboxItem>> FindAsync(Actor actor, string title) => [.. (await Inbox.ListAsync(actor, false, null, null, 100, Cancellation)).Items.Where(item => item.Title == title)];
}
