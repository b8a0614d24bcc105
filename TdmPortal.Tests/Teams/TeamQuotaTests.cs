using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Teams;

/// <summary>What a team may keep is held on the server: before a generation starts, between two at once, and while one runs.</summary>
[Trait("Requirement", "D9")]
public sealed class TeamQuotaTests(DatasetPortal portal) : IClassFixture<DatasetPortal>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TeamQuotas Quotas => portal.Get<TeamQuotas>();
    private Actor Admin => portal.Lead with { IsAdmin = true };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await SetAsync(TeamQuota.None);

    [Theory]
    [InlineData("rows", "The team may keep {0} rows; {1} rows are used, and this needs 1,200 rows more.")]
    [InlineData("bytes", "The team may keep ")]
    [InlineData("versions", "The team may keep {2} versions; {2} versions are used, and this needs 1 version more.")]
    public async Task Generate_BeyondAQuota_IsRefusedWithWhatIsUsedAndAsked(string bound, string message)
    {
        await portal.ShopAsync($"kept_{bound}");
        await portal.ShopAsync($"kept_too_{bound}");
        var use = await Quotas.UseAsync(portal.Tester, portal.Tester.TeamId, Cancellation);
        Assert.True(use is { Rows: >= 2400, Bytes: > 0, Versions: >= 2, ReservedRows: 0 });
        await SetAsync(bound switch { "rows" => new(use.Rows + 1199, null, null), "bytes" => new(null, use.Bytes + 100, null), _ => new(null, null, (int)use.Versions) });
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, $"more_{bound}");

        var refused = await Assert.ThrowsAsync<PortalException>(() => portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request($"more_{bound}", schema), Cancellation));

        Assert.Equal("team.quota_exceeded", refused.Code);
        Assert.StartsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, message, (use.Rows + 1199).ToString("N0", System.Globalization.CultureInfo.InvariantCulture), use.Rows.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), use.Versions), refused.Message, StringComparison.Ordinal);
        Assert.Equal([bound], refused.Details.Keys);
        Assert.NotEmpty(refused.SuggestedActions);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.GetByNameAsync(portal.Tester, $"more_{bound}", Cancellation));
    }

    [Fact]
    public async Task Generate_SeveralAtOnce_DoNotTogetherPassTheQuota()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "race");
        var use = await Quotas.UseAsync(portal.Tester, portal.Tester.TeamId, Cancellation);
        await SetAsync(new(use.TakenRows + (3 * 1200) + 100, null, null));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i => await Record.ExceptionAsync(() => portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request($"race_{i}", schema), Cancellation))));

        Assert.Equal(3, outcomes.Count(outcome => outcome is null));
        Assert.All(outcomes.OfType<Exception>(), refused => Assert.Contains("reserved by jobs that wait or run", Assert.IsType<PortalException>(refused).Message, StringComparison.Ordinal));
        Assert.Equal(3600, (await Quotas.UseAsync(portal.Tester, portal.Tester.TeamId, Cancellation)).ReservedRows - use.ReservedRows);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        Assert.Equal(use.TakenRows + 3600, (await Quotas.UseAsync(portal.Tester, portal.Tester.TeamId, Cancellation)).Rows);
    }

    [Fact]
    public async Task Generate_ThatGrowsBeyondTheBytes_FailsAndLeavesNothing()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "grown");
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("grown", schema), Cancellation);
        var use = await Quotas.UseAsync(portal.Tester, portal.Tester.TeamId, Cancellation);

        // An administrator lowers the bound while it waits, as if the estimate had been too low.
        await SetAsync(new(null, use.Bytes + 20_000, null));
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);

        var end = await portal.Jobs.GetAsync(portal.Tester, job, Cancellation);
        Assert.Equal((JobState.Failed, "team.quota_exceeded"), (end.State, end.Error?.Code));
        Assert.Empty(await portal.SchemasOfAsync("grown"));

        var again = await Assert.ThrowsAsync<PortalException>(() => portal.Jobs.RetryAsync(portal.Tester, job, Cancellation));
        Assert.Equal("team.quota_exceeded", again.Code);
        await SetAsync(TeamQuota.None);
        await portal.Jobs.RetryAsync(portal.Tester, job, Cancellation);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        Assert.Single(await portal.SchemasOfAsync("grown"));
    }

    [Fact]
    public async Task Quota_IsSetByAdministratorsOnly_AlsoInTheDatabase()
    {
        await Assert.ThrowsAsync<ForbiddenException>(() => Quotas.SetAsync(portal.Lead, portal.Lead.TeamId, TeamQuota.None, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Quotas.UseAsync(portal.Stranger, portal.Lead.TeamId, Cancellation));
        Assert.Equal("team.quota_invalid", (await Assert.ThrowsAsync<PortalException>(() => SetAsync(new(-1, null, null)))).Code);

        // Statements smuggled into a team's own work.
        await Assert.ThrowsAnyAsync<Exception>(() => portal.Database.ChangeAsync(portal.Lead, async (context, token) =>
        {
            context.Audit.Add(AuditAction.TeamQuotaSet, null);
            return await context.Database.ExecuteSqlAsync($"update portal.team_quota set rows = null", token);
        }, Cancellation));
        Assert.Equal(0, await portal.Database.ReadAsync(portal.Stranger, (context, token) => context.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from portal.team_quota where team_id = {portal.Lead.TeamId}").SingleAsync(token), Cancellation));
    }

    private Task SetAsync(TeamQuota quota) => Quotas.SetAsync(Admin, portal.Lead.TeamId, quota, Cancellation);
}
