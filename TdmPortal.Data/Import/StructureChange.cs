using TdmPortal.Core.Import;

namespace TdmPortal.Data.Import;

/// <summary>A difference between a database's structure as it was and as it is.</summary>
/// <param name="Table">Qualified name.</param>
/// <param name="Column">Null: the table itself.</param>
/// <param name="What">For people: "is new", "is gone", "was text, is integer".</param>
public sealed record StructureChange(string Table, string? Column, string What)
{
    /// <summary>All differences that matter to generating and masking, in the tables' order.</summary>
    public static IReadOnlyList<StructureChange> Between(DatabaseStructure before, DatabaseStructure after)
    {
        var changes = new List<StructureChange>();
        var former = before.Tables.ToDictionary(NameOf, StringComparer.Ordinal);
        foreach (var table in after.Tables)
        {
            var name = NameOf(table);
            if (!former.Remove(name, out var was))
            {
                changes.Add(new(name, null, $"is new, with {table.Columns.Count} columns"));
                continue;
            }

            var columns = was.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
            foreach (var column in table.Columns)
            {
                if (!columns.Remove(column.Name, out var one))
                    changes.Add(new(name, column.Name, $"is new ({column.SqlType})"));
                else if (one.SqlType != column.SqlType)
                    changes.Add(new(name, column.Name, $"was {one.SqlType}, is {column.SqlType}"));
                else if (one.NotNull != column.NotNull)
                    changes.Add(new(name, column.Name, column.NotNull ? "must have a value now" : "may be null now"));
            }

            changes.AddRange(columns.Keys.Select(gone => new StructureChange(name, gone, "is gone")));
            changes.AddRange(Named("key", was.Keys.Select(key => key.Name), table.Keys.Select(key => key.Name)));
            changes.AddRange(Named("foreign key", was.ForeignKeys.Select(key => key.Name), table.ForeignKeys.Select(key => key.Name)));
            changes.AddRange(Named("check", was.Checks.Select(check => check.Name), table.Checks.Select(check => check.Name)));

            IEnumerable<StructureChange> Named(string kind, IEnumerable<string> old, IEnumerable<string> now) =>
                [.. now.Except(old, StringComparer.Ordinal).Select(one => new StructureChange(name, null, $"has a new {kind}, {one}")), .. old.Except(now, StringComparer.Ordinal).Select(one => new StructureChange(name, null, $"lost the {kind} {one}"))];
        }

        changes.AddRange(former.Keys.Select(gone => new StructureChange(gone, null, "is gone")));
        return changes;
    }

    private static string NameOf(DatabaseTable table) => $"{table.Schema}.{table.Name}";
}
