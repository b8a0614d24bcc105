namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>A table on its way: rows are objects.</summary>
internal sealed class SchemaTable(string name, ObjectNode node)
{
    public string Name { get; } = name;

    public ObjectNode Node { get; } = node;

    public List<DatabaseColumn> Columns { get; } = [];

    public List<DatabaseCheck> Checks { get; } = [];

    public List<DatabaseForeignKey> ForeignKeys { get; } = [];

    /// <summary>Tells rows apart; null where nothing asks for it.</summary>
    public DatabaseColumn? Key { get; private set; }

    /// <summary>Columns of a junction's key.</summary>
    public IReadOnlyList<string> Pair { get; set; } = [];

    public void Identify(DatabaseColumn column) => Key = column with { NotNull = true, PresentWith = null };

    /// <summary>The key, one that the JSON has not where it has none.</summary>
    public DatabaseColumn NeedKey()
    {
        if (Key is null)
        {
            Identify(new("_id", "") { BaseType = "int8", Comment = "Tells rows apart; not in the JSON Schema." });
            Columns.Insert(0, Key!);
        }

        return Key!;
    }

    /// <summary>A column that holds the key of another table's row.</summary>
    public void PointTo(SchemaTable parent, string column, bool isRequired, (int Min, int Max)? children = null, string? comment = null)
    {
        var key = parent.NeedKey();
        var own = column;
        for (var number = 2; Columns.Exists(one => one.Name == own); number++)
            own = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column}_{number}");
        Columns.Add(key with { Name = own, NotNull = isRequired, Comment = comment, Stated = null });
        ForeignKeys.Add(new("", [own], "", parent.Name, [key.Name]) { Children = children });
    }

    public DatabaseTable ToTable()
    {
        var keys = new List<DatabaseKey>();
        if (Pair.Count > 0)
            keys.Add(new("", Pair) { IsPrimary = true });
        else if (Key is { } key)
            keys.Add(new("", [key.Name]) { IsPrimary = true });
        var (title, description) = (Node.Shape.Title, Node.Shape.Description);
        return new("", Name, Columns) { Comment = Pair.Count > 0 ? null : title is null || description is null ? title ?? description : $"{title}: {description}", Keys = keys, ForeignKeys = ForeignKeys, Checks = Checks };
    }
}
