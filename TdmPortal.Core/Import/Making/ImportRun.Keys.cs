using TdmPortal.Core.Import.Checks;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>Keys: primary, unique, over expressions, over a part of the rows.</summary>
internal sealed partial class ImportRun
{
    public void ReadKeys()
    {
        foreach (var table in Tables)
        {
            foreach (var key in table.Source.Keys.OrderByDescending(key => key.IsPrimary))
                ReadKey(table, key);
        }

        WidenKeys();
        foreach (var link in Tables.SelectMany(table => table.Links).Concat(implied))
        {
            // SQL asks for a key there; it may be one that was not read, a partition's for instance.
            var parent = link.Parent;
            if (!parent.Keys.Any(key => key.Count == link.Target.Count && key.TrueForAll(link.Target.Contains)))
                parent.Unique.Add([.. link.Target]);
        }
    }

    /// <summary>
    /// A key that names the part of a relationship that decides the rest is written with the rest, so that the
    /// relationship is seen to lie inside of it: (channel, account) where the channel says whose it is.
    /// </summary>
    private void WidenKeys()
    {
        foreach (var table in Tables)
        {
            table.PrimaryKey = Widened(table, table.PrimaryKey);
            for (var i = 0; i < table.Unique.Count; i++)
                table.Unique[i] = Widened(table, table.Unique[i]);
        }
    }

    private List<ImportColumn> Widened(ImportTable table, List<ImportColumn> key)
    {
        if (key.Count < 2 || !key.TrueForAll(column => column.IsLinked) || Tables.Exists(child => child.Links.Exists(link => link.Parent == table && link.Target.Count == key.Count && link.Target.TrueForAll(key.Contains))))
            return key;
        var wide = key.ToList();
        foreach (var link in table.Links.Where(link => link.Columns.Count > 1 && !link.Columns.TrueForAll(key.Contains)))
        {
            var named = Enumerable.Range(0, link.Columns.Count).Where(i => key.Contains(link.Columns[i])).Select(i => link.Target[i]).ToList();
            if (named.Count > 0 && link.Parent.Keys.Any(parentKey => parentKey.TrueForAll(named.Contains)))
                wide.AddRange(link.Columns.Where(column => !wide.Contains(column)));
        }

        return wide;
    }

    private void ReadKey(ImportTable table, DatabaseKey key)
    {
        var columns = new List<ImportColumn>();
        foreach (var name in key.Columns)
        {
            if (table.Column(name) is not { } column)
                return;
            if (column.IsSkipped && ServerParser.TryParse(column.Source.Generated!) is { } computed)
                AddRead(table, key, computed, columns);
            else
                columns.Add(column);
        }

        foreach (var text in key.Expressions)
        {
            if (ServerParser.TryParse(text) is { } expression)
                AddRead(table, key, expression, columns);
        }

        columns = [.. columns.Distinct().Where(column => column is { IsSkipped: false, Type.IsArray: false } && column.Type.Type != FieldType.Json)];
        if (key.IsPrimary && columns.Count == key.Columns.Count)
        {
            table.PrimaryKey = columns;
            foreach (var column in columns)
                column.NotNull = true;
            return;
        }

        if (key.Where is { } where && IsFewOnly(columns) && Excluded(table, where))
            return;
        if (columns.Count == 0)
        {
            // One row in all, or one a list: the table has as many as that.
            Missed(table, key.Name, Definition(key), "It is unique over nothing that can be made so.", key.Columns);
            if (key.Where is null)
                mostRows[table] = 1;
            return;
        }

        if (key.NullsEqual)
        {
            foreach (var column in columns.Where(_ => columns.Count == 1 || columns.TrueForAll(one => !one.NotNull)))
                column.NullPercent = 0;
        }

        var same = table.Keys.ToList();
        if (!same.Exists(one => one.Count == columns.Count && one.TrueForAll(columns.Contains)))
            table.Unique.Add(columns);
    }

    private readonly Dictionary<ImportTable, long> mostRows = [];

    private static string Definition(DatabaseKey key) => $"UNIQUE ({string.Join(", ", key.Columns.Concat(key.Expressions))}){(key.Where is null ? "" : $" WHERE {key.Where}")}";

    /// <summary>The columns that an expression of a key reads; they are unique instead, in a form in which the expression differs as well.</summary>
    private void AddRead(ImportTable table, DatabaseKey key, ServerExpression expression, List<ImportColumn> columns)
    {
        var read = ServerColumns.Of(expression).Select(table.Column).OfType<ImportColumn>().Where(column => !column.IsSkipped).ToList();
        columns.AddRange(read);
        foreach (var column in read)
            column.IgnoresCase = true;
        switch (expression)
        {
            case ServerCall { Name: "lower" or "upper" or "btrim" or "trim" } or ServerColumn or ServerCast:
                break;
            case ServerCall { Name: "coalesce" }:
                // Nulls are one value there.
                foreach (var column in read)
                    column.NullPercent = 0;
                break;
            default:
                if (read.Count > 0)
                    Missed(table, key.Name, Definition(key), "Its columns are unique instead of the expression.", [.. read.Select(column => column.Source.Name)]);
                break;
        }
    }

    /// <summary>Columns that have a handful of values, so that a key over them would leave a handful of rows.</summary>
    private static bool IsFewOnly(List<ImportColumn> columns) =>
        columns.TrueForAll(column => !column.IsLinked && (column.Type.Type == FieldType.Boolean || column.Type.Values is { Count: <= 10 }));

    /// <summary>Keeps rows out of a part of the rows, where that is one column's doing.</summary>
    private static bool Excluded(ImportTable table, string where)
    {
        switch (ServerParser.TryParse(where))
        {
            case ServerColumn column when table.Column(column.Name) is { Type.Type: FieldType.Boolean } flag:
                flag.Facts.OneOf(["false"]);
                return true;
            case ServerTruthTest { Value: true, Negated: false, Operand: ServerColumn column } when table.Column(column.Name) is { Type.Type: FieldType.Boolean } flag:
                flag.Facts.OneOf(["false"]);
                return true;
            case ServerBinary { Operator: "=", Left: var left, Right: var right } when new CheckTranslator(table).Bare(left) is { Type: { Type: FieldType.Boolean } } flag && right is ServerLiteral { Text: "true" or "false" } literal:
                flag.Facts.OneOf([literal.Text == "true" ? "false" : "true"]);
                return true;
            case ServerBinary { Operator: "=", Left: var left, Right: var right } when new CheckTranslator(table).Bare(left) is { Type.Values: { Count: > 1 } values } state && CheckTranslator.TextOf(right) is { } only:
                state.Facts.OneOf(values.Where(value => value != only));
                return true;
            default:
                return false;
        }
    }
}
