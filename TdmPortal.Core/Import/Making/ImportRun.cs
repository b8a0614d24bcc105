using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>One import on its way: tables, columns and keys, then everything that is known of them.</summary>
internal sealed partial class ImportRun(DatabaseStructure structure, ImportOptions options)
{
    private readonly TypeResolver types = new(structure);
    private readonly Dictionary<(string Schema, string Name), ImportTable> byName = [];
    private readonly HashSet<string> constraintNames = new(StringComparer.Ordinal);

    public ImportOptions Options { get; } = options;

    public List<ImportTable> Tables { get; } = [];

    public Dictionary<string, ProposedGenerator> Reasons { get; } = new(StringComparer.Ordinal);

    public List<NotUnderstood> NotUnderstood { get; } = [.. structure.NotUnderstood];

    public ProblemList Problems { get; } = new();

    /// <summary>Where a constraint of the document comes from, by its name.</summary>
    public Dictionary<string, (ImportTable Table, DatabaseCheck Check)> Origins { get; } = new(StringComparer.Ordinal);

    public void Missed(ImportTable table, string name, string definition, string why, IReadOnlyList<string> columns)
    {
        if (!NotUnderstood.Exists(one => one.Table == table.Qualified && one.Name == name))
            NotUnderstood.Add(new(table.Qualified, name, definition, why, columns));
    }

    public void ReadTables()
    {
        var entities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in structure.Tables)
        {
            if (source.Columns.Count == 0 || byName.ContainsKey((source.Schema, source.Name)))
                continue;
            var table = new ImportTable(source, LegalNames.Distinct(LegalNames.ToLegal(source.Name, "entity"), entities));
            var fields = new HashSet<string>(StringComparer.Ordinal);
            foreach (var column in source.Columns)
            {
                var made = new ImportColumn(table, column, LegalNames.Distinct(LegalNames.ToLegal(column.Name, "column"), fields), types.Of(column));
                // What the server computes is never sent, so it is no field.
                made.IsSkipped = column.Generated is not null && !Options.ComputedAreFields;
                if (made.Type.IsUnknown)
                    Unknown(made);
                table.Columns.Add(made);
            }

            byName.Add((source.Schema, source.Name), table);
            Tables.Add(table);
        }
    }

    private void Unknown(ImportColumn column)
    {
        var table = column.Table;
        if (column.IsSkipped)
            return;
        var why = $"Nothing is known of the type {column.Source.SqlType}, so its text is a guess.";
        if (!column.NotNull)
        {
            column.NullPercent = 100;
            why = $"Nothing is known of the type {column.Source.SqlType}; it may be null and is.";
        }

        Missed(table, column.Source.Name, column.Source.SqlType, why, [column.Source.Name]);
    }

    public void ReadLinks()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            foreach (var key in table.Source.ForeignKeys)
                ReadLink(table, key, names);
        }

        // A child's column has its parent's type, the parent's that of its own parent.
        for (var round = 0; round < 10; round++)
        {
            foreach (var link in Tables.SelectMany(table => table.Links))
            {
                for (var i = 0; i < link.Columns.Count; i++)
                {
                    var (child, parent) = (link.Columns[i], link.Target[i]);
                    if (child.Type.Type != parent.Type.Type || child.Type.Scale != parent.Type.Scale || child.Type.Text != parent.Type.Text)
                        child.Type = parent.Type with { Checks = child.Type.Checks, NotNull = child.Type.NotNull, UsualSqlType = null, IsArray = false };
                }
            }
        }

        foreach (var table in Tables)
            table.Links.RemoveAll(link => table.Links.Exists(other => Follows(link, other)));
        BreakCircles();
        LeaveWaysBack();
    }

    /// <summary>What a wider key of the table brings along: its parent points to the same table with the same column.</summary>
    private static bool Follows(ImportLink link, ImportLink other) =>
        other != link && other.Columns.Count > link.Columns.Count && link.Columns.TrueForAll(other.Columns.Contains) && !other.Columns.Exists(column => !column.NotNull)
        && other.Parent.Links.Exists(above => above != link && above.Parent == link.Parent && above.Columns.Count == link.Columns.Count && !above.Columns.Exists(column => !column.NotNull)
            && Enumerable.Range(0, link.Columns.Count).All(i => above.Columns.IndexOf(other.Target[other.Columns.IndexOf(link.Columns[i])]) is >= 0 and var at && above.Target[at] == link.Target[i]));

    private void ReadLink(ImportTable table, DatabaseForeignKey key, HashSet<string> names)
    {
        var columns = key.Columns.Select(table.Column).ToList();
        if (!byName.TryGetValue((key.ParentSchema, key.Parent), out var parent))
        {
            Missed(table, key.Name, Definition(key), $"It points to {key.ParentSchema}.{key.Parent}, which is not among the tables{(columns.Exists(one => one is { NotNull: false }) ? "; its columns are null" : "")}.", key.Columns);
            foreach (var column in columns.OfType<ImportColumn>().Where(one => !one.NotNull))
                column.NullPercent = 100;
            return;
        }

        var wanted = key.ParentColumns.Count > 0 ? key.ParentColumns : parent.Source.Keys.FirstOrDefault(one => one.IsPrimary)?.Columns ?? [];
        var target = wanted.Select(parent.Column).ToList();
        if (columns.Count == 0 || columns.Count != target.Count || columns.Contains(null) || target.Contains(null) || columns.Concat(target).Any(one => one!.IsSkipped))
        {
            Missed(table, key.Name, Definition(key), "It names columns that do not exist, do not match or are computed.", key.Columns);
            return;
        }

        var link = new ImportLink(LegalNames.Distinct(LegalNames.ToLegal(key.Name.Length > 0 ? key.Name : $"{table.Entity}_{parent.Entity}", "relationship"), names), table, columns!, parent, target!, key);
        if (table.Links.Find(one => one.Columns.ToHashSet().SetEquals(link.Columns)) is { } same)
        {
            if (same.Parent != parent)
                Twin(link, same);
            return;
        }

        if (link.IsSelf && !link.Columns.Exists(column => !column.NotNull))
        {
            // Nothing comes before the first row, so each row is its own parent.
            for (var i = 0; i < link.Columns.Count; i++)
            {
                if (link.Columns[i] != link.Target[i])
                    Settle(link.Columns[i], "expression", [("value", CheckTranslator.Name(link.Target[i]))], "it may not be null and points to its own table, so each row points to itself", 0.8);
            }

            return;
        }

        table.Links.Add(link);
    }

    /// <summary>Two keys over the same columns: the values are taken from one parent, and the other has as many rows with the same numbers.</summary>
    private void Twin(ImportLink link, ImportLink first)
    {
        twins.Add((link, first));
        Missed(link.Child, link.Source.Name, Definition(link.Source), $"{string.Join(", ", link.Source.Columns)} also points to {first.Parent.Qualified}; rows hold where both count alike.", link.Source.Columns);
    }

    private readonly List<(ImportLink Second, ImportLink First)> twins = [];

    private static string Definition(DatabaseForeignKey key) =>
        $"FOREIGN KEY ({string.Join(", ", key.Columns)}) REFERENCES {key.ParentSchema}.{key.Parent}({string.Join(", ", key.ParentColumns)}){(key.MatchFull ? " MATCH FULL" : "")}{(key.Deferrable ? " DEFERRABLE" : "")}";

    /// <summary>Where tables point to each other in a circle and none of it may be null, one key becomes numbers that the other table is known to have.</summary>
    private void BreakCircles()
    {
        for (var round = 0; round < 200; round++)
        {
            if (Circle() is not { } circle)
                return;
            var link = circle.OrderByDescending(one => one.Source.Deferrable).ThenBy(one => one.Columns.Count).First();
            link.Child.Links.Remove(link);
            implied.Add(link);
        }
    }

    private readonly List<ImportLink> implied = [];

    /// <summary>
    /// A key that may be null, shares columns with others (a tenant's number) and leads back to its own table would have
    /// these columns filled in a circle: what is its own stays null, so that the server asks for no parent.
    /// </summary>
    private void LeaveWaysBack()
    {
        foreach (var table in Tables)
        {
            foreach (var link in table.Links.Where(link => link is { CanBeNull: true, IsSelf: false, Source.MatchFull: false, Columns.Count: > 1 }).ToList())
            {
                bool IsShared(ImportColumn column) => table.PrimaryKey.Contains(column) || table.Links.Exists(other => other != link && other.Columns.Contains(column));
                var own = link.Columns.Where(column => !column.NotNull && !IsShared(column)).ToList();
                if (own.Count == 0 || !link.Columns.Exists(IsShared) || !Reaches(link.Parent, table, []))
                    continue;
                table.Links.Remove(link);
                foreach (var column in own)
                    column.NullPercent = 100;
                Missed(table, link.Source.Name, Definition(link.Source), $"It leads back to {table.Qualified} by columns that other keys fill, so {string.Join(", ", own.Select(column => column.Field))} stays null.", link.Source.Columns);
            }
        }
    }

    private static bool Reaches(ImportTable from, ImportTable to, HashSet<ImportTable> seen) =>
        from == to || (seen.Add(from) && from.Links.Exists(link => !link.IsSelf && Reaches(link.Parent, to, seen)));

    private List<ImportLink>? Circle()
    {
        var state = new Dictionary<ImportTable, int>();
        var path = new List<ImportLink>();
        List<ImportLink>? Visit(ImportTable table)
        {
            state[table] = 1;
            foreach (var link in table.Links.Where(link => !link.IsSelf && !link.CanBeNull))
            {
                path.Add(link);
                if (state.GetValueOrDefault(link.Parent) == 1)
                    return path[path.FindIndex(one => one.Child == link.Parent)..];
                if (state.GetValueOrDefault(link.Parent) == 0 && Visit(link.Parent) is { } found)
                    return found;
                path.RemoveAt(path.Count - 1);
            }

            state[table] = 2;
            return null;
        }

        return Tables.Where(table => state.GetValueOrDefault(table) == 0).Select(Visit).FirstOrDefault(found => found is not null);
    }

    public void ReadPartitions()
    {
        foreach (var table in Tables)
        {
            if (table.Source.Partitioning is { } partitioning && PartitionFacts.Take(table, partitioning) is { } why)
                Missed(table, $"partitions of {table.Source.Name}", $"PARTITION BY {partitioning.Strategy} ({string.Join(", ", partitioning.Columns)})", why, [.. partitioning.Columns.Where(name => table.Column(name) is not null)]);
        }
    }

    private void Settle(ImportColumn column, string generator, IEnumerable<(string Name, object Value)> arguments, string reason, double confidence)
    {
        column.Generator = new(generator, Args(arguments), reason, confidence);
        column.IsSettled = true;
    }

    public static ArgumentValues Args(IEnumerable<(string Name, object Value)> arguments) =>
        new(arguments.Select(one => KeyValuePair.Create(one.Name, JsonValue.Of(one.Value))));
}
