using TdmPortal.Core.Teams;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Reviews;

/// <summary>A portal whose team of two leads and two testers wants reviews; another team does not.</summary>
public sealed class ReviewPortal(DatabaseServer server) : IAsyncLifetime
{
    public DatasetPortal Portal { get; } = new(server);

    /// <summary>The second lead.</summary>
    public Actor OtherLead { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        var teams = Portal.Get<TeamStore>();
        OtherLead = Portal.OtherTester with { Role = TeamRole.Lead };
        foreach (var (actor, role) in new[] { (Portal.Lead, TeamRole.Lead), (OtherLead, TeamRole.Lead), (Portal.Tester, TeamRole.Tester) })
            await teams.SetMemberAsync(Portal.Lead, Portal.Lead.TeamId, actor.UserId, role, default);
        await SetAsync(true);
    }

    /// <summary>Does something while the team wants no reviews.</summary>
    public async Task UnreviewedAsync(Func<Task> work)
    {
        await SetAsync(false);
        await work();
        await SetAsync(true);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    private Task SetAsync(bool review) => Portal.Get<TeamStore>().UpdateAsync(Portal.Lead, Portal.Lead.TeamId, new("checkout", "Etc/UTC", "en", "") { Review = review }, default);
}
