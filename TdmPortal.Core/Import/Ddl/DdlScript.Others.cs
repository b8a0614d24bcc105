using System.Globalization;
using TdmPortal.Core.Import.Checks;

namespace TdmPortal.Core.Import.Ddl;

/// <summary>Types, sequences, changes, comments, and the structure in the end.</summary>
internal sealed partial class DdlScript
{
    private void CreateType(DdlStatement statement)
    {
        if (statement.Name() is not { } name || !statement.Take("as"))
            return;
        var type = new DatabaseType(name.Schema ?? path, name.Name);
        if (statement.Take("enum"))
        {
            types.Add(type with { Values = [.. statement.Bracketed().Parts().Where(part => part.Current.Kind == ServerTokenKind.Text).Select(part => part.Current.Text)] });
        }
        else if (statement.Take("range"))
        {
            var subtype = statement.Bracketed().Parts().Find(part => part.Take("subtype"));
            subtype?.Take();
            types.Add(type with { Subtype = subtype is null ? null : DdlTypes.Read(subtype, "", FindType)?.SqlType });
        }
        else if (statement.Current.IsMark("("))
        {
            var attributes = new List<DatabaseColumn>();
            foreach (var part in statement.Bracketed().Parts())
            {
                var attribute = part.Take().Text;
                if (DdlTypes.Read(part, attribute, FindType) is { } column)
                    attributes.Add(column);
            }

            types.Add(type with { Attributes = attributes });
        }
    }

    private void AlterType(DdlStatement statement)
    {
        if (statement.Name() is not { } name || !statement.Take("add", "value"))
            return;
        statement.Take("if", "not", "exists");
        var at = types.FindIndex(type => type.Name == name.Name && type.Schema == (name.Schema ?? path));
        if (at < 0 || statement.Current.Kind != ServerTokenKind.Text)
            return;
        var values = types[at].Values.ToList();
        var value = statement.Take().Text;
        var before = statement.Take("before");
        var place = (before || statement.Take("after")) && values.IndexOf(statement.Current.Text) is >= 0 and var beside ? (before ? beside : beside + 1) : values.Count;
        values.Insert(place, value);
        types[at] = types[at] with { Values = values };
    }

    private void CreateDomain(DdlStatement statement)
    {
        if (statement.Name() is not { } name)
            return;
        statement.Take("as");
        if (DdlTypes.Read(statement, name.Name, FindType) is not { } column)
            return;
        var checks = new List<DatabaseCheck>();
        while (!statement.IsAtEnd)
        {
            var named = statement.Take("constraint") ? statement.Take().Text : null;
            if (statement.Take("not", "null"))
            {
                column = column with { NotNull = true };
            }
            else if (statement.Take("default"))
            {
                column = column with { Default = statement.Expression(["not", "null", "check", "constraint"]) };
            }
            else if (statement.Take("check"))
            {
                var start = statement.Place;
                statement.Bracketed();
                checks.Add(new(named ?? $"{name.Name}_check{(checks.Count == 0 ? "" : checks.Count.ToString(CultureInfo.InvariantCulture))}", statement.From(start), []));
            }
            else
            {
                statement.Take();
            }
        }

        types.Add(new(name.Schema ?? path, name.Name) { Base = column, Checks = [.. checks.OrderBy(check => check.Name, StringComparer.Ordinal)] });
    }

    private void CreateSequence(DdlStatement statement)
    {
        statement.Take("if", "not", "exists");
        if (statement.Name() is not { } name)
            return;
        var (start, step, _) = SequenceOptions(statement);
        sequences[$"{DdlTypes.Quoted(name.Schema ?? path)}.{DdlTypes.Quoted(name.Name)}"] = (start, step);
    }

    /// <summary>pg_dump says by OWNED BY whose sequence it is; the default says the same.</summary>
    private void AlterSequence(DdlStatement statement)
    {
        statement.Take("if", "exists");
        if (statement.Name() is not { } name)
            return;
        var key = $"{DdlTypes.Quoted(name.Schema ?? path)}.{DdlTypes.Quoted(name.Name)}";
        var whole = statement.Whole;
        if (whole.Contains("increment", StringComparison.OrdinalIgnoreCase) || whole.Contains("start", StringComparison.OrdinalIgnoreCase))
        {
            var (start, step, _) = SequenceOptions(statement);
            sequences[key] = (start, step);
        }
    }

    private void CreateTrigger(DdlStatement statement)
    {
        var whole = statement.Whole;
        var inserts = false;
        while (!statement.IsAtEnd && !statement.Current.Is("on"))
            inserts |= statement.Take().Is("insert");
        if (inserts && statement.Take("on") && statement.Name() is { } name && Table(name) is { } table)
            table.Triggers.Add(whole);
    }

    private void AlterTable(DdlStatement statement)
    {
        statement.Take("if", "exists");
        statement.Take("only");
        if (statement.Name() is not { } name)
            return;
        if (Table(name) is not { } table)
        {
            // Views and sequences have owners, too; only what tables are given is missed.
            if (statement.Current.Is("add"))
                NotRead(null, name.Name, statement.Whole, $"There is no table {name.Name} before it.");
            return;
        }

        foreach (var action in statement.Parts())
            Alter(table, action);
    }

    private void Alter(DdlTable table, DdlStatement action)
    {
        _ = action.Take("with", "check") || action.Take("with", "nocheck");
        if (action.Take("attach", "partition"))
        {
            if (action.Name() is { } name && Table(name) is { } partition)
                (partition.PartitionOf, partition.Bound) = (table, Bound(action));
        }
        else if (action.Take("inherit"))
        {
            if (action.Name() is { } name && Table(name) is { } parent)
                table.Inherits.Add(parent);
        }
        else if (action.Take("add"))
        {
            if (action.Take("column"))
                action.Take("if", "not", "exists");
            new DdlElement(this, table, action).Read();
        }
        else if (action.Take("alter"))
        {
            action.Take("column");
            var column = action.Take().Text;
            var element = new DdlElement(this, table, action);
            if (action.Take("set", "not", "null"))
                table.NotNull(column);
            else if (action.Take("set", "default"))
                element.Default(column, action.Expression([]));
            else if (action.Take("add", "generated"))
                element.Generated(column);
        }
    }

    private void Comment(DdlStatement statement)
    {
        var isTable = statement.Take("table");
        if (!isTable && !statement.Take("column"))
            return;
        var names = new List<string>();
        while (statement.Current.IsName && !statement.Current.Is("is"))
        {
            names.Add(statement.Take().Text);
            if (!statement.TakeMark("."))
                break;
        }

        if (!statement.Take("is") || statement.Current.Kind != ServerTokenKind.Text)
            return;
        var text = statement.Current.Text;
        var column = isTable || names.Count == 0 ? null : names[^1];
        if (column is not null)
            names.RemoveAt(names.Count - 1);
        if (names.Count == 0 || Table((names.Count > 1 ? names[^2] : null, names[^1])) is not { } table)
            return;
        if (column is null)
            table.Comment = text;
        else if (table.Column(column) is >= 0 and var at)
            table.Columns[at] = table.Columns[at] with { Comment = text };
    }

    public DatabaseStructure ToStructure()
    {
        foreach (var partition in tables.Where(table => table.PartitionOf is not null))
            Fold(partition);
        var roots = tables.Where(table => table.PartitionOf is null).OrderBy(table => table.Schema, StringComparer.Ordinal).ThenBy(table => table.Name, StringComparer.Ordinal).Select(Made).ToList();
        var used = new HashSet<DatabaseType>();
        foreach (var column in roots.SelectMany(table => table.Columns))
            Reach(column, used);
        return new(roots, [.. used.OrderBy(type => type.Schema, StringComparer.Ordinal).ThenBy(type => type.Name, StringComparer.Ordinal)]) { NotUnderstood = notUnderstood };
    }

    /// <summary>A partition's own keys and foreign keys hold for the whole table.</summary>
    private void Fold(DdlTable partition)
    {
        var root = partition;
        for (var depth = 0; root.PartitionOf is { } above && depth < 100; depth++)
            root = above;
        foreach (var key in partition.Keys.Where(key => !root.Keys.Exists(one => one.Columns.SequenceEqual(key.Columns, StringComparer.Ordinal) && one.Where == key.Where && one.Expressions.SequenceEqual(key.Expressions, StringComparer.Ordinal))))
            root.Keys.Add(key with { IsPrimary = false });
        foreach (var key in partition.ForeignKeys.Where(key => !root.ForeignKeys.Exists(one => one.Columns.SequenceEqual(key.Columns, StringComparer.Ordinal) && one.Parent == key.Parent)))
            root.ForeignKeys.Add(key);
        foreach (var check in partition.Checks.Where(check => !root.Checks.Exists(one => one.Name == check.Name)))
            notUnderstood.Add(new($"{root.Schema}.{root.Name}", check.Name, check.Expression, $"Only the partition {partition.Schema}.{partition.Name} has it.", check.Columns));
    }

    private DatabaseTable Made(DdlTable table) => new(table.Schema, table.Name, [.. table.Columns.Select(column => column with { NotNull = column.NotNull || IsNeverNull(column) })])
    {
        Comment = table.Comment,
        Keys = [.. table.Keys.OrderByDescending(key => key.IsPrimary).ThenBy(key => key.Name, StringComparer.Ordinal)],
        ForeignKeys = [.. table.ForeignKeys.Select(key => key.ParentColumns.Count > 0 ? key : key with { ParentColumns = Table((key.ParentSchema, key.Parent))?.Keys.Find(one => one.IsPrimary)?.Columns ?? [] }).OrderBy(key => key.Name, StringComparer.Ordinal)],
        Checks = [.. table.Checks.OrderBy(check => check.Name, StringComparer.Ordinal)],
        Exclusions = [.. table.Exclusions.OrderBy(check => check.Name, StringComparer.Ordinal)],
        Triggers = table.Triggers,
        Inherits = [.. table.Inherits.Select(one => $"{one.Schema}.{one.Name}")],
        Partitioning = Partitions(table),
    };

    private DatabasePartitioning? Partitions(DdlTable table) => table.Partitioning is not { } by ? null
        : new(by.Strategy, by.Columns, [.. tables.Where(one => one.PartitionOf == table).OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new DatabasePartition($"{one.Schema}.{one.Name}", one.Bound) { Partitioning = Partitions(one) })]);

    private DatabaseType? TypeOf(DatabaseColumn column) => column.TypeSchema is { } schema ? types.Find(type => type.Schema == schema && type.Name == column.BaseType) : null;

    private bool IsNeverNull(DatabaseColumn column) => column.Dimensions == 0 && TypeOf(column) is { Base: { } domain } && (domain.NotNull || IsNeverNull(domain));

    private void Reach(DatabaseColumn column, HashSet<DatabaseType> used)
    {
        if (TypeOf(column) is not { } type || !used.Add(type))
            return;
        if (type.Base is { } domain)
            Reach(domain, used);
        foreach (var attribute in type.Attributes)
            Reach(attribute, used);
    }
}
