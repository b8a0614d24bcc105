using System.Globalization;

namespace TdmPortal.Core.Quality;

/// <summary>What differs between two reports, and what fell.</summary>
public static class ReportChanges
{
    /// <summary>Smaller differences of a share are no change.</summary>
    private const double Least = 0.0005;

    /// <summary>What is otherwise in the later report: what fell first, the weightiest of each first.</summary>
    public static IReadOnlyList<ReportChange> Between(QualityReport before, QualityReport after)
    {
        var changes = new List<ReportChange>();
        Share("score", "Overall score", before.Score, after.Score, 3, changes);
        foreach (var (former, now) in before.Metrics.Join(after.Metrics, one => one.Metric, other => other.Metric, (one, other) => (one, other)))
            Share("metric", now.Metric.ToString(), former.Value, now.Value, 2, changes);
        foreach (var (former, now) in before.Rules.Join(after.Rules, one => one.Rule.Name, other => other.Rule.Name, (one, other) => (one, other)))
            Add(former, now, changes);
        foreach (var (former, now) in before.Scenarios.Join(after.Scenarios, one => one.Scenario.Name, other => other.Scenario.Name, (one, other) => (one, other)).Where(pair => pair.one.Holds != pair.other.Holds))
            changes.Add(new("scenario", now.Scenario.Name, now.Holds ? string.Create(CultureInfo.InvariantCulture, $"is there now, {now.Count:N0} times") : string.Create(CultureInfo.InvariantCulture, $"is missing now: {now.Count:N0} of {now.Scenario.AtLeast:N0}"), !now.Holds, 4));
        foreach (var (former, now) in before.Entities.Join(after.Entities, one => one.Name, other => other.Name, (one, other) => (one, other)))
        {
            if (former.Rows != now.Rows)
                changes.Add(new("rows", now.Name, string.Create(CultureInfo.InvariantCulture, $"has {now.Rows:N0} rows, {former.Rows:N0} before"), now.Rows == 0, now.Rows == 0 ? 4 : 0.5));
            foreach (var (one, other) in former.Columns.Join(now.Columns, one => one.Profile.Name, other => other.Profile.Name, (one, other) => (one.Profile, other.Profile)))
                Add(now.Name, one, other, changes);
        }

        return [.. changes.OrderByDescending(change => change.IsWorse).ThenByDescending(change => change.Weight)];
    }

    private static void Add(RuleResult before, RuleResult after, List<ReportChange> changes)
    {
        var place = after.Rule.Name;
        if (before.Holds != after.Holds)
            changes.Add(new("rule", place, after.Holds ? "holds now" : after.NotChecked is { } why ? $"can no longer be checked: {why}" : string.Create(CultureInfo.InvariantCulture, $"no longer holds: {after.Failing:N0} of {after.Evaluated:N0} fail"), !after.Holds, after.Rule.Severity == RuleSeverity.Error ? 4 : 2.5));
        else if (!after.Holds && before.Failing != after.Failing)
            changes.Add(new("rule", place, string.Create(CultureInfo.InvariantCulture, $"{after.Failing:N0} fail, {before.Failing:N0} before"), after.Score < before.Score, 1.5));
    }

    private static void Add(string entity, ColumnProfile before, ColumnProfile after, List<ReportChange> changes)
    {
        if (before.Rows == 0 || after.Rows == 0)
            return;
        var place = $"{entity}.{after.Name}";
        var (former, now) = ((double)before.Nulls / before.Rows, (double)after.Nulls / after.Rows);
        if (Math.Abs(former - now) > 0.01)
            changes.Add(new("column", place, string.Create(CultureInfo.InvariantCulture, $"{now:P1} are null, {former:P1} before"), now > former, 1 + Math.Abs(now - former)));
        if (before.Mean is { } mean && after.Mean is { } next && before.StandardDeviation is > 0 and var deviation && Math.Abs(next - mean) > 0.1 * deviation)
            changes.Add(new("column", place, string.Create(CultureInfo.InvariantCulture, $"its mean moved by {Math.Abs(next - mean) / deviation:0.0} standard deviations"), false, Math.Min(1, Math.Abs(next - mean) / deviation)));
        if (before is { TopIsAll: true } && after is { TopIsAll: true })
        {
            var gone = before.Top.Select(top => top.Value).Except(after.Top.Select(top => top.Value), StringComparer.Ordinal).ToList();
            if (gone.Count > 0)
                changes.Add(new("column", place, string.Create(CultureInfo.InvariantCulture, $"no longer has {string.Join(", ", gone.Take(3))}{(gone.Count > 3 ? $" and {gone.Count - 3} more values" : "")}"), true, 1.2));
        }
    }

    private static void Share(string kind, string place, double? before, double? after, double weight, List<ReportChange> changes)
    {
        if (before is not { } former || after is not { } now || Math.Abs(former - now) < Least)
            return;
        changes.Add(new(kind, place, string.Create(CultureInfo.InvariantCulture, $"{(now < former ? "fell" : "rose")} from {former:P1} to {now:P1}"), now < former, weight + Math.Abs(now - former)));
    }
}
