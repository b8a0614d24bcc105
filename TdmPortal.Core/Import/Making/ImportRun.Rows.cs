using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>How many rows each table gets: few, more for children, never more than its keys can tell apart.</summary>
internal sealed partial class ImportRun
{
    public void ChooseRows()
    {
        var known = new Dictionary<ImportTable, long>();
        foreach (var table in Tables)
            ChooseOwners(table);
        foreach (var table in Tables)
            table.Rows = Rows(table, known, []);
        // A row of the one is a row of the other by its number, so the other has at least as many.
        foreach (var (second, _) in twins)
            second.Parent.Rows = Math.Max(second.Parent.Rows, second.Child.Rows);
        foreach (var link in implied.Where(link => IsKey(link.Child, link.Columns)))
            link.Child.Rows = Math.Min(link.Child.Rows, link.Parent.Rows);
    }

    /// <summary>Where two relationships share a column (whose tenant it is), each of the few that share it has rows of both.</summary>
    private void ChooseOwners(ImportTable table)
    {
        foreach (var column in table.Columns)
        {
            var sharing = table.Links.Where(link => link.Columns.Contains(column)).ToList();
            if (!sharing.Exists(one => sharing.Exists(other => !one.Columns.TrueForAll(other.Columns.Contains) && !other.Columns.TrueForAll(one.Columns.Contains))))
                continue;
            var at = column;
            for (var depth = 0; depth < 50 && at.Table.Links.Find(link => !link.IsSelf && link.Columns.Contains(at)) is { } link; depth++)
                at = link.Target[link.Columns.IndexOf(at)];
            if (at.Table != table)
                mostRows[at.Table] = Math.Min(mostRows.GetValueOrDefault(at.Table, long.MaxValue), Owners);
        }
    }

    private const long Owners = 5;

    private static bool IsKey(ImportTable table, List<ImportColumn> columns) => table.Keys.Any(key => key.TrueForAll(columns.Contains));

    private long Rows(ImportTable table, Dictionary<ImportTable, long> known, HashSet<ImportTable> seen)
    {
        if (known.TryGetValue(table, out var already))
            return already;
        if (!seen.Add(table))
            return Options.Rows;
        var rows = table.Links.Exists(link => !link.IsSelf) ? Options.ChildRows : Options.Rows;
        rows = Math.Min(rows, mostRows.GetValueOrDefault(table, long.MaxValue));
        foreach (var key in table.Keys)
            rows = Math.Min(rows, Capacity(table, key, known, seen));
        seen.Remove(table);
        return known[table] = Math.Max(1, rows);
    }

    private long Capacity(ImportTable table, List<ImportColumn> key, Dictionary<ImportTable, long> known, HashSet<ImportTable> seen)
    {
        var (capacity, factors) = (1.0, 0);
        var left = key.ToList();
        foreach (var link in table.Links.Where(link => link.Columns.TrueForAll(key.Contains)))
        {
            // Of two relationships that share a column the second chooses among few.
            var isShared = link.Columns.Exists(column => !left.Contains(column));
            var parents = link.IsSelf ? Options.Rows : Rows(link.Parent, known, seen);
            left.RemoveAll(link.Columns.Contains);
            capacity *= isShared ? Math.Max(1, parents / 20) : parents;
            factors++;
            if (link.IsSelf && left.Count == 0)
                return long.MaxValue;
        }

        foreach (var column in left)
        {
            var values = Values(column);
            if (table.Links.Find(link => link.Columns.Contains(column)) is { } partial)
                values = Math.Min(values, partial.IsSelf ? double.MaxValue : Rows(partial.Parent, known, seen));
            if (values > 1e6)
                return long.MaxValue;
            capacity *= values;
            factors++;
        }

        return (long)Math.Min(1e12, factors > 1 ? Math.Max(1, Math.Floor(capacity / 2)) : capacity);
    }

    /// <summary>Distinct values of a column that no relationship fills.</summary>
    private static double Values(ImportColumn column)
    {
        var facts = column.Facts;
        if (facts.Choices is { } choices)
            return Math.Max(1, choices.Count(value => !facts.Not.Contains(value)));
        if (column.Type.Values is { } values)
            return Math.Max(1, values.Count(value => !facts.Not.Contains(value)));
        return column.Type.Type switch
        {
            FieldType.Boolean => 2,
            FieldType.Integer when facts is { Min: { } min, Max: { } max } => Math.Max(1, (double)(max - min) + 1),
            FieldType.String when column.Type.Text is null && facts.Pattern is null => Math.Min(column.Type.MaxLength ?? 100, facts.MaxLength ?? 100) switch { 1 => 26, 2 => 600, 3 => 17_000, _ => double.MaxValue },
            FieldType.Decimal when column.Type is { Precision: { } digits and < 6 } => Generation.PowersOfTen.Long(digits),
            _ => double.MaxValue,
        };
    }
}
