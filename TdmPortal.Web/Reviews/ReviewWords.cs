using TdmPortal.Core.Refresh;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Reviews;
using TdmPortal.Web.Refresh;

namespace TdmPortal.Web.Reviews;

/// <summary>Proposals in words.</summary>
public static class ReviewWords
{
    /// <summary>The symbol of a kind.</summary>
    public static string Icon(ProposalKind kind) => kind switch { ProposalKind.Schema => "account_tree", ProposalKind.Schedule => "event_repeat", _ => "tune" };

    /// <summary>The look of a state's badge.</summary>
    public static string Look(ProposalState state) => state switch { ProposalState.Open => "accent", ProposalState.Approved => "good", ProposalState.Declined => "bad", _ => "" };

    /// <summary>A state.</summary>
    public static string Word(ProposalState state) => state == ProposalState.Open ? "Waiting" : state.ToString();

    /// <summary>What a proposal edits: a document, or when and how a dataset is refreshed.</summary>
    public static IReadOnlyList<SchemaChange> Differences(ProposalDetail proposal)
    {
        if (proposal.ScheduleAfter is not { } after)
            return SchemaDiff.Compare(proposal.Before, proposal.After);
        var had = proposal.ScheduleBefore is { } before ? Told(before.Rule, before.Settings, proposal.FollowsBefore).ToDictionary(line => line.Label, line => line.Text, StringComparer.Ordinal) : [];
        return
        [
            .. Told(after.Rule, after.Settings, proposal.FollowsAfter).Where(line => had.GetValueOrDefault(line.Label) != line.Text).Select(line => had.TryGetValue(line.Label, out var was)
                ? new SchemaChange(SchemaChangeKind.Changed, "schedule", $"{line.Label}: {line.Text}", was, line.Text)
                : new SchemaChange(SchemaChangeKind.Added, "schedule", $"{line.Label}: {line.Text}", null, line.Text)),
        ];
    }

    private static IEnumerable<(string Label, string Text)> Told(RefreshRule rule, RefreshSettings settings, string? follows) =>
    [
        ("When", follows is null ? rule.Describe() : $"After {follows} was refreshed"),
        ("Blackout days", rule.Blackouts.Count == 0 ? "None" : string.Join(", ", rule.Blackouts.Order().Select(day => day.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture)))),
        ("A run on one of those", rule.Move switch { BlackoutMove.Skip => "Is left out", BlackoutMove.Before => "Is on the last day before", _ => "Is on the first day after" }),
        .. SettingsWords.Of(settings, rule.Zone),
    ];
}
