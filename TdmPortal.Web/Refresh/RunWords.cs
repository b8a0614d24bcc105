using System.Globalization;
using TdmPortal.Core.Refresh;
using TdmPortal.Data.Refresh;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Refresh;

/// <summary>A run in words and colours.</summary>
public static class RunWords
{
    /// <summary>A badge's class and word.</summary>
    public static (string Look, string Word) Badge(RefreshState state) => state switch
    {
        RefreshState.Waiting => ("accent", "Waiting"),
        RefreshState.Queued => ("info live", "Running"),
        RefreshState.Held => ("info", "Ready"),
        RefreshState.Succeeded => ("good", "Done"),
        RefreshState.Failed => ("bad", "Failed"),
        RefreshState.Cancelled => ("warn", "Cancelled"),
        _ => ("warn", "Missed"),
    };

    /// <summary>Who or what started it.</summary>
    public static string Cause(RefreshRun run) => run.Cause switch
    {
        RefreshCause.Planned => "On schedule",
        RefreshCause.Late => "Late: no portal ran at its time",
        RefreshCause.Chain => "After the dataset before it",
        _ => $"By {run.StartedBy}",
    };

    /// <summary>What it waits for, or how it ended, in a sentence; what failed has its error instead.</summary>
    public static string Outcome(RefreshRun run) => run.State switch
    {
        RefreshState.Waiting when run.Error is not null => $"Attempt {Count(run.Attempt)} of {Count(run.Settings.Attempts)} failed. It is tried again.",
        RefreshState.Waiting => "Waits until nothing else works on the dataset.",
        RefreshState.Held => "Its version is ready, and goes live together with the rest of the chain.",
        RefreshState.Succeeded => run.VersionNumber is { } number ? $"Version {Count(number)} went live." : "Its version went live.",
        RefreshState.Cancelled => "It was stopped. The live version stayed as it was.",
        RefreshState.Missed => run.Missed > 1 ? $"{Figures.Number(run.Missed)} runs were left out: no portal ran at their time." : "Left out: no portal ran at its time, or the run before it took too long.",
        _ => "",
    };

    /// <summary>Whether it stopped because its source has other columns than the masking policy knows: its run of masking shows them, and a lead takes them over there.</summary>
    public static bool IsDrift(RefreshRun run) => run is { State: RefreshState.Failed, Error.Code: "masking.drift", MaskingRunId: not null };

    /// <summary>A step as people call it, and the class of its colour.</summary>
    public static (string Name, string Look) Step(string step) => step switch
    {
        RefreshStep.Check => ("Check", "step-check"),
        RefreshStep.Build => ("Build", "step-build"),
        RefreshStep.Validate => ("Validate", "step-validate"),
        RefreshStep.Publish => ("Go live", "step-publish"),
        _ => (char.ToUpperInvariant(step[0]) + step[1..], "step-other"),
    };

    /// <summary>Its steps as parts of a bar; one that goes on lasts until now.</summary>
    public static IReadOnlyList<RunPart> Parts(RefreshRun run, DateTimeOffset now) => [.. run.Steps.Select(step =>
    {
        var (name, look) = Step(step.Name);
        var took = step.Took ?? (run.FinishedAt ?? now) - step.StartedAt;
        return new RunPart(name, look, took < TimeSpan.Zero ? TimeSpan.Zero : took);
    })];

    /// <summary>"+2,000" or "−1.2 MB", "the same" for no difference.</summary>
    public static string Signed(long difference, Func<long, string> say) => difference == 0 ? "the same" : (difference > 0 ? "+" : "−") + say(Math.Abs(difference));

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
