using System.Globalization;
using TdmPortal.Core.Import.Checks;

namespace TdmPortal.Core.Import.Ddl;

/// <summary>What a script has said so far.</summary>
internal sealed partial class DdlScript
{
    private readonly List<DdlTable> tables = [];
    private readonly List<DatabaseType> types = [];
    private readonly Dictionary<string, (long Start, long Step)> sequences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DdlTable Table, DatabaseKey Key)> indexes = new(StringComparer.Ordinal);
    private readonly List<NotUnderstood> notUnderstood = [];
    private string path = "public";

    public void Read(DdlStatement statement)
    {
        if (statement.Take("create"))
            Create(statement);
        else if (statement.Take("alter", "table"))
            AlterTable(statement);
        else if (statement.Take("alter", "type"))
            AlterType(statement);
        else if (statement.Take("alter", "sequence"))
            AlterSequence(statement);
        else if (statement.Take("comment", "on"))
            Comment(statement);
        else if (statement.Take("set", "search_path") || statement.Take("set", "local", "search_path"))
            SearchPath(statement);
    }

    public void NotRead(DdlTable? table, string name, string definition, string why) =>
        notUnderstood.Add(new(table is null ? "" : $"{table.Schema}.{table.Name}", name, definition.Length > 2000 ? definition[..2000] : definition, why, table is not null && table.Column(name) >= 0 ? [name] : []));

    public (string Schema, string Name) Resolve((string? Schema, string Name) name) =>
        name.Schema is { } schema ? (schema, name.Name) : (tables.Find(one => one.Name == name.Name && one.Schema == path) ?? tables.Find(one => one.Name == name.Name && one.Schema == "public"))?.Schema is { } found ? (found, name.Name) : (path, name.Name);

    public DdlTable? Table((string? Schema, string Name) name)
    {
        var (schema, own) = Resolve(name);
        return tables.Find(one => one.Schema == schema && one.Name == own);
    }

    public (string Schema, string Name)? FindType(string? schema, string name) =>
        types.Find(type => type.Name == name && (schema is null ? type.Schema == path || type.Schema == "public" : type.Schema == schema)) is { } type ? (type.Schema, type.Name) : null;

    /// <summary>What <c>nextval('s'::regclass)</c> numbers by; null for other defaults.</summary>
    public DatabaseIdentity? Sequence(string expression)
    {
        if (ServerParser.TryParse(expression) is not ServerCall { Name: "nextval", Arguments: [var argument] } || CheckTranslator.TextOf(argument) is not { } text)
            return null;
        var name = Plain(text);
        var (start, step) = sequences.GetValueOrDefault(name, (1, 1));
        return new(false, start, step, name);
    }

    private string Plain(string text)
    {
        var parts = ServerLexer.Read(text).Where(token => token.IsName).Select(token => DdlTypes.Quoted(token.Text)).ToList();
        return parts.Count > 1 ? string.Join('.', parts) : $"{DdlTypes.Quoted(path)}.{(parts.Count == 1 ? parts[0] : text)}";
    }

    public List<string> TakeIndex(DdlTable table, string name)
    {
        if (!indexes.TryGetValue(name, out var index) || index.Table != table)
            return [];
        table.Keys.Remove(index.Key);
        return [.. index.Key.Columns];
    }

    public static (long Start, long Step, string? Sequence) SequenceOptions(DdlStatement statement)
    {
        var (start, step) = ((long?)null, 1L);
        string? name = null;
        while (!statement.IsAtEnd)
        {
            if (statement.Take("sequence", "name"))
            {
                name = statement.Name() is { } named ? $"{DdlTypes.Quoted(named.Schema ?? "public")}.{DdlTypes.Quoted(named.Name)}" : null;
            }
            else if (statement.Take("start"))
            {
                statement.Take("with");
                start = Number(statement);
            }
            else if (statement.Take("increment"))
            {
                statement.Take("by");
                step = Number(statement) ?? 1;
            }
            else
            {
                statement.Take();
            }
        }

        return (start ?? 1, step, name);
    }

    private static long? Number(DdlStatement statement)
    {
        var sign = statement.Current.IsOperator("-") ? -1 : 1;
        if (statement.Current.Kind == ServerTokenKind.Operator)
            statement.Take();
        return long.TryParse(statement.Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? sign * number : null;
    }

    private void SearchPath(DdlStatement statement)
    {
        if (!statement.Take("to"))
            statement.Take();
        if ((statement.Current.IsName || statement.Current.Kind == ServerTokenKind.Text) && statement.Current.Text.Length > 0)
            path = statement.Current.Text;
    }

    private void Create(DdlStatement statement)
    {
        while (statement.Take("or", "replace") || statement.Take("global") || statement.Take("local") || statement.Take("unlogged"))
        {
        }

        if (statement.Take("temp") || statement.Take("temporary") || statement.Take("foreign"))
            return;
        if (statement.Take("table"))
            CreateTable(statement);
        else if (statement.Take("unique", "index"))
            CreateUniqueIndex(statement);
        else if (statement.Take("type"))
            CreateType(statement);
        else if (statement.Take("domain"))
            CreateDomain(statement);
        else if (statement.Take("sequence"))
            CreateSequence(statement);
        else if (statement.Take("trigger") || statement.Take("constraint", "trigger"))
            CreateTrigger(statement);
    }

    private void CreateTable(DdlStatement statement)
    {
        statement.Take("if", "not", "exists");
        if (statement.Name() is not { } name || Table(name with { Schema = name.Schema ?? path }) is not null)
            return;
        var table = new DdlTable(name.Schema ?? path, name.Name);
        if (statement.Take("partition", "of") && statement.Name() is { } whole && Table(whole) is { } parent)
        {
            (table.PartitionOf, _) = (parent, table.Columns.Count);
            table.Columns.AddRange(parent.Columns);
            if (statement.Current.IsMark("("))
                Elements(table, statement.Bracketed());
            table.Bound = Bound(statement);
        }
        else if (statement.Current.IsMark("("))
        {
            var elements = statement.Bracketed();
            // What is inherited comes first.
            if (statement.Take("inherits"))
            {
                foreach (var part in statement.Bracketed().Parts())
                {
                    if (part.Name() is { } inherited && Table(inherited) is { } from)
                        Inherit(table, from);
                }
            }

            Elements(table, elements);
        }
        else
        {
            NotRead(null, name.Name, statement.Whole, "The table has no list of columns here (AS, OF and the like are not read).");
            return;
        }

        if (statement.Take("partition", "by"))
            Partitioning(table, statement);
        tables.Add(table);
        // MySQL's ENGINE = …, COMMENT = '…'.
        while (!statement.IsAtEnd)
        {
            if (statement.Take("comment") && statement.Peek(statement.Current.IsOperator("=") ? 1 : 0) is { Kind: ServerTokenKind.Text, Text: var comment })
                table.Comment = comment;
            statement.Take();
        }
    }

    /// <summary>A type of a column that lists its values in place.</summary>
    public DatabaseColumn Enumerate(DdlTable table, string column, IReadOnlyList<string> values)
    {
        var type = new DatabaseType(table.Schema, $"{table.Name} {column}") { Values = values };
        types.Add(type);
        return new(column, "") { BaseType = type.Name, TypeSchema = type.Schema };
    }

    private static void Inherit(DdlTable table, DdlTable from)
    {
        table.Inherits.Add(from);
        table.Columns.AddRange(from.Columns.Where(column => table.Column(column.Name) < 0).Select(column => column with { Identity = column.Default is null ? null : column.Identity }));
        foreach (var check in from.Checks)
            table.Checks.Add(check with { Name = table.Named(check.Name, check.Name) });
    }

    private void Elements(DdlTable table, DdlStatement inside)
    {
        // Constraints may name columns that come after them.
        var parts = inside.Parts();
        foreach (var part in parts.OrderBy(part => part.Current.Kind == ServerTokenKind.Word && part.Current.Text is "constraint" or "primary" or "foreign" or "exclude" or "unique" or "check" ? 1 : 0))
            new DdlElement(this, table, part).Read();
    }

    private static string Bound(DdlStatement statement)
    {
        if (statement.Take("default"))
            return "DEFAULT";
        var start = statement.Place;
        statement.Take("for", "values");
        while (!statement.IsAtEnd && !statement.Current.Is("partition") && !statement.Current.Is("using") && !(statement.Current.Is("with") && statement.Peek(1).IsMark("(") && !statement.Peek(2).Is("modulus")) && !statement.Current.Is("tablespace"))
        {
            if (statement.Current.IsMark("("))
                statement.Bracketed();
            else
                statement.Take();
        }

        return statement.From(start);
    }

    private static void Partitioning(DdlTable table, DdlStatement statement)
    {
        var strategy = statement.Take().Text;
        var columns = new List<string>();
        foreach (var part in statement.Bracketed().Parts())
            columns.Add(part.Current.IsName && !part.Peek(1).IsMark("(") ? part.Current.Text : part.Whole);
        table.Partitioning = (strategy, columns);
    }

    private void CreateUniqueIndex(DdlStatement statement)
    {
        statement.Take("concurrently");
        statement.Take("if", "not", "exists");
        var name = statement.Current.Is("on") ? null : statement.Name()?.Name;
        if (!statement.Take("on"))
            return;
        statement.Take("only");
        if (statement.Name() is not { } on || Table(on) is not { } table)
            return;
        if (statement.Take("using"))
            statement.Take();
        var columns = new List<string>();
        var expressions = new List<string>();
        foreach (var part in statement.Bracketed().Parts())
        {
            if (part.Current.IsName && !part.Peek(1).IsMark("("))
                columns.Add(part.Current.Text);
            else
                expressions.Add(part.Expression(["asc", "desc", "nulls", "collate"]));
        }

        if (statement.Take("include"))
            statement.Bracketed();
        var nullsEqual = statement.Take("nulls", "not", "distinct");
        string? where = null;
        while (!statement.IsAtEnd && !statement.Current.Is("where"))
            statement.Take();
        if (statement.Take("where"))
            where = statement.Expression([]);
        var key = new DatabaseKey(table.Named(name, $"{table.Name}_{string.Join('_', columns)}_idx"), columns) { Expressions = expressions, Where = where, NullsEqual = nullsEqual };
        table.Keys.Add(key);
        indexes[key.Name] = (table, key);
    }
}
