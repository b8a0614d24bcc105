using TdmPortal.Core.Refresh;
using TdmPortal.Data.Refresh;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>The calendar of all teams' runs: everybody sees the load, only who may sees whose it is.</summary>
[Trait("Requirement", "D6")]
public sealed class RefreshCalendarTests(DatabaseServer server) : IAsyncLifetime
{
    // One for each test: the calendar shows the runs of all.
    private readonly RefreshPortal refresh = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => refresh.InitializeAsync();

    public ValueTask DisposeAsync() => refresh.DisposeAsync();

    [Fact]
    public async Task Read_PastAndPlanned_NamesThoseOfOnesOwnTeamsOnly()
    {
        var (dataset, _) = await refresh.ScheduledAsync("in_calendar");
        var first = await refresh.GoToNextAsync(dataset.Id);
        await refresh.WorkAsync();
        var (from, to) = (first.AddDays(-1), first.AddDays(20));
        var calendar = refresh.Get<RefreshCalendar>();

        var own = await calendar.ReadAsync(refresh.Portal.Tester, from, to, 100, Cancellation);
        Assert.Equal([RefreshState.Succeeded, null, null], own.Select(run => run.State));
        Assert.Equal([first.AddDays(7), first.AddDays(14)], own.Skip(1).Select(run => run.At));
        Assert.All(own, run => Assert.Equal((dataset.Id, "in_calendar", "checkout", 80L), (run.DatasetId, run.DatasetName, run.TeamKey, run.Rows)));
        Assert.NotNull(own[0].Id);
        // Foreseen by the run before.
        Assert.Equal(own[0].Took, own[1].Took);

        var strangers = await calendar.ReadAsync(refresh.Portal.Stranger, from, to, 100, Cancellation);
        Assert.Equal(own.Select(run => run.At), strangers.Select(run => run.At));
        Assert.All(strangers, run => Assert.Equal((null, null, "", null, "", null), ((Guid?)run.Id, run.DatasetId, run.DatasetName, run.TeamId, run.TeamKey, run.Rows)));

        Assert.Equal(own, await calendar.ReadAsync(refresh.Portal.Stranger with { IsAdmin = true }, from, to, 100, Cancellation));
        Assert.Equal(2, (await calendar.ReadAsync(refresh.Lead, from, to, 1, Cancellation)).Count);
        Assert.Empty(await calendar.ReadAsync(refresh.Lead, to.AddDays(-700), from, 100, Cancellation));
    }

    [Fact]
    public async Task List_ByState_FindsThoseThatArePlannedPausedOrFailedLast()
    {
        var (planned, _) = await refresh.ScheduledAsync("shelf_planned");
        var (paused, schedule) = await refresh.ScheduledAsync("shelf_paused");
        await refresh.Schedules.PauseAsync(refresh.Lead, schedule, Cancellation);
        var (failed, other) = await refresh.ScheduledAsync("shelf_failed", settings => settings with { Attempts = 1 });
        await refresh.Schedules.RunNowAsync(refresh.Lead, other, Cancellation);
        _ = await refresh.Portal.ScalarAsync<Guid>($"update portal.refresh_run set state = 'failed', finished_at = now() where dataset_id = '{failed.Id}' returning id");

        foreach (var (shelf, expected) in new[] { (ScheduleShelf.All, "failed paused planned"), (ScheduleShelf.Planned, "failed planned"), (ScheduleShelf.Paused, "paused"), (ScheduleShelf.Failed, "failed") })
        {
            var found = new List<string>();
            string? after = null;
            do
            {
                var page = await refresh.Schedules.ListAsync(refresh.Lead, "shelf_", shelf, after, 1, Cancellation);
                Assert.Equal(expected.Split(' ').Length, page.Total);
                found.AddRange(page.Items.Select(one => one.DatasetName["shelf_".Length..]));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
        }
    }
}
