using TdmPortal.Core.Refresh;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class RunWordsTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 24, 5, 0, 0, TimeSpan.Zero);
    private static readonly RefreshRun Run = new(Guid.NewGuid(), null, Guid.NewGuid(), "shop", Guid.NewGuid(), Begin, RefreshCause.Planned, RefreshState.Succeeded, Begin, 1, new RefreshSettings { SchemaId = Guid.Empty },
        null, null, 7, 1, Begin, [new RefreshStep(RefreshStep.Check, Begin, TimeSpan.FromSeconds(2)), new RefreshStep(RefreshStep.Build, Begin.AddSeconds(2), null)], null, null, 100, 1000, 0, "ada", Begin, Begin, Begin.AddSeconds(12), false);

    [Theory]
    [InlineData(RefreshState.Succeeded, "Version 7 went live.")]
    [InlineData(RefreshState.Waiting, "Waits until nothing else works on the dataset.")]
    [InlineData(RefreshState.Held, "Its version is ready, and goes live together with the rest of the chain.")]
    [InlineData(RefreshState.Cancelled, "It was stopped. The live version stayed as it was.")]
    [InlineData(RefreshState.Missed, "Left out: no portal ran at its time, or the run before it took too long.")]
    public void Outcome_OfAState_IsASentence(RefreshState state, string expected) => Assert.Equal(expected, RunWords.Outcome(Run with { State = state }));

    [Fact]
    public void Outcome_OfAnAttemptThatFailed_SaysWhichOfHowMany() => Assert.Equal("Attempt 1 of 3 failed. It is tried again.",
        RunWords.Outcome(Run with { State = RefreshState.Waiting, Error = new JobError("dataset.disk_full", "The disk is full.", [], "") }));

    [Fact]
    public void Parts_OfAStepThatDidNotEnd_LastToTheRunsEndOrUntilNow()
    {
        Assert.Equal([("Check", 2.0), ("Build", 10.0)], RunWords.Parts(Run, Begin.AddHours(1)).Select(part => (part.Name, part.Took.TotalSeconds)));
        Assert.Equal(30, RunWords.Parts(Run with { FinishedAt = null }, Begin.AddSeconds(32))[1].Took.TotalSeconds);
    }

    [Fact]
    public void Signed_OfADifference_HasItsSign() => Assert.Equal(["+2,000", "−1.2 kB", "the same"], [RunWords.Signed(2000, Figures.Number), RunWords.Signed(-1200, Figures.Bytes), RunWords.Signed(0, Figures.Number)]);

    [Fact]
    public void Neighbours_AreTheNearestThatMadeAVersion()
    {
        var latest = Run with { Id = Guid.NewGuid() };
        var failed = Run with { Id = Guid.NewGuid(), State = RefreshState.Failed, Rows = null };
        var first = Run with { Id = Guid.NewGuid() };
        RefreshRun[] runs = [latest, failed, Run, failed with { Id = Guid.NewGuid() }, first];
        Assert.Equal(new RunNeighbours(first, latest), RunNeighbours.Of(runs, Run.Id));
        Assert.Equal(new RunNeighbours(Run, latest), RunNeighbours.Of(runs, failed.Id));
        Assert.Equal(new RunNeighbours(null, Run), RunNeighbours.Of(runs, first.Id));
    }

    [Theory]
    [InlineData("", "/refresh")]
    [InlineData("?state=failed&q=shop%20a", "/refresh?state=failed&q=shop%20a")]
    [InlineData("?state=nonsense&q=%20", "/refresh")]
    public void View_OfAnAddress_LeadsBackToIt(string query, string expected) => Assert.Equal(expected, RefreshView.Parse("http://portal/refresh" + query).ToUrl());
}
