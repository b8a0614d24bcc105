using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>When runs are started: planned times, those that were missed, chains, and who may say so.</summary>
[Trait("Requirement", "D6")]
public sealed class RefreshScheduleTests(RefreshPortal refresh) : IClassFixture<RefreshPortal>, IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DatasetPortal Portal => refresh.Portal;

    public ValueTask DisposeAsync() => refresh.ClearAsync();

    [Fact]
    public async Task Schedule_IsTheTeams_SetByLeads_SeenByTesters_NotByOthers_AndRecorded()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("owned");
        var seen = (await refresh.Schedules.GetAsync(Portal.Tester, dataset.Id, Cancellation))!;
        Assert.Equal(("owned", false, 1, false), (seen.DatasetName, seen.MayEdit, seen.Revision, seen.Paused));
        await Assert.ThrowsAsync<ForbiddenException>(() => refresh.Schedules.SaveAsync(Portal.Tester, dataset.Id, seen.Rule, seen.Settings, null, 1, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => refresh.Schedules.PauseAsync(Portal.Tester, schedule, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => refresh.Schedules.GetAsync(Portal.Stranger, dataset.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => refresh.Schedules.PauseAsync(Portal.Stranger, schedule, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => refresh.Schedules.RunNowAsync(Portal.Stranger, schedule, Cancellation));
        Assert.Empty((await refresh.Schedules.ListAsync(Portal.Stranger, null, ScheduleShelf.All, null, 10, Cancellation)).Items);

        await refresh.Schedules.SaveAsync(refresh.Lead, dataset.Id, seen.Rule with { Time = new TimeOnly(8, 0) }, seen.Settings, null, 1, Cancellation);
        Assert.Equal("refresh.changed", (await Assert.ThrowsAsync<ConflictException>(() => refresh.Schedules.SaveAsync(refresh.Lead, dataset.Id, seen.Rule, seen.Settings, null, 1, Cancellation))).Code);
        await refresh.Schedules.PauseAsync(refresh.Lead, schedule, Cancellation);
        Assert.Null((await refresh.Schedules.GetAsync(Portal.Tester, dataset.Id, Cancellation))!.NextAt);
        await refresh.Schedules.ResumeAsync(refresh.Lead, schedule, Cancellation);
        await refresh.Schedules.DeleteAsync(refresh.Lead, schedule, Cancellation);
        Assert.Null(await refresh.Schedules.GetAsync(Portal.Tester, dataset.Id, Cancellation));
        Assert.Equal("refresh.scheduled refresh.changed refresh.paused refresh.resumed refresh.removed", await Portal.ScalarAsync<string>($"select string_agg(action, ' ' order by number) from portal.audit_record where object_id = '{schedule}' and action <> 'auth.failed'"));
    }

    [Fact]
    public async Task Skip_LeavesOutOneRun_AndCanBeTakenBack()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("skipped");
        var first = (await refresh.Schedules.GetAsync(refresh.Lead, dataset.Id, Cancellation))!.NextAt!.Value;
        var left = await refresh.Schedules.SkipNextAsync(refresh.Lead, schedule, Cancellation);
        Assert.Equal((first, first.AddDays(7)), (left.At, (await refresh.Schedules.GetAsync(refresh.Lead, dataset.Id, Cancellation))!.NextAt!.Value));
        await refresh.Schedules.UnskipAsync(refresh.Lead, schedule, left.Day, Cancellation);
        Assert.Equal(first, (await refresh.Schedules.GetAsync(refresh.Lead, dataset.Id, Cancellation))!.NextAt);
    }

    [Theory]
    [InlineData(MissedPolicy.RunOnce, RefreshState.Succeeded, 2, 2)]
    [InlineData(MissedPolicy.Skip, RefreshState.Missed, 3, 1)]
    public async Task Missed_WhileNoPortalRan_IsMadeUpForOnce_OrNotAtAll(MissedPolicy policy, RefreshState state, int missed, int live)
    {
        var (dataset, _) = await refresh.ScheduledAsync($"missed_{policy.ToString().ToLowerInvariant()}", settings => settings with { Missed = policy });
        await refresh.GoToNextAsync(dataset.Id);
        refresh.Time.Advance(TimeSpan.FromDays(15));

        await refresh.WorkAsync();
        await refresh.WorkAsync();

        var run = Assert.Single((await refresh.Schedules.RunsAsync(refresh.Lead, dataset.Id, null, 10, Cancellation)).Items);
        Assert.Equal((state, RefreshCause.Late, missed, live), (run.State, run.Cause, run.Missed, await refresh.LiveAsync(dataset.Id)));
        Assert.True((await refresh.Schedules.GetAsync(refresh.Lead, dataset.Id, Cancellation))!.NextAt > refresh.Time.GetUtcNow());
    }

    [Fact]
    public async Task Due_AskedForByManyNodesAtOnce_StartsOnce()
    {
        var (dataset, _) = await refresh.ScheduledAsync("raced");
        await refresh.GoToNextAsync(dataset.Id);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => refresh.Queue.FireDueAsync(Cancellation)));
        Assert.Single((await refresh.Schedules.RunsAsync(refresh.Lead, dataset.Id, null, 10, Cancellation)).Items);
        Assert.Equal(1L, await Portal.ScalarAsync<long>($"select count(*) from portal.job where dataset_id = '{dataset.Id}' and kind = 'refresh'"));
        await refresh.WorkAsync();
        Assert.Equal(2, await refresh.LiveAsync(dataset.Id));
    }

    [Fact]
    public async Task Run_ThatOutlastsItsPeriod_IsFollowedByOne_ForTheLatestTime()
    {
        var (dataset, _) = await refresh.ScheduledAsync("behind");
        await refresh.GoToNextAsync(dataset.Id);
        await refresh.Queue.FireDueAsync(Cancellation); // Its job waits for a place, for three weeks.
        DateTimeOffset last = default;
        for (var week = 0; week < 3; week++)
        {
            last = await refresh.GoToNextAsync(dataset.Id);
            await refresh.Queue.FireDueAsync(Cancellation);
        }

        await refresh.WorkAsync();

        var runs = (await refresh.Schedules.RunsAsync(refresh.Lead, dataset.Id, null, 10, Cancellation)).Items;
        Assert.Equal([RefreshState.Succeeded, RefreshState.Missed, RefreshState.Missed, RefreshState.Succeeded], runs.Select(run => run.State));
        Assert.Equal((last, 2), (runs[0].PlannedFor, runs[0].Missed));
    }

    [Fact]
    public async Task Chain_RunsEachAfterTheOneBefore_ForTheSameTime_AndRefusesACircle()
    {
        var (first, one) = await refresh.ScheduledAsync("chain_one");
        var (second, two) = await refresh.ScheduledAsync("chain_two", after: one);
        var (third, three) = await refresh.ScheduledAsync("chain_three", after: two);
        var leader = (await refresh.Schedules.GetAsync(refresh.Lead, first.Id, Cancellation))!;
        Assert.Equal("refresh.cycle", (await Assert.ThrowsAsync<ConflictException>(() => refresh.Schedules.SaveAsync(refresh.Lead, first.Id, leader.Rule, leader.Settings, three, leader.Revision, Cancellation))).Code);
        Assert.Equal(("chain_one", null), ((await refresh.Schedules.GetAsync(refresh.Lead, second.Id, Cancellation))!.AfterDataset, (await refresh.Schedules.GetAsync(refresh.Lead, second.Id, Cancellation))!.NextAt));
        var planned = await refresh.GoToNextAsync(first.Id);

        await refresh.WorkAsync();

        foreach (var dataset in new[] { first, second, third })
        {
            var run = await refresh.LastRunAsync(dataset.Id);
            Assert.Equal((RefreshState.Succeeded, planned, 2), (run.State, run.PlannedFor, await refresh.LiveAsync(dataset.Id)));
        }

        Assert.Equal(RefreshCause.Chain, (await refresh.LastRunAsync(third.Id)).Cause);
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Chain_ThatGoesLiveTogether_DoesSoInOneTransaction_OrNotAtAll()
    {
        var (first, one) = await refresh.ScheduledAsync("all_one", settings => settings with { Together = true });
        var (second, two) = await refresh.ScheduledAsync("all_two", after: one);
        var (third, _) = await refresh.ScheduledAsync("all_three", after: two);
        await refresh.GoToNextAsync(first.Id);
        await refresh.WorkAsync();
        var times = new List<DateTimeOffset>();
        var last = await refresh.LastRunAsync(third.Id);
        foreach (var dataset in new[] { first, second, third })
        {
            Assert.Equal((RefreshState.Succeeded, 2), ((await refresh.LastRunAsync(dataset.Id)).State, await refresh.LiveAsync(dataset.Id)));
            times.Add((await Portal.Publisher.HistoryAsync(refresh.Lead, dataset.Id, 1, Cancellation))[0].PublishedAt);
        }

        // The first two were ready before, and waited for the third.
        Assert.All(times, time => Assert.True(time > last.Steps[^1].StartedAt));
        Assert.True((await refresh.LastRunAsync(first.Id)).FinishedAt < last.StartedAt);

        // The third cannot be made any more: the first two stay as they were.
        await Portal.Get<Data.Schemas.SchemaStore>().DeleteAsync(refresh.Lead, third.Current!.SchemaId!.Value, Cancellation);
        await refresh.GoToNextAsync(first.Id);
        await refresh.WorkAsync();
        foreach (var dataset in new[] { first, second, third })
            Assert.Equal((RefreshState.Failed, 2), ((await refresh.LastRunAsync(dataset.Id)).State, await refresh.LiveAsync(dataset.Id)));
        Assert.Equal("refresh.chain_failed", (await refresh.LastRunAsync(first.Id)).Error?.Code);
        await refresh.Get<VersionSweeper>().SweepAsync(Cancellation);
        Assert.Equal(["checkout_all_one__v1", "checkout_all_one__v2"], await Portal.SchemasOfAsync("all_one"));
    }

    [Fact]
    public async Task Team_WhoseZoneIsChanged_TakesItsSchedulesAlong_UnlessTheyHaveTheirOwn()
    {
        var (follows, _) = await refresh.ScheduledAsync("zone_follows");
        var (own, _) = await refresh.ScheduledAsync("zone_own", settings => settings with { InTeamZone = false });
        var teams = Portal.Get<TeamStore>();
        await teams.UpdateAsync(refresh.Lead, refresh.Lead.TeamId, new TeamSettings("checkout", "Europe/Berlin", "en", ""), Cancellation);

        await teams.UpdateAsync(refresh.Lead, refresh.Lead.TeamId, new TeamSettings("checkout", "Asia/Kolkata", "en", ""), Cancellation);

        Assert.Equal(("Asia/Kolkata", new TimeSpan(1, 0, 0)), Zone(await refresh.Schedules.GetAsync(refresh.Lead, follows.Id, Cancellation)));
        Assert.Equal(("Europe/Berlin", new TimeSpan(4, 30, 0)), Zone(await refresh.Schedules.GetAsync(refresh.Lead, own.Id, Cancellation)));

        static (string, TimeSpan) Zone(RefreshSchedule? schedule) => (schedule!.Rule.Zone, schedule.NextAt!.Value.UtcDateTime.TimeOfDay);
    }

    [Fact]
    public async Task Plan_MadeWithAnotherTzDatabase_IsMadeAnew()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("new_rules");
        var right = (await refresh.Schedules.GetAsync(refresh.Lead, dataset.Id, Cancellation))!.NextAt!.Value;
        await Portal.ScalarAsync<int>($"update portal.refresh_schedule set zone_rules = '1999a', next_at = next_at + interval '1 hour' where id = '{schedule}'");
        Assert.Contains((schedule, right), await refresh.Queue.PlannedAsync(Cancellation));
        Assert.Equal(FireTimes.ZoneRules, await Portal.ScalarAsync<string>($"select zone_rules from portal.refresh_schedule where id = '{schedule}'"));
    }

    [Fact]
    public async Task Users_AreThoseWhoHoldAVersionOrAreConnected()
    {
        var (dataset, _) = await refresh.ScheduledAsync("in_use");
        await refresh.Get<Data.Environments.VersionStore>().PinAsync(Portal.Tester, dataset.Current!.VersionId, refresh.Time.GetUtcNow().AddDays(1), null, Cancellation);
        await using var client = new Npgsql.NpgsqlConnection(await Portal.LoginAsync(refresh.Lead) + ";Application Name=nightly tests;Pooling=false");
        await client.OpenAsync(Cancellation);
        var users = await refresh.Schedules.UsersAsync(Portal.Tester, dataset.Id, Cancellation);
        Assert.Equal("tom", users[0].Who);
        Assert.StartsWith("holds version 1 until ", users[0].What, StringComparison.Ordinal);
        Assert.Contains(users, user => user.Who == "nightly tests" && user.What.StartsWith("is connected from ", StringComparison.Ordinal));
    }
}
