namespace TdmPortal.Postgres;

/// <summary>In which order tables are loaded with their foreign keys on, and how cycles are opened.</summary>
internal static class LoadSequence
{
    /// <summary>Parents before children. In a cycle: by a foreign key that can be asked at the end, else by one that may be null at first, else all in one statement.</summary>
    /// <param name="deferred">Receives those that have to be asked at the end.</param>
    public static List<LoadTable> Of(IReadOnlyList<LoadTable> tables, IReadOnlyList<ServerForeignKey> keys, List<ServerForeignKey> deferred)
    {
        var waiting = tables.ToList();
        var order = new List<LoadTable>();
        while (waiting.Count > 0)
        {
            var open = waiting.ToDictionary(table => table, table => keys.Where(key => key.Child == table.Server.Id && key.Parent != key.Child && waiting.Exists(other => other.Server.Id == key.Parent)).ToList());
            if (waiting.Find(table => open[table].Count == 0) is not { } next)
            {
                // Only cycles that wait for nothing but themselves.
                var first = waiting.Where(table => Reached(table, waiting, open) is var from && from.Contains(table) && from.All(other => Reached(other, waiting, open).Contains(table))).ToList();
                next = first.Where(table => open[table].TrueForAll(key => key.Deferrable || Nullable(table, key, keys).Count > 0)).MinBy(table => open[table].Count(key => !key.Deferrable));
                if (next is null)
                {
                    // Nothing opens it: but foreign keys are asked when a statement ends, and one statement can fill several tables.
                    foreach (var table in first)
                        table.Together = first;
                    waiting.RemoveAll(first.Contains);
                    order.AddRange(first);
                    continue;
                }

                foreach (var key in open[next])
                {
                    if (key.Deferrable)
                        deferred.Add(key);
                    else
                        next.Later.UnionWith(Nullable(next, key, keys));
                }
            }

            waiting.Remove(next);
            order.Add(next);
        }

        return order;
    }

    /// <summary>The columns to leave null so that a foreign key asks nothing; none where that cannot be.</summary>
    private static List<string> Nullable(LoadTable table, ServerForeignKey key, IReadOnlyList<ServerForeignKey> keys)
    {
        if (table.Key.Count == 0)
            return [];
        var columns = key.Columns.Where(column => !table.Key.Contains(column) && !table.Server.Columns[column].NotNull && table.Columns.Any(loaded => loaded.Server.Name == column)).ToList();
        if (key.MatchFull)
            return columns.Count == key.Columns.Count ? columns : [];

        // A column that other keys share had better stay as it is.
        var own = columns.Where(column => !keys.Any(other => other != key && other.Child == key.Child && other.Columns.Contains(column))).ToList();
        return own.Count > 0 ? own : columns;
    }

    private static HashSet<LoadTable> Reached(LoadTable from, List<LoadTable> waiting, Dictionary<LoadTable, List<ServerForeignKey>> open)
    {
        var reached = new HashSet<LoadTable>(ReferenceEqualityComparer.Instance);
        var next = new Stack<LoadTable>([from]);
        while (next.TryPop(out var table))
        {
            foreach (var parent in open[table].SelectMany(key => waiting.Where(other => other.Server.Id == key.Parent)))
            {
                if (reached.Add(parent))
                    next.Push(parent);
            }
        }

        return reached;
    }
}
