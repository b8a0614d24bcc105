using System.Text.Json;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Refresh;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Schemas;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Refresh;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>Reports as a team has them: made with each version and on demand, by the team's rules, kept, compared, accepted.</summary>
[Trait("Requirement", "D5")]
public sealed class QualityReportTests(RefreshPortal refresh) : IClassFixture<RefreshPortal>, IAsyncDisposable
{
    private static readonly DateTimeOffset LongAfter = DateTimeOffset.UnixEpoch.AddYears(61);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DatasetPortal Portal => refresh.Portal;
    private QualityStore Reports => Portal.Get<QualityStore>();
    private QualityRuleStore Rules => Portal.Get<QualityRuleStore>();

    public ValueTask DisposeAsync() => refresh.ClearAsync();

    [Fact]
    public async Task Generation_LeavesAReport_WithTheSchemasOwnRules_ComparedWithTheVersionBefore()
    {
        var dataset = await Portal.ShopAsync("reported", 100, 300);
        var first = (await Reports.FindAsync(Portal.Tester, dataset.Id, null, Cancellation))!;
        Assert.Equal((1, QualityLevel.Standard, "generated", "tom", 400L, 0, true), (first.Summary.VersionNumber, first.Summary.Level, first.Summary.Origin, first.Summary.CreatedBy, first.Summary.Rows, first.Summary.RulesVersion, first.Summary.Passed));
        Assert.Equal(["customer", "order"], first.Report.Entities.Select(entity => entity.Name));
        Assert.Equal((100L, 0L, 100L), first.Report.Entities[0].Columns.Where(column => column.Profile.Name == "code").Select(column => (column.Profile.Rows, column.Profile.Nulls, column.Profile.Distinct!.Value)).Single());
        Assert.NotEmpty(first.Report.Rules);
        Assert.All(first.Report.Rules, result => Assert.True(result.Holds, $"{result.Rule.Name}: {result.Failing} of {result.Evaluated} {result.NotChecked}"));
        Assert.Equal(1, first.Summary.Score);
        Assert.Null(first.Summary.ReferenceNumber);

        await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("reported", dataset.Current!.SchemaId!.Value, 100, 300) with { Seed = 2 });
        var second = (await Reports.FindAsync(Portal.Tester, dataset.Id, null, Cancellation))!;
        Assert.Equal((2, 1), (second.Summary.VersionNumber, second.Summary.ReferenceNumber));
        Assert.Equal([2, 1], (await Reports.HistoryAsync(Portal.Tester, dataset.Id, 10, Cancellation)).Select(summary => summary.VersionNumber));
        await Assert.ThrowsAsync<NotFoundException>(() => Reports.FindAsync(Portal.Stranger, dataset.Id, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Reports.GetAsync(Portal.Stranger, second.Summary.Id, Cancellation));
        Assert.Empty(await Reports.HistoryAsync(Portal.Stranger, dataset.Id, 10, Cancellation));
    }

    [Fact]
    public async Task Rules_AreSavedAsVersions_AndJudgeReportsOnDemand()
    {
        var dataset = await Portal.ShopAsync("asked", 100, 300);
        var schema = dataset.Current!.SchemaId!.Value;
        var asked = new QualityRules { Rules = [Rule("score is there", "not_null", "score"), Rule("tier is there", "not_null", "tier")], Scenarios = [new Scenario { Name = "Silver and active", Entity = "customer", Condition = "tier = 'Silver' and active", AtLeast = 2 }] };
        Assert.Equal(1, await Rules.SaveAsync(Portal.Tester, schema, 0, asked, "first", Cancellation));
        Assert.Equal("quality.rules_stale", (await Assert.ThrowsAsync<ConflictException>(() => Rules.SaveAsync(Portal.Lead, schema, 0, asked, null, Cancellation))).Code);
        await Assert.ThrowsAnyAsync<PortalException>(() => Rules.SaveAsync(Portal.Lead, schema, 1, asked with { Rules = [Rule("x", "no_such_check", "tier")] }, null, Cancellation));
        Assert.Equal([(1, "first", "tom")], (await Rules.VersionsAsync(Portal.Lead, schema, Cancellation)).Select(version => (version.Version, version.Note!, version.ChangedBy)));
        await Assert.ThrowsAsync<NotFoundException>(() => Rules.GetAsync(Portal.Stranger, schema, null, Cancellation));

        await Reports.StartAsync(Portal.OtherTester, dataset.Current.VersionId, QualityLevel.Premium, null, Cancellation);
        await Portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var report = (await Reports.FindAsync(Portal.Tester, dataset.Id, 1, Cancellation))!;
        Assert.Equal((QualityLevel.Premium, "asked", "tina", 1, 1, false), (report.Summary.Level, report.Summary.Origin, report.Summary.CreatedBy, report.Summary.RulesVersion, report.Summary.FailedRules, report.Summary.Passed));
        var nulls = await Portal.ScalarAsync<long>("select count(*) from checkout_asked__v1.customer where score is null");
        var result = report.Report.Rules[0];
        Assert.Equal((100L, nulls, false), (result.Evaluated, result.Failing, result.Holds));
        Assert.Equal(Math.Min(nulls, RuleResult.MostRows), result.Rows.Count);
        Assert.Equal(await Portal.ScalarAsync<long>("select min(__row) from checkout_asked__v1.customer where score is null"), result.Rows[0].Row);
        Assert.Equal(await Portal.ScalarAsync<long>("select count(*) from checkout_asked__v1.customer where tier = 'Silver' and active"), report.Report.Scenarios[0].Count);
        Assert.Equal((1 - (nulls / 100.0) + 1) / 2, report.Report.Metrics.Single(metric => metric.Metric == QualityMetric.Completeness).Value!.Value, 12);
        Assert.Single(await Reports.HistoryAsync(Portal.Tester, dataset.Id, 10, Cancellation));
        Assert.Equal("quality.no_reference", (await Assert.ThrowsAsync<PortalException>(() => Reports.StartAsync(Portal.Tester, dataset.Current.VersionId, QualityLevel.Standard, Guid.NewGuid(), Cancellation))).Code);

        var tried = await Portal.Get<QualityTrials>().RuleAsync(Portal.Tester, schema, dataset.Current.VersionId, asked.Rules[0], Cancellation);
        Assert.Equal((100L, nulls), (tried.Evaluated, tried.Failing));
        Assert.Equal(200, (await Portal.Get<QualityTrials>().RuleAsync(Portal.Tester, schema, null, asked.Rules[0], Cancellation)).Evaluated);
        Assert.Equal(report.Report.Scenarios[0].Count, (await Portal.Get<QualityTrials>().ScenarioAsync(Portal.Tester, schema, dataset.Current.VersionId, asked.Scenarios[0], Cancellation)).Count);
        await Assert.ThrowsAsync<NotFoundException>(() => Portal.Get<QualityTrials>().RuleAsync(Portal.Stranger, schema, dataset.Current.VersionId, asked.Rules[0], Cancellation));
    }

    [Fact]
    public async Task Suggestion_IsAppliedToTheSchema_AndTakenBack()
    {
        var dataset = await Portal.ShopAsync("suggested", 100, 50);
        var schema = dataset.Current!.SchemaId!.Value;
        await Rules.SaveAsync(Portal.Tester, schema, 0, new QualityRules { Rules = [Rule("score is there", "not_null", "score")], Scenarios = [new Scenario { Name = "A gold one named twice", Entity = "customer", Condition = "tier = 'gold' and score = 9", AtLeast = 90 }] }, null, Cancellation);
        await Reports.StartAsync(Portal.Tester, dataset.Current.VersionId, QualityLevel.Standard, null, Cancellation);
        await Portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var report = (await Reports.FindAsync(Portal.Tester, dataset.Id, 1, Cancellation))!;
        var suggestion = report.Report.Suggestions.Single(one => one.Property == "nullPercent");
        Assert.Equal((SuggestionKind.Schema, "customer", "score", null), (suggestion.Kind, suggestion.Entity, suggestion.Field, suggestion.Value));
        var store = Portal.Get<SuggestionStore>();
        Assert.Equal("quality.suggestion_unfit", (await Assert.ThrowsAsync<PortalException>(() => store.ApplyAsync(Portal.Tester, report.Summary.Id, suggestion with { Value = "3" }, Cancellation))).Code);

        var applied = await store.ApplyAsync(Portal.Tester, report.Summary.Id, suggestion, Cancellation);
        Assert.Null(await NullsAsync(schema));
        await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("suggested", schema, 100, 50));
        Assert.True((await Reports.FindAsync(Portal.Tester, dataset.Id, 2, Cancellation))!.Report.Rules[0].Holds);
        await store.UndoAsync(Portal.Tester, applied.Undo!, Cancellation);
        Assert.Equal(25, await NullsAsync(schema));
        Assert.Equal("quality.undo_late", (await Assert.ThrowsAsync<ConflictException>(() => store.UndoAsync(Portal.Tester, applied.Undo!, Cancellation))).Code);

        // A scenario that is missing is made true from now on, and the version's record says so: it can be made again.
        await store.ApplyAsync(Portal.Tester, report.Summary.Id, report.Report.Suggestions.Single(one => one.Kind == SuggestionKind.Rules), Cancellation);
        var made = await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("suggested", schema, 100, 50));
        Assert.True(await Portal.ScalarAsync<long>("select count(*) from checkout_suggested__v3.customer where tier = 'gold' and score = 9") >= 90);
        Assert.Equal(90, made.Current!.Options.Scenarios.Single().AtLeast);
        var again = GenerateAgain(made.Current);
        Assert.Equal(await Portal.ScalarAsync<string>("select string_agg(tier || coalesce(score::text, ''), ',' order by __row) from checkout_suggested__v3.customer"), again);
    }

    [Fact]
    [Trait("Requirement", "N2")]
    [Trait("Requirement", "N16")]
    public async Task Refresh_WhoseRulesDoNotHold_StaysBehindTheGate_UntilTheFindingIsAccepted()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("gated");
        await Rules.SaveAsync(Portal.Lead, dataset.Current!.SchemaId!.Value, 0, new QualityRules
        {
            Rules = [Rule("score is there", "not_null", "score")], Scenarios = [new Scenario { Name = "Somebody of platinum", Entity = "customer", Condition = "tier = 'platinum'" }],
        }, null, Cancellation);
        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        await refresh.WorkAsync();

        var run = await refresh.LastRunAsync(dataset.Id);
        Assert.Equal((RefreshState.Failed, "refresh.gate_failed", 1), (run.State, run.Error?.Code, await refresh.LiveAsync(dataset.Id)));
        Assert.Equal(2, run.Report!.Checks.Count(check => check is { Kind: "quality", Holds: false }));
        Assert.Contains("score is there", run.Error!.Message, StringComparison.Ordinal);
        var stopped = await Reports.GetAsync(Portal.Tester, run.Report.QualityReportId!.Value, Cancellation);
        Assert.Equal((null, "refreshed", false), (stopped.Summary.VersionId, stopped.Summary.Origin, stopped.Summary.Passed));
        Assert.NotEmpty(stopped.Report.Rules[0].Rows);
        Assert.Equal(1, (await Reports.OverviewAsync(Portal.Tester, "gated", failedOnly: true, null, 10, Cancellation)).Items.Single().FailedGates);

        await Assert.ThrowsAsync<ForbiddenException>(() => Reports.AcceptAsync(Portal.Tester, dataset.Id, "rule", "score is there", "Known", "tom", LongAfter, Cancellation));
        Assert.Equal("quality.bad_acceptance", (await Assert.ThrowsAsync<PortalException>(() => Node.AcceptAsync(Portal.Lead, dataset.Id, "rule", "score is there", " ", "lena", RefreshPortal.Begin.AddDays(30), Cancellation))).Code);
        await Node.AcceptAsync(Portal.Lead, dataset.Id, "rule", "score is there", "The source has none yet", "lena", RefreshPortal.Begin.AddDays(30), Cancellation);
        await Node.AcceptAsync(Portal.Lead, dataset.Id, "scenario", "Somebody of platinum", "Comes with the next release", "lena", RefreshPortal.Begin.AddDays(30), Cancellation);
        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        await refresh.WorkAsync();
        Assert.Equal((RefreshState.Succeeded, 2), ((await refresh.LastRunAsync(dataset.Id)).State, await refresh.LiveAsync(dataset.Id)));
        Assert.Equal((1, true), (await Node.FindAsync(Portal.Tester, dataset.Id, 2, Cancellation))!.Summary is var live ? (live.FailedRules, live.Passed) : default);

        // Its day has come: it counts again.
        refresh.Time.Advance(TimeSpan.FromDays(31));
        Assert.All(await Node.AcceptedAsync(Portal.Tester, dataset.Id, Cancellation), finding => Assert.True(finding.IsExpired));
        await refresh.Schedules.RunNowAsync(refresh.Lead, schedule, Cancellation);
        await refresh.WorkAsync();
        Assert.Equal("refresh.gate_failed", (await refresh.LastRunAsync(dataset.Id)).Error?.Code);
        foreach (var finding in await Node.AcceptedAsync(Portal.Lead, dataset.Id, Cancellation))
            await Node.TakeBackAsync(Portal.Lead, finding.Id, Cancellation);
        Assert.Empty(await Node.AcceptedAsync(Portal.Tester, dataset.Id, Cancellation));
    }

    [Fact]
    public async Task Score_ThatFallsByMoreThanIsSet_IsTold()
    {
        var dataset = await Portal.ShopAsync("fallen", 60, 20);
        var schema = dataset.Current!.SchemaId!.Value;
        await Rules.SaveAsync(Portal.Tester, schema, 0, new QualityRules { Rules = [Rule("limit is small", "between", "limit") with { Kind = RuleKind.Format, Severity = RuleSeverity.Info, Args = new([new("max", JsonSerializer.SerializeToElement(5000))]) }], AlertFall = 0.2 }, null, Cancellation);
        await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("fallen", schema, 60, 20));
        Assert.Equal(0, await NoticesAsync(dataset.Id));
        await Rules.SaveAsync(Portal.Tester, schema, 1, new QualityRules { Rules = [Rule("limit is small", "between", "limit") with { Kind = RuleKind.Format, Severity = RuleSeverity.Info, Args = new([new("max", JsonSerializer.SerializeToElement(500))]) }], AlertFall = 0.2 }, null, Cancellation);
        await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("fallen", schema, 60, 20));
        Assert.Equal(1, await NoticesAsync(dataset.Id));
        Assert.StartsWith("Quality of fallen fell from 100", await Portal.ScalarAsync<string>($"select title from portal.notice where dataset_id = '{dataset.Id}' and kind = 'quality_below_threshold'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_ThatIsDeleted_TakesItsValuesAlong_AndLeavesItsScore()
    {
        var dataset = await Portal.ShopAsync("gone", 20, 20);
        await Portal.GenerateAsync(Portal.Tester, DatasetPortal.Request("gone", dataset.Current!.SchemaId!.Value, 20, 20));
        await Portal.Get<Data.Environments.VersionStore>().DeleteAsync(Portal.Lead, dataset.Current.VersionId, Cancellation);
        await Portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(1, await Portal.ScalarAsync<long>($"select count(*) from portal.quality_detail detail join portal.quality_report report on report.id = detail.report_id where report.dataset_id = '{dataset.Id}'"));
        Assert.Equal([2, 1], (await Reports.HistoryAsync(Portal.Tester, dataset.Id, 10, Cancellation)).Select(summary => summary.VersionNumber));
        Assert.Null(await Reports.FindAsync(Portal.Tester, dataset.Id, 1, Cancellation));
    }

    /// <summary>On the clock that the test moves.</summary>
    private QualityStore Node => refresh.Get<QualityStore>();

    private static QualityRule Rule(string name, string check, string column) => new() { Name = name, Kind = RuleKind.Completeness, Entity = "customer", Columns = [column], Check = check };

    private async Task<double?> NullsAsync(Guid schema) => (await Portal.Get<SchemaStore>().GetAsync(Portal.Tester, schema, null, Cancellation)).Document.Entities[0].Fields.Single(field => field.Name == "score").NullPercent;

    private Task<long> NoticesAsync(Guid dataset) => Portal.ScalarAsync<long>($"select count(*) from portal.notice where dataset_id = '{dataset}' and kind = 'quality_below_threshold'");

    private static string GenerateAgain(DatasetVersionDetail version)
    {
        var plan = Core.Generation.GenerationPlan.Compile(version.Document, version.Options).Plan!;
        return string.Join(',', plan.Preview(plan.Entity("customer"), 0, 1000).Cells.Select(row => row[2] + row[4]));
    }
}
