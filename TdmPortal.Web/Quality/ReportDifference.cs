using TdmPortal.Core.Quality;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Quality;

/// <summary>What a report says that an earlier one did not: what fell, why, and which columns are other than they were.</summary>
public sealed class ReportDifference
{
    /// <summary>Less than this is rounding, not a fall.</summary>
    private const double Least = 1e-9;
    private const int MostReasons = 5;

    private ReportDifference(IReadOnlyList<QualityFall> fell, int rose, IReadOnlyList<ColumnChange> columns, string sentence) =>
        (Fell, Rose, Columns, Sentence) = (fell, rose, columns, sentence);

    /// <summary>The greatest fall first.</summary>
    public IReadOnlyList<QualityFall> Fell { get; }
    /// <summary>How many metrics are better than they were.</summary>
    public int Rose { get; }
    /// <summary>All columns, those that changed most first; without something to compare with as in the schema.</summary>
    public IReadOnlyList<ColumnChange> Columns { get; }
    /// <summary>The first line of the page: "Three things fell since version 12."</summary>
    public string Sentence { get; }

    /// <param name="before">Null: there is none.</param>
    /// <param name="since">What the earlier one is called: "version 12".</param>
    public static ReportDifference Between(QualityReport? before, QualityReport after, string since)
    {
        var columns = Compare(before, after);
        if (before is null)
            return new([], 0, columns, Alone(after));
        var fell = new List<QualityFall>();
        var rose = 0;
        var explained = new HashSet<string>(StringComparer.Ordinal);
        foreach (var metric in after.Metrics)
        {
            if (metric.Value is not { } now || before.Metrics.FirstOrDefault(one => one.Metric == metric.Metric)?.Value is not { } was)
                continue;
            if (now > was + Least)
                rose++;
            if (now >= was - Least)
                continue;
            var why = Why(metric.Metric, before, after, columns);
            explained.UnionWith(why.Select(reason => reason.Rule).OfType<string>());
            fell.Add(new(QualityWords.Name(metric.Metric), was, now, why));
        }

        foreach (var (rule, was) in BrokenRules(before, after).Where(pair => pair.Rule.Score < pair.Before - Least && !explained.Contains(pair.Rule.Rule.Name)))
            fell.Add(new(rule.Rule.Name, was, rule.Score, [Reason(rule, was)]));
        foreach (var scenario in after.Scenarios.Where(one => !one.Holds && before.Scenarios.Any(old => old.Scenario.Name == one.Scenario.Name && old.Holds)))
        {
            var was = before.Scenarios.First(old => old.Scenario.Name == scenario.Scenario.Name);
            fell.Add(new(scenario.Scenario.Name, 1, (double)scenario.Count / Math.Max(1, scenario.Scenario.AtLeast), [new(scenario.NotChecked ?? $"{Figures.Number(scenario.Count)} rows where at least {Figures.Number(scenario.Scenario.AtLeast)} are wanted; there were {Figures.Number(was.Count)}.", scenario.Scenario.Entity)]));
        }

        if (after.Coverage?.Score is { } covered && before.Coverage?.Score is { } wasCovered && covered < wasCovered - Least)
            fell.Add(new("Coverage for testers", wasCovered, covered, [.. LostCoverage(before.Coverage, after.Coverage)]));
        fell.Sort((one, other) => (other.Before - other.After).CompareTo(one.Before - one.After));
        return new(fell, rose, columns, Say(fell.Count, rose, columns, since));
    }

    private static string Say(int fell, int rose, IReadOnlyList<ColumnChange> columns, string since)
    {
        var better = rose == 0 ? "" : $"{QualityWords.Count(rose)} {(rose == 1 ? "metric is" : "metrics are")} better";
        if (fell > 0)
            return $"{QualityWords.Count(fell)} {(fell == 1 ? "thing" : "things")} fell since {since}." + (better.Length == 0 ? "" : $" {better}.");
        if (rose > 0)
            return $"Nothing fell since {since}. {better}.";
        return columns.Any(column => column.Change > 0) ? $"Nothing fell since {since}." : $"Nothing changed since {since}.";
    }

    /// <summary>What there is to say of a report that has no earlier one.</summary>
    private static string Alone(QualityReport report)
    {
        var rules = report.Rules.Count(rule => !rule.Holds);
        var scenarios = report.Scenarios.Count(scenario => !scenario.Holds);
        if (rules + scenarios == 0)
            return report.Rules.Count + report.Scenarios.Count == 0 ? "No rule asks anything of this data yet." : $"All {Figures.Number(report.Rules.Count + report.Scenarios.Count)} rules hold.".Replace("All 1 rules hold", "The one rule holds", StringComparison.Ordinal);
        var parts = new List<string>();
        if (rules > 0)
            parts.Add($"{QualityWords.Count(rules)} of {Figures.Number(report.Rules.Count)} rules {(rules == 1 ? "does" : "do")} not hold");
        if (scenarios > 0)
            parts.Add($"{(parts.Count == 0 ? QualityWords.Count(scenarios) : QualityWords.Count(scenarios).ToLowerInvariant())} of {Figures.Number(report.Scenarios.Count)} scenarios {(scenarios == 1 ? "is" : "are")} missing");
        return string.Join(", ", parts) + ".";
    }

    private static List<ColumnChange> Compare(QualityReport? before, QualityReport after)
    {
        var columns = after.Entities.SelectMany(entity =>
        {
            var was = before?.Entities.FirstOrDefault(one => one.Name == entity.Name);
            return entity.Columns.Select(column => ColumnChange.Of(entity.Name, column, was?.Columns.FirstOrDefault(one => one.Profile.Name == column.Profile.Name)?.Profile));
        });
        // OrderBy keeps the order of what changed alike.
        return [.. columns.OrderByDescending(column => Math.Round(column.Change ?? -1, 6))];
    }

    private static List<FallReason> Why(QualityMetric metric, QualityReport before, QualityReport after, IReadOnlyList<ColumnChange> columns)
    {
        var reasons = BrokenRules(before, after)
            .Where(pair => QualityScores.MetricOf(pair.Rule.Rule) == metric && pair.Rule.Score < pair.Before - Least)
            .OrderByDescending(pair => pair.Before - pair.Rule.Score)
            .Select(pair => Reason(pair.Rule, pair.Before)).ToList();
        foreach (var column in columns.Where(one => reasons.All(reason => reason.Column != one.Column.Profile.Name || reason.Entity != one.Entity)))
        {
            var now = column.Column.Metrics.FirstOrDefault(one => one.Metric == metric)?.Value;
            var was = before.Entities.FirstOrDefault(one => one.Name == column.Entity)?.Columns.FirstOrDefault(one => one.Profile.Name == column.Column.Profile.Name)?.Metrics.FirstOrDefault(one => one.Metric == metric)?.Value;
            if (now < was - Least)
                reasons.Add(new(metric == QualityMetric.Completeness
                    ? $"{QualityWords.Percent(ColumnChange.NullShare(column.Column.Profile))} of {column.Entity}.{column.Column.Profile.Name} is null; it was {QualityWords.Percent(column.Before is null ? null : ColumnChange.NullShare(column.Before))}."
                    : $"{column.Entity}.{column.Column.Profile.Name} went from {QualityWords.Percent(was)} to {QualityWords.Percent(now)}.", column.Entity, column.Column.Profile.Name));
        }

        if (metric == QualityMetric.Accuracy && after.Fidelity is { } fidelity)
            reasons.AddRange(fidelity.Properties.Where(property => property.InScore && property.Score < before.Fidelity?.Properties.FirstOrDefault(one => one.Name == property.Name)?.Score - Least).Select(property => new FallReason($"{property.Name} went from {QualityWords.Percent(before.Fidelity!.Properties.First(one => one.Name == property.Name).Score)} to {QualityWords.Percent(property.Score)}.")));
        return [.. reasons.Take(MostReasons)];
    }

    /// <summary>Rules that look at something, with the score that they had; a rule that is new had all.</summary>
    private static IEnumerable<(RuleResult Rule, double Before)> BrokenRules(QualityReport before, QualityReport after) =>
        after.Rules.Where(rule => rule.NotChecked is null).Select(rule => (rule, before.Rules.FirstOrDefault(one => one.Rule.Name == rule.Rule.Name && one.NotChecked is null)?.Score ?? 1));

    private static FallReason Reason(RuleResult rule, double before) =>
        new($"“{rule.Rule.Name}” fails for {Figures.Number(rule.Failing)} of {Figures.Number(rule.Evaluated)}{(before >= 1 ? "" : $"; {QualityWords.Percent(1 - before)} failed before")}.", rule.Rule.Entity, rule.Rule.Columns.Count > 0 ? rule.Rule.Columns[0] : null, rule.Rule.Name);

    private static IEnumerable<FallReason> LostCoverage(CoverageReport before, CoverageReport after) => after.Groups
        .Select(group => (Group: group, Was: before.Groups.FirstOrDefault(one => one.Kind == group.Kind && one.Place == group.Place)))
        .Where(pair => pair.Was is not null && pair.Group.Covered < pair.Was.Covered)
        .OrderByDescending(pair => pair.Was!.Covered - pair.Group.Covered).Take(MostReasons)
        .Select(pair => new FallReason($"{pair.Group.Place}: {QualityWords.CoverageKind(pair.Group.Kind).ToLowerInvariant()}, {pair.Group.Covered} of {pair.Group.All} occur; it was {pair.Was!.Covered}."));
}
