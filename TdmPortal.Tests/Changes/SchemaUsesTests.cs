using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Changes;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Changes;

/// <summary>Who uses a schema, and how much of that another team may know.</summary>
[Trait("Requirement", "N17")]
public sealed class SchemaUsesTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_SharedSchema_NamesOnesOwnDatasetsAndCountsThoseOfOthers()
    {
        var uses = portal.Get<SchemaUses>();
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "used");
        Assert.Equal((0, 0, 0), Numbers(await uses.OfAsync(portal.Tester, schema, ownOnly: false, Cancellation)));
        await Assert.ThrowsAsync<NotFoundException>(() => uses.OfAsync(portal.Stranger, schema, ownOnly: false, Cancellation));

        await portal.Get<SchemaStore>().ShareAsync(portal.Lead, schema, true, Cancellation);
        await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("mine", schema, 20, 30) with { Seed = 7, Scale = 2 });
        await portal.GenerateAsync(portal.Stranger, DatasetPortal.Request("theirs_a", schema, 20, 30));
        await portal.GenerateAsync(portal.Stranger, DatasetPortal.Request("theirs_b", schema, 20, 30));

        var use = await uses.OfAsync(portal.Tester, schema, ownOnly: false, Cancellation);
        Assert.Equal((1, 1, 2), Numbers(use));
        var mine = Assert.Single(use.Datasets);
        Assert.Equal(("mine", null, 1, 7L, 2d, 20L), (mine.Name, mine.Team, mine.Version, mine.Settings.Seed, mine.Settings.Scale, mine.Settings.Rows["customer"]));

        // An override reaches one's own team only; those who use another's schema see nothing of its owner.
        Assert.Equal((1, 0, 0), Numbers(await uses.OfAsync(portal.Tester, schema, ownOnly: true, Cancellation)));
        Assert.Equal((2, 0, 0), Numbers(await uses.OfAsync(portal.Stranger, schema, ownOnly: false, Cancellation)));

        // A member of both teams sees the names of both.
        await portal.Get<TeamStore>().SetMemberAsync(portal.Stranger, portal.Stranger.TeamId, portal.Tester.UserId, TeamRole.Tester, Cancellation);
        use = await uses.OfAsync(portal.Tester, schema, ownOnly: false, Cancellation);
        Assert.Equal((3, 0, 0), Numbers(use));
        Assert.Equal([("mine", null), ("theirs_a", "billing"), ("theirs_b", "billing")], use.Datasets.Select(dataset => (dataset.Name, dataset.Team)));
    }

    private static (int, int, int) Numbers(SchemaUse use) => (use.Total, use.OtherTeams, use.OtherDatasets);
}
