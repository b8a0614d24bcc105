using System.Globalization;
using TdmPortal.Core.Import.Checks;

namespace TdmPortal.Core.Import.Ddl;

/// <summary>What stands in a table's brackets, or behind ADD: a column or a constraint.</summary>
internal sealed class DdlElement(DdlScript script, DdlTable table, DdlStatement statement)
{
    private static readonly string[] ColumnWords =
    [
        "constraint", "not", "null", "default", "check", "unique", "primary", "references", "generated", "deferrable", "initially", "collate", "storage", "compression", "exclude",
        // MySQL's and SQL Server's.
        "on", "comment", "rowguidcol", "persisted",
    ];

    public void Read()
    {
        if (statement.Current.Kind == ServerTokenKind.Word && statement.Current.Text == "like")
            Like();
        else if (IsPlainIndex())
            return;
        else if (statement.Current.Kind == ServerTokenKind.Word && statement.Current.Text is "constraint" or "primary" or "unique" or "foreign" or "check" or "exclude" && !(statement.Current.Text == "check" && !statement.Peek(1).IsMark("(")))
            Constraint(null);
        else
            Column();
    }

    /// <summary>MySQL's KEY name (columns), which tells no rows apart; KEY varchar(20) is a column.</summary>
    private bool IsPlainIndex()
    {
        if (statement.Current.Kind != ServerTokenKind.Word || statement.Current.Text is not ("key" or "index" or "fulltext" or "spatial"))
            return false;
        var name = statement.Current.Text is "fulltext" or "spatial" && (statement.Peek(1).Is("key") || statement.Peek(1).Is("index")) ? 2 : 1;
        var bracket = statement.Peek(name).IsMark("(") ? name : statement.Peek(name).IsName && statement.Peek(name + 1).IsMark("(") ? name + 1 : -1;
        return bracket > 0 && statement.Peek(bracket + 1).Kind != ServerTokenKind.Number;
    }

    private void Like()
    {
        statement.Take();
        if (statement.Name() is { } name && script.Table(name) is { } source)
            table.Columns.AddRange(source.Columns.Where(column => table.Column(column.Name) < 0).Select(column => column with { Identity = null, Generated = null }));
    }

    private void Column()
    {
        if (!statement.Current.IsName)
            return;
        var name = statement.Take().Text;
        if (statement.Current.Is("as"))
        {
            Computed(name);
            return;
        }

        var listed = Listed(name);
        // SQLite has columns without a type.
        if ((listed ?? (statement.IsAtEnd ? new(name, "text") { BaseType = "text" } : DdlTypes.Read(statement, name, script.FindType))) is not { } column)
        {
            script.NotRead(table, name, statement.Whole, "The column's type is not read.");
            return;
        }

        if (column.Identity is { Sequence: null } serial)
        {
            var sequence = $"{DdlTypes.Quoted(table.Schema)}.{DdlTypes.Quoted($"{table.Name}_{name}_seq")}";
            column = column with { Identity = serial with { Sequence = sequence }, Default = $"nextval('{sequence}'::regclass)" };
        }

        var existing = table.Column(name);
        if (existing >= 0)
            table.Columns[existing] = column;
        else
            table.Columns.Add(column);
        while (!statement.IsAtEnd)
        {
            var place = statement.Place;
            Constraint(name);
            if (statement.Place == place)
                statement.Take();
        }
    }

    /// <summary>MySQL lists the values behind the column.</summary>
    private DatabaseColumn? Listed(string name)
    {
        if (!(statement.Current.Is("enum") || statement.Current.Is("set")) || !statement.Peek(1).IsMark("(") || statement.Peek(2).Kind != ServerTokenKind.Text)
            return null;
        statement.Take();
        return script.Enumerate(table, name, [.. statement.Bracketed().Parts().Select(part => part.Current.Text)]);
    }

    /// <summary>SQL Server gives a computed column no type.</summary>
    private void Computed(string name)
    {
        statement.Take();
        var place = statement.Place;
        statement.Bracketed();
        table.Columns.Add(new(name, "") { BaseType = "numeric", Generated = statement.From(place) });
    }

    private void Change(string column, Func<DatabaseColumn, DatabaseColumn> change)
    {
        var at = table.Column(column);
        if (at >= 0)
            table.Columns[at] = change(table.Columns[at]);
    }

    /// <param name="column">The column that it stands behind; null for one of the table.</param>
    private void Constraint(string? column)
    {
        var name = statement.Take("constraint") ? statement.Take().Text : null;
        if (statement.Take("primary", "key"))
            Key(column, name, isPrimary: true);
        else if (statement.Take("unique"))
            Key(column, name, isPrimary: false);
        else if (statement.Take("foreign", "key"))
            ForeignKey(statement.Names(), name);
        else if (column is not null && statement.Current.Is("references"))
            ForeignKey([column], name);
        else if (statement.Take("check"))
            Check(column, name);
        else if (statement.Take("exclude"))
            Exclude(name);
        else if (column is not null)
            ColumnWord(column);
    }

    private void ColumnWord(string column)
    {
        if (statement.Take("not", "null"))
            table.NotNull(column);
        else if (statement.Take("default"))
            Default(column, statement.Expression(ColumnWords));
        else if (statement.Take("generated"))
            Generated(column);
        else if (statement.Take("collate"))
            statement.Name();
        else if (statement.Take("comment") && statement.Current is { Kind: ServerTokenKind.Text, Text: var comment })
            Change(column, one => one with { Comment = comment });
    }

    public void Default(string column, string expression) => Change(column, one => one with { Default = expression, Identity = script.Sequence(expression) ?? one.Identity });

    public void Generated(string column)
    {
        var always = statement.Take("always");
        if (!always)
            statement.Take("by", "default");
        statement.Take("as");
        if (statement.Take("identity"))
        {
            var (start, step, sequence) = DdlScript.SequenceOptions(statement.Bracketed());
            Change(column, one => one with { Identity = new(always, start, step, sequence), NotNull = true });
            return;
        }

        var place = statement.Place;
        statement.Bracketed();
        var text = statement.From(place);
        Change(column, one => one with { Generated = text });
        if (!statement.Take("stored"))
            statement.Take("virtual");
    }

    private void Key(string? column, string? name, bool isPrimary)
    {
        var nullsEqual = statement.Take("nulls", "not", "distinct");
        statement.Take("nulls", "distinct");
        _ = statement.Take("clustered") || statement.Take("nonclustered") || statement.Take("key") || statement.Take("index");
        if (column is null && statement.Current.IsName && statement.Peek(1).IsMark("("))
            name ??= statement.Take().Text;
        var place = statement.Place;
        var columns = column is not null ? [column] : statement.Names();
        var inside = statement.From(place);
        if (inside.Contains("without overlaps", StringComparison.OrdinalIgnoreCase))
        {
            table.Exclusions.Add(new(table.Named(name, $"{table.Name}_{(isPrimary ? "pkey" : string.Join('_', columns) + "_key")}"), statement.Whole, columns));
            return;
        }

        if (statement.Take("using", "index"))
            columns = script.TakeIndex(table, statement.Take().Text);
        if (statement.Take("include"))
            statement.Bracketed();
        if (columns.Count == 0)
            return;
        if (isPrimary)
        {
            foreach (var one in columns)
                table.NotNull(one);
        }

        table.Keys.Add(new(table.Named(name, isPrimary ? $"{table.Name}_pkey" : $"{table.Name}_{string.Join('_', columns)}_key"), columns) { IsPrimary = isPrimary, NullsEqual = nullsEqual, Deferrable = Deferrable() });
    }

    /// <summary>Goes over what says when it is checked.</summary>
    private bool Deferrable()
    {
        var deferrable = false;
        while (!statement.IsAtEnd)
        {
            if (statement.Take("not", "deferrable"))
                deferrable = false;
            else if (statement.Take("deferrable"))
                deferrable = true;
            else if (!(statement.Take("initially", "deferred") || statement.Take("initially", "immediate") || statement.Take("not", "valid")))
                break;
        }

        return deferrable;
    }

    private void ForeignKey(IReadOnlyList<string> columns, string? name)
    {
        statement.Take("references");
        if (statement.Name() is not { } parent)
            return;
        var target = statement.Current.IsMark("(") ? statement.Names() : [];
        var full = false;
        while (!statement.IsAtEnd)
        {
            if (statement.Take("match"))
                full = statement.Take().Is("full");
            else if (statement.Take("on"))
                OnAction();
            else
                break;
        }

        var (schema, table1) = script.Resolve(parent);
        table.ForeignKeys.Add(new(table.Named(name, $"{table.Name}_{string.Join('_', columns)}_fkey"), columns, schema, table1, target) { MatchFull = full, Deferrable = Deferrable() });
    }

    private void OnAction()
    {
        statement.Take();
        _ = statement.Take("no") || statement.Take("set");
        statement.Take();
        if (statement.Current.IsMark("("))
            statement.Bracketed();
    }

    private void Check(string? column, string? name)
    {
        var place = statement.Place;
        statement.Bracketed();
        var text = statement.From(place);
        var read = ServerParser.TryParse(text) is { } expression ? ServerColumns.Of(expression).Where(one => table.Column(one) >= 0).OrderBy(table.Column).ToList() : [];
        statement.Take("no", "inherit");
        statement.Take("not", "valid");
        table.Checks.Add(new(table.Named(name, read is [var only] ? $"{table.Name}_{only}_check" : column is not null && read.Count == 0 ? $"{table.Name}_{column}_check" : $"{table.Name}_check"), text, read));
    }

    private void Exclude(string? name)
    {
        var start = statement.Place - 1;
        if (statement.Take("using"))
            statement.Take();
        var columns = new List<string>();
        var names = new List<string>();
        foreach (var part in statement.Bracketed().Parts())
        {
            var first = part.Current;
            var expression = part.Expression(["with"]);
            var reads = first.IsName && !part.IsAtEnd && ServerParser.TryParse(expression) is { } parsed ? ServerColumns.Of(parsed) : first.IsName ? [first.Text] : [];
            columns.AddRange(reads.Where(one => table.Column(one) >= 0));
            names.Add(reads.Count == 1 ? reads[0] : first.Text);
        }

        if (statement.Take("where"))
            statement.Bracketed();
        var text = statement.From(start);
        Deferrable();
        table.Exclusions.Add(new(table.Named(name, string.Create(CultureInfo.InvariantCulture, $"{table.Name}_{string.Join('_', names)}_excl")), text, [.. columns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
    }
}
