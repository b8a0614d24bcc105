using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Schemas;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>What a run does: it builds beside the live version, verifies, goes live in one transaction, and changes nothing where it fails.</summary>
[Trait("Requirement", "D6")]
public sealed class RefreshRunTests(RefreshPortal refresh) : IClassFixture<RefreshPortal>, IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DatasetPortal Portal => refresh.Portal;

    public ValueTask DisposeAsync() => refresh.ClearAsync();

    [Fact]
    [Trait("Requirement", "N2")]
    [Trait("Requirement", "N5")]
    public async Task Run_ThatIsDue_PublishesTheBytesOfItsPlannedTime_HoweverLateItRuns()
    {
        var (dataset, _) = await refresh.ScheduledAsync("evergreen");
        var planned = await refresh.GoToNextAsync(dataset.Id);
        refresh.Time.Advance(TimeSpan.FromHours(3));

        await refresh.WorkAsync();

        var run = await refresh.LastRunAsync(dataset.Id);
        Assert.True(run.State == RefreshState.Succeeded, run.Error?.Message);
        Assert.Equal((planned, planned, RefreshCause.Late, 2, "TdmPortal"), (run.PlannedFor, run.AsOf, run.Cause, run.VersionNumber, run.StartedBy));
        Assert.Equal([RefreshStep.Check, RefreshStep.Build, RefreshStep.Validate, RefreshStep.Publish], run.Steps.Select(step => step.Name));
        Assert.All(run.Steps, step => Assert.True(step.Took > TimeSpan.Zero));
        Assert.True(run.Report!.Passed);
        Assert.Equal(["primary key", "unique key", "primary key", "foreign key", "check", "quality", "rows", "values", "rows", "values"], run.Report.Checks.OrderBy(check => check.Kind is "rows" or "values").Select(check => check.Kind));
        var version = (await Portal.Datasets.GetAsync(refresh.Lead, dataset.Id, Cancellation)).Current!;
        Assert.Equal((2, planned, dataset.Current!.Seed, 80L), (version.Number, version.AsOf, version.Seed, version.Rows));
        Assert.Equal("refreshed", await Portal.ScalarAsync<string>($"select origin from portal.dataset_version where id = '{version.VersionId}'"));
        // As if it had been generated at that very time.
        await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("evergreen", dataset.Current.SchemaId!.Value, 20, 60) with { AsOf = planned });
        Assert.Equal(await refresh.RowsAsync("evergreen", 3, "customer"), await refresh.RowsAsync("evergreen", 2, "customer"));
        Assert.Equal(await refresh.RowsAsync("evergreen", 3, "order"), await refresh.RowsAsync("evergreen", 2, "order"));
    }

    [Fact]
    [Trait("Requirement", "N9")]
    public async Task Run_WithANewSeed_KeepsWhatIsStable_AndItsRecordMakesItAgain()
    {
        var (dataset, _) = await refresh.ScheduledAsync("reseeded", settings => settings with { Seeds = SeedPolicy.New, Stable = ["customer", "order.status"] });
        await refresh.GoToNextAsync(dataset.Id);
        await refresh.WorkAsync();
        await refresh.GoToNextAsync(dataset.Id);
        await refresh.WorkAsync();

        Assert.Equal(3, await refresh.LiveAsync(dataset.Id));
        var rows = new List<(string Customers, string Statuses, string Orders)>();
        foreach (var version in new[] { 1, 2, 3 })
            rows.Add((await refresh.RowsAsync("reseeded", version, "customer"), await refresh.RowsAsync("reseeded", version, "order", "id, status"), await refresh.RowsAsync("reseeded", version, "order", "id, total")));
        Assert.Single(rows.Select(row => row.Customers).Distinct());
        Assert.Single(rows.Select(row => row.Statuses).Distinct());
        Assert.Equal(3, rows.Select(row => row.Orders).Distinct().Count());
        // From its record alone, as Explain and a restored archive do it.
        var live = (await Portal.Datasets.GetAsync(refresh.Lead, dataset.Id, Cancellation)).Current!;
        Assert.Equal(["customer", "order.status"], live.Options.Stable.Order(StringComparer.Ordinal));
        Assert.Equal((dataset.Current!.Seed, true), (live.Options.StableSeed, live.Options.Seed != live.Options.StableSeed));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Run_WhoseRowsDoNotPassTheGate_ChangesNothing_AndSaysWhy()
    {
        var (dataset, _) = await refresh.ScheduledAsync("gated");
        var document = SchemaReader.Read(Encoding.UTF8.GetBytes(DatasetPortal.Shop.Replace("\"nullPercent\": 25", "\"nullPercent\": 100", StringComparison.Ordinal))).Document! with { Name = "gated" };
        await Portal.Get<SchemaStore>().SaveAsync(refresh.Lead, dataset.Current!.SchemaId!.Value, 1, document, null, Cancellation);
        await refresh.GoToNextAsync(dataset.Id);

        await refresh.WorkAsync();

        var run = await refresh.LastRunAsync(dataset.Id);
        Assert.Equal((RefreshState.Failed, "refresh.gate_failed", 1), (run.State, run.Error?.Code, run.Attempt));
        Assert.Contains("customer.score is empty in all rows now", run.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(("customer.score", false), (run.Report!.Checks[0].Place, run.Report.Checks[0].Holds));
        Assert.Equal(1, await refresh.LiveAsync(dataset.Id));
        Assert.Equal(["checkout_gated__v1"], await Portal.SchemasOfAsync("gated"));
        Assert.Equal(1L, await Portal.ScalarAsync<long>($"select count(*) from portal.notice where dataset_id = '{dataset.Id}' and kind = 'refresh_failed'"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Gate_FindsAKeyThatIsMissingOrNotVerified_AndRowsThatAreNotThere()
    {
        var dataset = await Portal.ShopAsync("tampered", 20, 60);
        await Portal.ScalarAsync<int>("""
            alter table checkout_tampered__v1."order" drop constraint order_customer;
            alter table checkout_tampered__v1."order" drop constraint total_positive;
            alter table checkout_tampered__v1."order" add constraint total_positive check (total > 0) not valid;
            delete from checkout_tampered__v1."order" where id < 1010
            """);
        var plan = Core.Generation.GenerationPlan.Compile(dataset.Current!.Document, dataset.Current.Options).Plan!;

        var report = await refresh.Get<RefreshGate>().CheckAsync(plan, "checkout_tampered__v1", null, Cancellation);

        Assert.Equal(["order: order_customer is missing in the database", "order: total_positive was not verified by the database", "order 50 rows are there, 60 were planned"],
            report.Checks.Where(check => !check.Holds).Select(check => $"{check.Place} {check.Text}"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Gate_VerifiesChecksThatReadRelatedRows()
    {
        const string Checked = """
            , { "name": "order_after_birth", "entity": "order", "check": "total >= 0 and parent(order_customer).active is not null" }
            , { "name": "few_orders", "entity": "customer", "check": "count(order_customer) <= 60 and (sum(order_customer, total * 2) >= 0 or count(order_customer) = 0)" }
            """;
        var schema = await Portal.SchemaAsync(Portal.Tester, DatasetPortal.Shop.Replace("\"check\": \"total > 0\" }", "\"check\": \"total > 0\" }" + Checked, StringComparison.Ordinal), "related");
        var dataset = await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("related", schema, 20, 60));
        var plan = Core.Generation.GenerationPlan.Compile(dataset.Current!.Document, dataset.Current.Options).Plan!;
        Assert.True((await refresh.Get<RefreshGate>().CheckAsync(plan, "checkout_related__v1", null, Cancellation)).Passed);

        await Portal.ScalarAsync<int>("""
            alter table checkout_related__v1.customer alter column active drop not null;
            update checkout_related__v1.customer set active = null where id = (select min(customer_id) from checkout_related__v1."order");
            alter table checkout_related__v1."order" drop constraint total_positive;
            update checkout_related__v1."order" set total = -1e9 where customer_id = (select max(customer_id) from checkout_related__v1."order")
            """);
        var failed = (await refresh.Get<RefreshGate>().CheckAsync(plan, "checkout_related__v1", null, Cancellation)).Checks.Where(check => !check.Holds).ToList();
        Assert.Equal(["order: order_after_birth", "customer: few_orders", "order: total_positive"], failed.OrderBy(check => check.Text.StartsWith("is missing", StringComparison.Ordinal)).Select(check => check.Place));
        Assert.Equal("is broken by 1 row", failed.Single(check => check.Place == "customer: few_orders").Text);
    }

    [Fact]
    public async Task Run_ThatTakesLongerThanItsTimeOut_IsStoppedAndLeavesNothing()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("slow", settings => settings with { Rows = new Dictionary<string, long> { ["customer"] = 40_000, ["order"] = 400_000 } });
        await refresh.Schedules.RunNowAsync(Portal.Tester, schedule, Cancellation);
        var working = refresh.WorkAsync();
        while (!working.IsCompleted && (await refresh.LastRunAsync(dataset.Id)).Steps.All(step => step.Name != RefreshStep.Build))
            await Task.Delay(5, Cancellation);

        refresh.Time.Advance(TimeSpan.FromHours(2));
        await working;

        var run = await refresh.LastRunAsync(dataset.Id);
        Assert.Equal((RefreshState.Failed, "refresh.timed_out", "tom"), (run.State, run.Error?.Code, run.StartedBy));
        Assert.Equal(1, await refresh.LiveAsync(dataset.Id));
        Assert.Equal(["checkout_slow__v1"], await Portal.SchemasOfAsync("slow"));
    }

    [Fact]
    public async Task Run_WhosePastSaysThatItsTimeWillNotDo_IsNotBegun()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("foreseen");
        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        await refresh.WorkAsync();
        await Portal.ScalarAsync<int>($"update portal.refresh_run set finished_at = started_at + interval '3 hours' where dataset_id = '{dataset.Id}'");

        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        await refresh.WorkAsync();

        Assert.Equal("refresh.time_too_short", (await refresh.LastRunAsync(dataset.Id)).Error?.Code);
        Assert.Equal(2, await refresh.LiveAsync(dataset.Id));
    }

    [Fact]
    public async Task Run_ThatFailsForACauseThatPasses_IsTriedAgainAfterAPauseThatGrows_AndNotForTheSchemas()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("retried", settings => settings with { Attempts = 3, BackOff = TimeSpan.FromMinutes(10) });
        var id = await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await Portal.ScalarAsync<int>($"update portal.job set state = 'failed', error = '{{\"code\":\"dataset.disk_full\",\"message\":\"Full.\",\"suggestedActions\":[],\"requestId\":\"\"}}' where id = (select job_id from portal.refresh_run where id = '{id}')");
            await refresh.Queue.SettleAsync(Cancellation);
            var waiting = await refresh.Schedules.RunAsync(refresh.Lead, id, Cancellation);
            Assert.Equal((RefreshState.Waiting, attempt, "dataset.disk_full"), (waiting.State, waiting.Attempt, waiting.Error?.Code));
            pauses.Add(waiting.NotBefore - refresh.Time.GetUtcNow());
            refresh.Time.Advance(TimeSpan.FromMinutes(25));
            await refresh.Queue.SettleAsync(Cancellation);
        }

        Assert.InRange(pauses[0].TotalMinutes, 9, 10);
        Assert.InRange(pauses[1].TotalMinutes, 19, 20);
        await refresh.WorkAsync();
        var run = await refresh.Schedules.RunAsync(refresh.Lead, id, Cancellation);
        Assert.Equal((RefreshState.Succeeded, 3, null), (run.State, run.Attempt, run.Error));

        await Portal.Get<SchemaStore>().DeleteAsync(refresh.Lead, dataset.Current!.SchemaId!.Value, Cancellation);
        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        await refresh.WorkAsync();
        var failed = await refresh.LastRunAsync(dataset.Id);
        Assert.Equal((RefreshState.Failed, 1), (failed.State, failed.Attempt));
        Assert.Equal(2, await refresh.LiveAsync(dataset.Id));
    }

    [Fact]
    public async Task Run_WhileAnotherJobWorksOnTheDataset_WaitsForItsEnd()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("busy");
        await Portal.Datasets.GenerateAsync(Portal.Tester, DatasetPortal.Request("busy", dataset.Current!.SchemaId!.Value, 20, 60), Cancellation);

        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        Assert.Equal(RefreshState.Waiting, (await refresh.LastRunAsync(dataset.Id)).State);
        Assert.Equal("refresh.runs", (await Assert.ThrowsAsync<ConflictException>(() => refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation))).Code);

        await refresh.WorkAsync();
        Assert.Equal((RefreshState.Succeeded, 3), ((await refresh.LastRunAsync(dataset.Id)).State, await refresh.LiveAsync(dataset.Id)));
    }

    [Fact]
    public async Task Cancel_OfARunThatWaitsOrIsQueued_EndsIt()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("stopped");
        var queued = await refresh.Schedules.RunNowAsync(Portal.Tester, schedule, Cancellation);
        Assert.Equal(RefreshState.Queued, (await refresh.Schedules.RunAsync(refresh.Lead, queued, Cancellation)).State);
        await Assert.ThrowsAsync<ForbiddenException>(() => refresh.Schedules.CancelAsync(Portal.OtherTester, queued, Cancellation));
        await refresh.Schedules.CancelAsync(Portal.Tester, queued, Cancellation);
        Assert.Equal(RefreshState.Cancelled, (await refresh.Schedules.RunAsync(refresh.Lead, queued, Cancellation)).State);
        Assert.Equal("refresh.ended", (await Assert.ThrowsAsync<ConflictException>(() => refresh.Schedules.CancelAsync(refresh.Lead, queued, Cancellation))).Code);
        await refresh.WorkAsync();
        Assert.Equal(1, await refresh.LiveAsync(dataset.Id));
    }

    [Fact]
    public async Task Cancel_OfARunThatIsBeingBuilt_StopsItsJobAndLeavesNothing()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("halted", settings => settings with { Rows = new Dictionary<string, long> { ["customer"] = 40_000, ["order"] = 400_000 } });
        var id = await refresh.Schedules.RunNowAsync(Portal.Tester, schedule, Cancellation);
        var working = refresh.WorkAsync();
        while (!working.IsCompleted && (await refresh.Schedules.RunAsync(refresh.Lead, id, Cancellation)).Steps.All(step => step.Name != RefreshStep.Build))
            await Task.Delay(5, Cancellation);

        await refresh.Schedules.CancelAsync(refresh.Lead, id, Cancellation);
        await working;

        Assert.Equal((RefreshState.Cancelled, 1), ((await refresh.Schedules.RunAsync(refresh.Lead, id, Cancellation)).State, await refresh.LiveAsync(dataset.Id)));
        Assert.Equal(["checkout_halted__v1"], await Portal.SchemasOfAsync("halted"));
    }

    [Fact]
    public async Task Run_OfAScheduleThatKeepsTwo_LeavesTheOldestToRetention()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("kept", settings => settings with { KeepVersions = 2 });
        for (var run = 0; run < 2; run++)
        {
            await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
            await refresh.WorkAsync();
        }

        Assert.Equal(1, await refresh.Get<Data.Retention.RetentionStore>().RunDueAsync(Cancellation));
        await refresh.Get<JobRunner>().RunPendingAsync(Cancellation);
        await refresh.Get<VersionSweeper>().SweepAsync(Cancellation);
        Assert.Equal(["checkout_kept__v2", "checkout_kept__v3"], await Portal.SchemasOfAsync("kept"));
        Assert.Equal(3, await refresh.LiveAsync(dataset.Id));
    }
}
