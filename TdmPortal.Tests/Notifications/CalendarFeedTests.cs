using System.Globalization;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Refresh;
using TdmPortal.Data;
using TdmPortal.Data.Notifications;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Notifications;

/// <summary>A team's calendar at its secret address.</summary>
public sealed class CalendarFeedTests(DatasetPortal portal) : IClassFixture<DatasetPortal>, IAsyncLifetime
{
    private const string Origin = "https://tdm.example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CalendarFeeds Feeds => portal.Get<CalendarFeeds>();

    public async ValueTask InitializeAsync()
    {
        await NoticePeople.JoinAsync(portal);
        await portal.ScalarAsync<int>("delete from portal.calendar_feed; delete from portal.dataset");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Read_HoldsTheTeamsRunsOfAYear_UnderTheSameIdsEachTime()
    {
        var weekly = Rule("Europe/Berlin") with { Cycle = RefreshCycle.Weekly, Weekdays = [DayOfWeek.Monday, DayOfWeek.Thursday] };
        var shop = await ScheduleAsync(portal.Lead.TeamId, "shop", weekly);
        await ScheduleAsync(portal.Lead.TeamId, "orders", weekly, after: shop);
        await ScheduleAsync(portal.Stranger.TeamId, "invoices", weekly);
        await ScheduleAsync(portal.Lead.TeamId, "paused", weekly, paused: true);
        var address = await Feeds.MakeAsync(portal.Lead, Cancellation);

        var (name, found) = (await Feeds.ReadAsync(address, Origin, Cancellation))!.Value;
        var events = found.ToList();

        Assert.Equal("Refreshes of checkout", name);
        Assert.InRange(events.Count, 104, 106);
        Assert.All(events, one => Assert.Equal("SHOP is refreshed", one.Title));
        Assert.Equal(events.Count, events.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("Then ORDERS.", events[0].Text, StringComparison.Ordinal);
        Assert.Equal(FireTimes.After(weekly, TimeProvider.System.GetUtcNow()).First().At, events[0].Start);
        Assert.StartsWith(Origin + "/datasets/", events[0].Link, StringComparison.Ordinal);
        // Read again after the schedule was looked at: the same ids, and another time of day moves the same entries.
        await portal.ScalarAsync<int>($"update portal.refresh_schedule set rule = '{StoredJson.Write(weekly with { Time = new TimeOnly(23, 45) })}' where id = '{shop}'");
        var moved = (await Feeds.ReadAsync(address, Origin, Cancellation))!.Value.Events.ToList();
        Assert.Subset(events.Select(one => one.Id).ToHashSet(StringComparer.Ordinal), moved.Skip(1).SkipLast(1).Select(one => one.Id).ToHashSet(StringComparer.Ordinal));
        Assert.All(moved, one => Assert.Equal(45, one.Start.Minute));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Address_IsTheLeads_KeptAsItsHash_AndDiesWhenItIsRenewed()
    {
        var records = await RecordsAsync();
        await Assert.ThrowsAsync<ForbiddenException>(() => Feeds.MakeAsync(portal.Tester, Cancellation));
        var first = await Feeds.MakeAsync(portal.Lead, Cancellation);
        Assert.Equal(43, first.Length);
        Assert.Equal("lena", (await Feeds.FindAsync(portal.Tester, Cancellation))!.MadeBy);
        Assert.Null(await Feeds.FindAsync(portal.Stranger, Cancellation));
        Assert.Equal(32, (await portal.ScalarAsync<byte[]>("select address_hash from portal.calendar_feed"))!.Length);
        Assert.Equal(0, await portal.ScalarAsync<long>($"select count(*) from portal.audit_record where audit_record::text like '%{first}%'"));
        // The database refuses a tester too, whatever the application asks.
        await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ChangeAsync(portal.OtherTester, (context, _) =>
        {
            context.Audit.NothingOwed("a test");
            context.Add(new StoredCalendarFeed { TeamId = portal.OtherTester.TeamId, AddressHash = [1], MadeBy = "", MadeAt = TimeProvider.System.GetUtcNow() });
            return Task.FromResult(true);
        }, Cancellation));

        var second = await Feeds.MakeAsync(portal.Lead, Cancellation);
        Assert.Null(await Feeds.ReadAsync(first, Origin, Cancellation));
        Assert.NotNull(await Feeds.ReadAsync(second, Origin, Cancellation));
        Assert.Null(await Feeds.ReadAsync("", Origin, Cancellation));
        await Feeds.RemoveAsync(portal.Lead, Cancellation);
        Assert.Null(await Feeds.ReadAsync(second, Origin, Cancellation));
        Assert.Equal(records + 3, await RecordsAsync());

        Task<long> RecordsAsync() => portal.ScalarAsync<long>($"select count(*) from portal.audit_record where action like 'calendar.%' and team_id = '{portal.Lead.TeamId}'");
    }

    [Fact]
    public async Task Read_WrittenAsAFile_IsWhole()
    {
        await ScheduleAsync(portal.Lead.TeamId, "shop", Rule("Australia/Lord_Howe") with { Cycle = RefreshCycle.MonthlyOnDay, Day = 31 });
        var (name, events) = (await Feeds.ReadAsync(await Feeds.MakeAsync(portal.Lead, Cancellation), Origin, Cancellation))!.Value;
        var text = new StringWriter(CultureInfo.InvariantCulture);

        CalendarFile.Write(text, name, events);

        Assert.Equal((12, 12), (Count("BEGIN:VEVENT"), Count("END:VEVENT")));
        Assert.EndsWith("END:VCALENDAR\r\n", text.ToString(), StringComparison.Ordinal);

        int Count(string line) => text.ToString().Split("\r\n").Count(one => one == line);
    }

    private static RefreshRule Rule(string zone) => new() { Cycle = RefreshCycle.Weekly, Start = new DateOnly(2026, 1, 1), Time = new TimeOnly(6, 30), Zone = zone };

    private async Task<Guid> ScheduleAsync(Guid team, string name, RefreshRule rule, Guid? after = null, bool paused = false)
    {
        var (dataset, schedule) = (Guid.NewGuid(), Guid.NewGuid());
        await portal.ScalarAsync<int>($"insert into portal.dataset (id, team_id, team_key, name, title, schema_name, created_by_id, created_by, created_at, changed_by, changed_at) values ('{dataset}', '{team}', 'x', '{name}', '{name.ToUpperInvariant()}', 'shop', '{portal.Lead.UserId}', '', now(), '', now())");
        await portal.ScalarAsync<int>(new StringBuilder("insert into portal.refresh_schedule (id, team_id, dataset_id, rule, settings, after_id, paused, watermark, next_at, zone_rules, created_by, created_at, changed_by, changed_at) values (")
            .Append(CultureInfo.InvariantCulture, $"'{schedule}', '{team}', '{dataset}', '{StoredJson.Write(rule)}', '{{}}', {(after is null ? "null" : $"'{after}'")}, {(paused ? "true" : "false")}, now(), {(after is null && !paused ? "now() + interval '1 day'" : "null")}, '', '', now(), '', now())").ToString());
        return schedule;
    }
}
