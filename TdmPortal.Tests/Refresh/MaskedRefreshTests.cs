using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Refresh;
using TdmPortal.Data.Import;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Refresh;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Masking;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>A masked dataset of a real database is refreshed by a schedule like a generated one.</summary>
[Trait("Requirement", "D6")]
[Trait("Requirement", "D3")]
public sealed class MaskedRefreshTests(MaskingPortal masking) : IClassFixture<MaskingPortal>, IAsyncLifetime
{
    private readonly RefreshPortal refresh = new(masking.Portal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DatasetPortal Portal => masking.Portal;

    public ValueTask InitializeAsync() => refresh.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await refresh.ClearAsync();
        await refresh.DisposeAsync();
    }

    [Fact]
    public async Task Refresh_MasksWhatTheSourceHolds_StopsWhenItHasChanged_AndGoesOnWhenALeadTookTheChangesOver()
    {
        var policy = await PolicyAsync("scheduled");
        var first = await masking.RunAsync(policy, "crm_fresh");
        Assert.True(first.Summary.State == "proved", first.Error);
        var (dataset, policyId) = (first.Summary.DatasetId!.Value, first.Summary.PolicyId!.Value);
        var settings = await refresh.Schedules.ProposeAsync(Portal.Lead, dataset, Cancellation);
        Assert.Equal(new MaskedRefresh(policyId, masking.Source), settings.Masked);
        await Assert.ThrowsAsync<ForbiddenException>(() => refresh.Schedules.SaveAsync(Portal.Tester, dataset, RefreshPortal.Weekly(refresh.Today), settings, null, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => refresh.Schedules.GetAsync(Portal.Stranger, dataset, Cancellation));
        await refresh.Schedules.SaveAsync(Portal.Lead, dataset, RefreshPortal.Weekly(refresh.Today), settings, null, null, Cancellation);

        await masking.Customers.ExecuteAsync("insert into crm.newsletter (email, consent) values ('zqxanna.zqxnew@zqxmail.example', true)");
        var planned = await refresh.GoToNextAsync(dataset);
        await refresh.WorkAsync();

        var run = await refresh.LastRunAsync(dataset);
        Assert.True(run.State == RefreshState.Succeeded, run.Error?.Message);
        Assert.Equal((planned, RefreshCause.Planned, 2), (run.PlannedFor, run.Cause, run.VersionNumber));
        Assert.Equal([RefreshStep.Check, RefreshStep.Build, RefreshStep.Validate, RefreshStep.Publish], run.Steps.Select(step => step.Name));
        Assert.Contains(run.Report!.Checks, check => check is { Kind: "masking", Holds: true });
        Assert.Equal(2, await refresh.LiveAsync(dataset));
        Assert.Equal(await masking.Customers.CountAsync("select count(*) from crm.newsletter"), await Portal.ScalarAsync<long>("select count(*) from checkout_crm_fresh__v2.newsletter"));
        Assert.Equal(0, await Portal.ScalarAsync<long>($"select count(*) from checkout_crm_fresh__v2.newsletter row where row::text ~* '{CustomerDatabase.Pattern}'"));
        var masked = (await masking.Runs.OfVersionAsync(Portal.Tester, run.VersionId!.Value, Cancellation))!;
        Assert.Equal((run.MaskingRunId, "proved", 1, true), (masked.Summary.Id, masked.Summary.State, masked.Summary.PolicyVersion, masked.IsRefresh));

        await masking.Customers.ExecuteAsync("alter table crm.ticket add column reporter_email text; update crm.ticket set reporter_email = 'zqxtom.zqxkoch@zqxfirm.example'");
        try
        {
            await refresh.GoToNextAsync(dataset);
            await refresh.WorkAsync();

            var stopped = await refresh.LastRunAsync(dataset);
            Assert.Equal((RefreshState.Failed, "masking.drift", 1), (stopped.State, stopped.Error?.Code, stopped.Attempt));
            Assert.Equal(2, await refresh.LiveAsync(dataset));
            var card = await masking.Runs.GetAsync(Portal.Lead, stopped.MaskingRunId!.Value, Cancellation);
            Assert.Equal(("stopped", ("ticket", "reporter_email")), (card.Summary.State, card.Drift.Select(drift => (drift.Entity, drift.Field)).Single()));
            Assert.Equal($"refresh_failed /masking/runs/{card.Summary.Id}", await Portal.ScalarAsync<string>($"select string_agg(kind || ' ' || link, ', ') from portal.notice where dataset_id = '{dataset}' and kind in ('refresh_failed', 'masking_stopped')"));

            // What does not say what the source is like now changes nothing for it.
            var known = await masking.Policies.GetAsync(Portal.Lead, policyId, null, Cancellation);
            await refresh.Get<MaskingPolicyStore>().SaveAsync(Portal.Lead, policyId, 1, known.Policy with { Title = "Customers" }, masking.Source, null, Cancellation);
            Assert.Equal(stopped.Id, (await refresh.LastRunAsync(dataset)).Id);
            var view = await masking.Desk.ViewAsync(Portal.Lead, masking.Source, known.Policy, Cancellation);
            await refresh.Get<MaskingPolicyStore>().SaveAsync(Portal.Lead, policyId, 2, SchemaDrift.Settle(known.Policy, view.Remembered, view.Drift), masking.Source, null, Cancellation);
            await refresh.WorkAsync();

            var goesOn = await refresh.LastRunAsync(dataset);
            Assert.True(goesOn.State == RefreshState.Succeeded, goesOn.Error?.Message);
            Assert.Equal((stopped.PlannedFor, RefreshCause.Manual, Portal.Lead.UserName, 3), (goesOn.PlannedFor, goesOn.Cause, goesOn.StartedBy, goesOn.VersionNumber));
            Assert.Equal(3, (await masking.Runs.GetAsync(Portal.Lead, goesOn.MaskingRunId!.Value, Cancellation)).Summary.PolicyVersion);
            Assert.Equal(150, await Portal.ScalarAsync<long>($"select count(*) from checkout_crm_fresh__v3.ticket where reporter_email like '%@%' and reporter_email !~* '{CustomerDatabase.Pattern}'"));
        }
        finally
        {
            await masking.Customers.ExecuteAsync("alter table crm.ticket drop column reporter_email; delete from crm.newsletter where email like '%zqxnew%'");
        }
    }

    [Fact]
    public async Task Schedule_HoldsItsPolicyAndItsSource_AndTakesNoneThatAreNotTheTeams()
    {
        var policy = await PolicyAsync("held");
        var dataset = (await masking.RunAsync(policy, "crm_held")).Summary.DatasetId!.Value;
        var settings = await refresh.Schedules.ProposeAsync(Portal.Lead, dataset, Cancellation);

        Assert.Equal("refresh.no_policy", (await Assert.ThrowsAsync<PortalException>(() => SaveAsync(settings with { Masked = settings.Masked! with { PolicyId = Guid.NewGuid() } }))).Code);
        Assert.Equal("refresh.no_source", (await Assert.ThrowsAsync<PortalException>(() => SaveAsync(settings with { Masked = settings.Masked! with { SourceId = Guid.NewGuid() } }))).Code);
        await Portal.ScalarAsync<int>($"update portal.source set kind = 'files' where id = '{masking.Source}'");
        try
        {
            Assert.Equal("refresh.uploaded_source", (await Assert.ThrowsAsync<PortalException>(() => SaveAsync(settings))).Code);
        }
        finally
        {
            await Portal.ScalarAsync<int>($"update portal.source set kind = 'postgres' where id = '{masking.Source}'");
        }

        var schedule = await SaveAsync(settings);
        var described = (await refresh.Schedules.GetAsync(Portal.Tester, dataset, Cancellation))!;
        Assert.Equal(("held", "Customers", settings.Masked), (described.PolicyName, described.SourceName, described.Settings.Masked));
        var refused = await Assert.ThrowsAsync<ConflictException>(() => masking.Policies.RemoveAsync(Portal.Lead, policy, Cancellation));
        Assert.Equal(("refresh.needs_it", true), (refused.Code, refused.Message.Contains("crm_held", StringComparison.Ordinal)));
        Assert.Equal("refresh.needs_it", (await Assert.ThrowsAsync<ConflictException>(() => Portal.Get<SourceStore>().RemoveAsync(Portal.Lead, masking.Source, Cancellation))).Code);
        await refresh.Schedules.DeleteAsync(Portal.Lead, schedule, Cancellation);
        await masking.Policies.RemoveAsync(Portal.Lead, policy, Cancellation);
        Assert.Equal("refresh.no_version", (await Assert.ThrowsAsync<ConflictException>(() => refresh.Schedules.ProposeAsync(Portal.Lead, dataset, Cancellation))).Code);

        async Task<Guid> SaveAsync(RefreshSettings wanted) => (await refresh.Schedules.SaveAsync(Portal.Lead, dataset, RefreshPortal.Weekly(refresh.Today), wanted, null, null, Cancellation)).Schedule;
    }

    /// <summary>A policy that knows the columns of the source as they are.</summary>
    private async Task<Guid> PolicyAsync(string name)
    {
        await using var source = await Portal.Get<SourceStore>().OpenAsync(Portal.Lead, masking.Source, Cancellation);
        return await masking.Policies.CreateAsync(Portal.Lead, MaskingPortal.Policy(name) with { Columns = SchemaDrift.Remember(source.Rows.Entities) }, masking.Source, Cancellation);
    }
}
