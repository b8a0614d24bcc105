using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>What columns of a row say about each other: a category that another determines or sways, one date after another, both there or neither.</summary>
internal sealed class Dependencies(LearnedEntity entity, LearnOptions options, List<ConstraintDefinition> constraints, List<LearnedFinding> findings)
{
    private const int LeastRows = 50;
    private const int MostCases = 50;

    /// <summary>Association (Cramér's V) from which on a category is drawn by another.</summary>
    private const double LeastAssociation = 0.15;

    public void Find()
    {
        Together();
        Dates();
        Categories();
    }

    /// <summary>A column that is null exactly where an earlier one is.</summary>
    private void Together()
    {
        foreach (var column in entity.Columns.Where(column => !column.IsKey && !column.IsForeign && column.NullShare is > 0.01 and < 0.99))
        {
            var with = entity.Columns.TakeWhile(other => other != column).FirstOrDefault(other => !other.IsKey && !other.IsForeign && other.Profile.Profile.Nulls == column.Profile.Profile.Nulls
                && entity.Sample.Count >= LeastRows && entity.Sample.All(row => row.IsNull(other.Place) == row.IsNull(column.Place)));
            if (with is null || column.IsDerived)
                continue;
            column.Field = column.Field with { NullPercent = null, When = $"{with.Name} is not null" };
            findings.Add(new("together", column.Id, $"{column.Name} of {entity.Name} is there exactly where {with.Name} is."));
        }
    }

    /// <summary>A date that never lies before an earlier column's, at a distance that varies less than the dates do.</summary>
    private void Dates()
    {
        var dates = entity.Columns.Where(column => column.IsFree && column.Personal is null && column.Field.Type is FieldType.Date or FieldType.Timestamp).ToList();
        foreach (var later in dates)
        {
            foreach (var earlier in dates.TakeWhile(column => column != later).Where(column => column.Field.Type == later.Field.Type && column.Proposal!.Generator == "date.between"))
            {
                var apart = entity.Sample.Where(row => !row.IsNull(earlier.Place) && !row.IsNull(later.Place)).Select(row => row.Numbers[later.Place] - row.Numbers[earlier.Place]).Order().ToList();
                if (apart.Count < LeastRows || apart[0] < 0 || entity.Sample.Any(row => row.IsNull(earlier.Place) && !row.IsNull(later.Place)))
                    continue;
                var spread = later.Profile.Distribution!;
                var day = later.Field.Type == FieldType.Date ? 1.0 : 86_400;
                var unit = apart[^1] / day > 3 || later.Field.Type == FieldType.Date ? (Size: day, Letter: "d") : (Size: 60.0, Letter: "m");
                var (least, most) = ((long)Math.Floor(apart[apart.Count / 100] / unit.Size), (long)Math.Ceiling(apart[apart.Count * 99 / 100] / unit.Size));
                if (unit.Letter == "m" || most * unit.Size > (spread.Greatest - spread.Least) / 2)
                {
                    if (spread.Least < earlier.Profile.Distribution!.Greatest)
                        Order(earlier, later);
                    continue;
                }

                later.Proposal = new("date.after", ArgumentText.Of(("of", earlier.Name), ("min", string.Create(CultureInfo.InvariantCulture, $"{least}{unit.Letter}")), ("max", string.Create(CultureInfo.InvariantCulture, $"{most}{unit.Letter}"))),
                    $"it lies {least} to {most} days after {earlier.Name}", 0.9);
                later.IsDerived = true;
                NullsBeyond(earlier, later);
                findings.Add(new("order", later.Id, $"{later.Name} of {entity.Name} never lies before {earlier.Name}; almost always {least} to {most} days after it."));
                break;
            }
        }
    }

    /// <summary>Nulls of the later date that do not come from the earlier one.</summary>
    private static void NullsBeyond(LearnedColumn earlier, LearnedColumn later)
    {
        if (later.Field.When is not null)
            return;
        var own = Math.Round(100 * (1 - ((1 - later.NullShare) / Math.Max(1e-9, 1 - earlier.NullShare))), 2);
        later.Field = later.Field with { NullPercent = own > 0 ? own : null };
    }

    private void Order(LearnedColumn earlier, LearnedColumn later)
    {
        constraints.Add(new($"{entity.Name}_{later.Name}_order".Length > LegalNames.MaxLength ? $"order_{constraints.Count + 1}" : $"{entity.Name}_{later.Name}_order", entity.Name, $"{earlier.Name} <= {later.Name}"));
        findings.Add(new("order", later.Id, $"{later.Name} of {entity.Name} never lies before {earlier.Name}."));
    }

    /// <summary>Each category is drawn by the one that says most about it, so that no circle comes up: only by an earlier column, or a later one that is drawn by none.</summary>
    private void Categories()
    {
        var columns = entity.Columns.Where(column => column.IsFree && column.Categories is not null && !column.IsNumber && column.Proposal?.Generator == "choice" && column.Categories.Count is > 1 and <= MostCases).ToList();
        var drawnBy = new Dictionary<LearnedColumn, LearnedColumn>();
        foreach (var column in columns.OrderBy(column => column.Categories!.Count).Reverse())
        {
            // The other way round says more where a category has fewer values than the one that determines it.
            var best = columns.Where(other => other != column && !Follows(other, column, drawnBy)).Select(other => (Column: other, V: Association(other, column))).Where(one => one.V >= LeastAssociation)
                .OrderByDescending(one => Determines(one.Column, column)).ThenByDescending(one => one.V).FirstOrDefault().Column;
            if (best is null || (!Determines(best, column) && Determines(column, best)))
                continue;
            drawnBy[column] = best;
            Draw(column, best);
        }
    }

    private static bool Follows(LearnedColumn column, LearnedColumn of, Dictionary<LearnedColumn, LearnedColumn> drawnBy)
    {
        for (var at = column; drawnBy.TryGetValue(at, out var next); at = next)
        {
            if (next == of)
                return true;
        }

        return false;
    }

    private void Draw(LearnedColumn column, LearnedColumn by)
    {
        var cases = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var known = column.Categories!.Select(category => category.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (value, _) in by.Categories!)
        {
            var weights = entity.Sample.Where(row => row.Texts[by.Place] == value && row.Texts[column.Place] is { } text && known.Contains(text)).CountBy(row => row.Texts[column.Place]!, StringComparer.Ordinal)
                .OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).ToList();
            var often = weights.Where(one => one.Value >= options.LeastRows).ToList();
            if (often.Count > 0)
                cases[value] = often.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        }

        if (cases.Count == 0)
            return;
        var determines = Determines(by, column);
        column.Proposal = new("choice", ArgumentText.Of(("by", by.Name), ("cases", cases), ("else", column.Categories!.ToDictionary(category => category.Value, category => category.Rows, StringComparer.Ordinal))),
            determines ? $"it follows from {by.Name}" : $"its weights depend on {by.Name}", 0.9);
        column.IsDerived = true;
        findings.Add(new("dependency", column.Id, determines ? $"{by.Name} of {entity.Name} determines {column.Name}." : $"How often values of {column.Name} of {entity.Name} come depends on {by.Name}."));
    }

    /// <summary>Whether each value of one goes with one value of the other.</summary>
    private bool Determines(LearnedColumn one, LearnedColumn other)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = 0;
        foreach (var row in entity.Sample)
        {
            if (row.Texts[one.Place] is not { } key || row.Texts[other.Place] is not { } value)
                continue;
            rows++;
            if (seen.TryGetValue(key, out var known) ? known != value : !seen.TryAdd(key, value))
                return false;
        }

        return rows >= LeastRows;
    }

    /// <summary>Cramér's V, less what chance alone gives so few rows (W. Bergsma's correction).</summary>
    private double Association(LearnedColumn one, LearnedColumn other)
    {
        var pairs = entity.Sample.Where(row => row.Texts[one.Place] is not null && row.Texts[other.Place] is not null).Select(row => (One: row.Texts[one.Place]!, Other: row.Texts[other.Place]!)).ToList();
        if (pairs.Count < LeastRows)
            return 0;
        var (rows, columns) = (pairs.CountBy(pair => pair.One, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal), pairs.CountBy(pair => pair.Other, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
        double n = pairs.Count;
        var phi = pairs.CountBy(pair => pair).Sum(cell => cell.Value * (double)cell.Value / rows[cell.Key.One] / columns[cell.Key.Other]) - 1;
        var (r, k) = (rows.Count, columns.Count);
        phi = Math.Max(0, phi - ((r - 1.0) * (k - 1) / (n - 1)));
        var fewest = Math.Min(r - ((r - 1.0) * (r - 1) / (n - 1)), k - ((k - 1.0) * (k - 1) / (n - 1))) - 1;
        return fewest <= 0 ? 0 : Math.Sqrt(phi / fewest);
    }
}
