using System.Globalization;
using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>Keeps the columns of a partition's key inside of the bounds of partitions that are there.</summary>
internal static class PartitionFacts
{
    /// <returns>Null, or why rows may find no partition.</returns>
    public static string? Take(ImportTable table, DatabasePartitioning partitioning)
    {
        if (partitioning.Strategy == "hash" || partitioning.Partitions.Count == 0)
            return partitioning.Partitions.Count == 0 ? "The table has no partition, so the server takes no row." : Below(table, partitioning.Partitions);
        if (partitioning.Partitions.Any(partition => partition.Bound.Equals("DEFAULT", StringComparison.OrdinalIgnoreCase) && partition.Partitioning is null) && partitioning.Partitions.All(partition => partition.Partitioning is null))
            return null;
        if (partitioning.Columns is not [var name, ..] || table.Column(name) is not { } column)
            return "Its partitions are chosen by an expression.";
        if (partitioning.Strategy == "list")
        {
            var values = new List<string>();
            foreach (var partition in partitioning.Partitions)
            {
                if (Literals(partition.Bound, "in") is { } listed)
                    values.AddRange(listed.OfType<string>());
            }

            if (values.Count == 0)
                return Below(table, partitioning.Partitions);
            column.Facts.OneOf(values.Distinct(StringComparer.Ordinal));
            column.NullPercent = 0;
            return Below(table, partitioning.Partitions);
        }

        var bounds = partitioning.Partitions.Select(Range).OfType<(string? From, string? To)>().ToList();
        if (bounds.Count == 0)
            return Below(table, partitioning.Partitions);
        column.NullPercent = 0;
        return Ranged(column, bounds, partitioning.Columns.Count > 1) ?? Below(table, partitioning.Partitions);
    }

    private static string? Below(ImportTable table, IReadOnlyList<DatabasePartition> partitions)
    {
        foreach (var partition in partitions)
        {
            if (partition.Partitioning is { } inner && Take(table, inner) is { } why)
                return why;
        }

        return null;
    }

    private static (string? From, string? To)? Range(DatabasePartition partition) =>
        Literals(partition.Bound, "from") is { } from && Literals(partition.Bound, "to") is { } to && from.Count > 0 && to.Count > 0 ? (from[0], to[0]) : null;

    /// <summary>The values in brackets behind a word; null for MINVALUE, MAXVALUE and NULL.</summary>
    private static List<string?>? Literals(string bound, string word)
    {
        var tokens = ServerLexer.Read(bound);
        var at = tokens.FindIndex(token => token.Is(word));
        if (at < 0 || at + 1 >= tokens.Count || !tokens[at + 1].IsMark("("))
            return null;
        var found = new List<string?>();
        var negative = false;
        for (at += 2; at < tokens.Count && !tokens[at].IsMark(")"); at++)
        {
            var token = tokens[at];
            if (token.IsOperator("-"))
                negative = true;
            else if (token.Kind is ServerTokenKind.Text or ServerTokenKind.Number)
                (found, negative) = ([.. found, negative ? "-" + token.Text : token.Text], false);
            else if (token.Kind == ServerTokenKind.Word)
                found.Add(token.Text is "true" or "false" ? token.Text : null);
        }

        return found;
    }

    private static string? Ranged(ImportColumn column, List<(string? From, string? To)> bounds, bool severalColumns)
    {
        var isDay = column.Type.Type is FieldType.Date or FieldType.Timestamp;
        if (!isDay && column.Type.Type is not (FieldType.Integer or FieldType.Decimal or FieldType.Double))
            return "Its partitions are ranges of texts.";
        var parsed = bounds.Select(one => (From: Place(one.From, isDay, decimal.MinValue), To: Place(one.To, isDay, decimal.MaxValue))).ToList();
        if (parsed.Exists(one => one.From is null || one.To is null))
            return "The bounds of its partitions are not understood.";
        // The longest row of partitions without a gap, those in the past first where there are several.
        var sorted = parsed.Select(one => (From: one.From!.Value, To: one.To!.Value)).Order().ToList();
        var runs = new List<(decimal From, decimal To, int Count)>();
        foreach (var (from, to) in sorted)
        {
            if (runs.Count > 0 && from <= runs[^1].To && !(severalColumns && from == to))
                runs[^1] = (runs[^1].From, Math.Max(runs[^1].To, to), runs[^1].Count + 1);
            else
                runs.Add((from, to, 1));
        }

        var best = runs.MaxBy(run => run.Count);
        if (isDay)
        {
            if (best.From != decimal.MinValue)
                column.Facts.NotBefore(Day(best.From));
            if (best.To != decimal.MaxValue)
                column.Facts.NotAfter(Day(severalColumns && best.From == best.To ? best.To : best.To - 1));
        }
        else
        {
            if (best.From != decimal.MinValue)
                column.Facts.AtLeast(best.From, isOpen: false);
            if (best.To != decimal.MaxValue)
                column.Facts.AtMost(best.To, isOpen: !(severalColumns && best.From == best.To));
        }

        return severalColumns && best.From != best.To ? null : severalColumns ? "Its partitions are ranges over several columns." : null;
    }

    private static decimal? Place(string? text, bool isDay, decimal open)
    {
        if (text is null)
            return open;
        if (!isDay)
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        return text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber : null;
    }

    private static string Day(decimal number) => DateOnly.FromDayNumber((int)Math.Clamp(number, 0, DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
