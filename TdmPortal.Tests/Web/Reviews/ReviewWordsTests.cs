using TdmPortal.Core.Refresh;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Reviews;
using TdmPortal.Web.Reviews;
using Xunit;

namespace TdmPortal.Tests.Web.Reviews;

/// <summary>What a proposal edits, in words.</summary>
[Trait("Requirement", "N17")]
public class ReviewWordsTests
{
    private static readonly RefreshRule Mondays = new() { Cycle = RefreshCycle.Weekly, Weekdays = [DayOfWeek.Monday], Start = new(2026, 1, 5), Time = new(6, 30), Zone = "Europe/Berlin" };
    private static readonly RefreshSettings Settings = new() { SchemaId = Guid.NewGuid() };

    [Fact]
    public void Differences_OfASchedule_NameWhatChangesOnly()
    {
        var changed = (Mondays with { Time = new(7, 0), Blackouts = [new(2026, 12, 25)] }, Settings with { Seeds = SeedPolicy.New });

        var differences = ReviewWords.Differences(Proposal((Mondays, Settings), changed));

        Assert.Equal(["When", "Blackout days", "Values"], differences.Select(change => change.Text.Split(':')[0]));
        Assert.All(differences, change => Assert.Equal(SchemaChangeKind.Changed, change.Kind));
        Assert.Equal(("None", "25 Dec 2026"), (differences[1].Before, differences[1].After));
        Assert.Empty(ReviewWords.Differences(Proposal((Mondays, Settings), (Mondays, Settings))));
        Assert.All(ReviewWords.Differences(Proposal(null, changed)), change => Assert.Equal(SchemaChangeKind.Added, change.Kind));
        Assert.Equal("When: After orders was refreshed", ReviewWords.Differences(Proposal((Mondays, Settings), (Mondays, Settings)) with { FollowsAfter = "orders" })[0].Text);
    }

    [Fact]
    public void Words_EveryKindAndState_HasThem()
    {
        Assert.All(Enum.GetValues<ProposalKind>(), kind => Assert.NotEmpty(ReviewWords.Icon(kind)));
        Assert.Equal(["Waiting", "Approved", "Declined", "Withdrawn"], Enum.GetValues<ProposalState>().Select(ReviewWords.Word));
    }

    private static ProposalDetail Proposal((RefreshRule, RefreshSettings)? before, (RefreshRule, RefreshSettings) after)
    {
        var document = new SchemaDocument { Name = "shop" };
        var summary = new ProposalSummary(Guid.NewGuid(), ProposalKind.Schedule, "Schedule of shop", null, ProposalState.Open, "Ada", DateTimeOffset.UnixEpoch, null, null, true);
        return new(summary, Settings.SchemaId, Guid.NewGuid(), true, null, document, document, document, document, false, false, false) { ScheduleBefore = before, ScheduleAfter = after };
    }
}
