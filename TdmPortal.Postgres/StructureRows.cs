using System.Globalization;
using Npgsql;
using TdmPortal.Core.Import;

namespace TdmPortal.Postgres;

/// <summary>The catalogue's answers, put together to a structure.</summary>
internal sealed class StructureRows
{
    private sealed record TableRow(long Id, long? Parent, long Root, DatabaseTable Table, double Rows, string? Bound, string? Strategy, string[] Key);

    private readonly List<TableRow> tables = [];
    private readonly Dictionary<long, List<DatabaseColumn>> columns = [];
    private readonly Dictionary<long, List<DatabaseKey>> keys = [];
    private readonly Dictionary<long, List<DatabaseForeignKey>> foreignKeys = [];
    private readonly Dictionary<long, List<DatabaseCheck>> checks = [];
    private readonly Dictionary<long, List<DatabaseCheck>> exclusions = [];
    private readonly Dictionary<long, List<DatabaseColumn>> attributes = [];
    private readonly List<(long Id, DatabaseType Type)> types = [];
    private readonly List<NotUnderstood> notUnderstood = [];
    private readonly Dictionary<long, TableRow> byId = [];

    public IEnumerable<long> All => tables.Select(table => table.Id);

    public IEnumerable<long> Roots => tables.Where(table => table.Parent is null).Select(table => table.Id);

    public void Table(NpgsqlDataReader reader)
    {
        var table = new DatabaseTable(reader.GetString(3), reader.GetString(4), []) { Comment = Text(reader, 5), Inherits = Texts(reader, 10), Triggers = Texts(reader, 11) };
        var row = new TableRow(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetInt64(2), table, reader.GetDouble(6), Text(reader, 7), Text(reader, 8), Texts(reader, 9));
        tables.Add(row);
        byId.Add(row.Id, row);
    }

    public void Column(NpgsqlDataReader reader)
    {
        var column = Typed(reader);
        var identity = Text(reader, 11) is { Length: > 0 } kind ? kind : null;
        if (!reader.IsDBNull(12) && (identity is not null || column.Default?.StartsWith("nextval(", StringComparison.Ordinal) == true))
            column = column with { Identity = new(identity == "a", reader.GetInt64(13), reader.GetInt64(14), reader.GetString(12)) };
        if (!reader.IsDBNull(15))
        {
            column = column with
            {
                Statistics = new(reader.GetDouble(15), reader.IsDBNull(16) ? null : reader.GetDouble(16))
                {
                    Common = reader.IsDBNull(17) || reader.IsDBNull(18) ? [] : [.. Texts(reader, 17).Zip(reader.GetFieldValue<float[]>(18), (value, share) => KeyValuePair.Create(value, (double)share))],
                    Bounds = Texts(reader, 19),
                },
            };
        }

        Add(columns, reader.GetInt64(0), column with { Generated = Text(reader, 10) });
    }

    public void Constraint(NpgsqlDataReader reader)
    {
        var id = reader.GetInt64(0);
        var (kind, name, names, definition) = (reader.GetString(1), reader.GetString(2), Texts(reader, 3), reader.GetString(4));
        var (table, root) = (byId[id], byId[id].Root);
        var isOverPeriod = reader.GetBoolean(11);
        switch (kind)
        {
            case "p" or "u" when !isOverPeriod:
                AddKey(root, new(name, names) { IsPrimary = kind == "p" && table.Parent is null, Deferrable = reader.GetBoolean(8), NullsEqual = reader.GetBoolean(10) });
                break;
            case "f" when !isOverPeriod:
                // A partition may have one of its own; the whole table then keeps to it.
                var key = new DatabaseForeignKey(name, names, reader.GetString(5), reader.GetString(6), Texts(reader, 7)) { Deferrable = reader.GetBoolean(8), MatchFull = reader.GetBoolean(9) };
                if (table.Parent is null || !Of(foreignKeys, root).Exists(one => one.Columns.SequenceEqual(names, StringComparer.Ordinal) && one.Parent == key.Parent && one.ParentSchema == key.ParentSchema))
                    Add(foreignKeys, root, key);
                break;
            case "c" when table.Parent is null:
                Add(checks, root, new(name, definition, names));
                break;
            case "x" or "p" or "u" when table.Parent is null:
                Array.Sort(names, StringComparer.Ordinal);
                Add(exclusions, root, new(name, definition, names));
                break;
            default:
                notUnderstood.Add(new(Qualified(byId[root].Table), name, definition, table.Parent is null ? "A foreign key over periods is not read." : $"Only the partition {Qualified(table.Table)} has it.", names));
                break;
        }
    }

    public void UniqueIndex(NpgsqlDataReader reader) =>
        AddKey(byId[reader.GetInt64(0)].Root, new(reader.GetString(1), Texts(reader, 2)) { Expressions = Texts(reader, 3), Where = Text(reader, 4), NullsEqual = reader.GetBoolean(5) });

    /// <summary>A partition's own key is one of the whole table: rows that differ everywhere differ there.</summary>
    private void AddKey(long root, DatabaseKey key)
    {
        if (!Of(keys, root).Exists(one => one.Columns.SequenceEqual(key.Columns, StringComparer.Ordinal) && one.Expressions.SequenceEqual(key.Expressions, StringComparer.Ordinal) && one.Where == key.Where && (one.NullsEqual || !key.NullsEqual)))
            Add(keys, root, key);
    }

    public void Type(NpgsqlDataReader reader)
    {
        var type = new DatabaseType(reader.GetString(10), reader.GetString(1)) { Values = Texts(reader, 12), Subtype = Text(reader, 13) };
        if (reader.GetString(11) == "d")
        {
            var names = Texts(reader, 14);
            type = type with { Base = Typed(reader), Checks = [.. names.Zip(Texts(reader, 15), (name, expression) => new DatabaseCheck(name, expression, []))] };
        }

        types.Add((reader.GetInt64(0), type));
    }

    public void Attribute(NpgsqlDataReader reader) => Add(attributes, reader.GetInt64(0), Typed(reader));

    public DatabaseStructure ToStructure()
    {
        var found = types.ToDictionary(type => (type.Type.Schema, type.Type.Name), type => type.Type with { Attributes = Of(attributes, type.Id) });
        var roots = new List<DatabaseTable>();
        foreach (var row in tables.Where(table => table.Parent is null))
        {
            roots.Add(row.Table with
            {
                Columns = [.. Of(columns, row.Id).Select(column => column with { NotNull = column.NotNull || IsNeverNull(column, found) })],
                Keys = Of(keys, row.Id),
                ForeignKeys = Of(foreignKeys, row.Id),
                Checks = Of(checks, row.Id),
                Exclusions = Of(exclusions, row.Id),
                EstimatedRows = Rows(row),
                Partitioning = Partitioning(row),
            });
        }

        var used = new HashSet<(string, string)>();
        foreach (var column in roots.SelectMany(table => table.Columns))
            Reach(column, found, used);
        return new(roots, [.. types.Where(type => used.Contains((type.Type.Schema, type.Type.Name))).Select(type => found[(type.Type.Schema, type.Type.Name)])]) { NotUnderstood = notUnderstood };
    }

    private static bool IsNeverNull(DatabaseColumn column, Dictionary<(string, string), DatabaseType> found) =>
        column.Dimensions == 0 && column.TypeSchema is { } schema && found.TryGetValue((schema, column.BaseType), out var type) && type.Base is { } domain && (domain.NotNull || IsNeverNull(domain, found));

    private static void Reach(DatabaseColumn column, Dictionary<(string, string), DatabaseType> found, HashSet<(string, string)> used)
    {
        if (column.TypeSchema is not { } schema || !found.TryGetValue((schema, column.BaseType), out var type) || !used.Add((schema, column.BaseType)))
            return;
        if (type.Base is { } domain)
            Reach(domain, found, used);
        foreach (var attribute in type.Attributes)
            Reach(attribute, found, used);
    }

    private long? Rows(TableRow row)
    {
        var known = tables.Where(one => one.Root == row.Id && one.Strategy is null && one.Rows >= 0).ToList();
        return known.Count == 0 ? null : (long)known.Sum(one => one.Rows);
    }

    private DatabasePartitioning? Partitioning(TableRow row) => row.Strategy is null ? null
        : new(row.Strategy, row.Key, [.. tables.Where(one => one.Parent == row.Id).Select(one => new DatabasePartition(Qualified(one.Table), one.Bound ?? "") { Partitioning = Partitioning(one) })]);

    private static string Qualified(DatabaseTable table) => $"{table.Schema}.{table.Name}";

    /// <summary>Columns 1 to 9 of an answer, as every one that has types begins.</summary>
    private static DatabaseColumn Typed(NpgsqlDataReader reader)
    {
        var (name, written) = (reader.GetString(1), Text(reader, 2) ?? "");
        var (type, modifier) = (Text(reader, 3) ?? "", reader.GetInt32(6));
        var isNumeric = type == "numeric" && modifier >= 4;
        return new(name, written)
        {
            BaseType = type,
            TypeSchema = Text(reader, 4),
            Dimensions = reader.IsDBNull(5) ? 0 : Convert.ToInt32(reader.GetValue(5), CultureInfo.InvariantCulture),
            MaxLength = type is "bit" or "varbit" && modifier > 0 ? modifier : type is "varchar" or "bpchar" && modifier >= 4 ? modifier - 4 : null,
            Precision = isNumeric ? ((modifier - 4) >> 16) & 0xFFFF : null,
            // Eleven bits with a sign since PostgreSQL 15.
            Scale = isNumeric ? (((modifier - 4) & 0x7FF) ^ 1024) - 1024 : null,
            NotNull = reader.GetBoolean(7),
            Comment = Text(reader, 8),
            Default = Text(reader, 9),
        };
    }

    private static List<T> Of<T>(Dictionary<long, List<T>> all, long id) => all.TryGetValue(id, out var some) ? some : [];

    private static void Add<T>(Dictionary<long, List<T>> all, long id, T one)
    {
        if (!all.TryGetValue(id, out var some))
            all.Add(id, some = []);
        some.Add(one);
    }

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);

    private static string[] Texts(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? [] : reader.GetFieldValue<string[]>(at);
}
