namespace TdmPortal.Core.Import.Ddl;

/// <summary>A table while its statements are read.</summary>
internal sealed class DdlTable(string schema, string name)
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public string Schema { get; } = schema;

    public string Name { get; } = name;

    public string? Comment { get; set; }

    public List<DatabaseColumn> Columns { get; } = [];

    public List<DatabaseKey> Keys { get; } = [];

    public List<DatabaseForeignKey> ForeignKeys { get; } = [];

    public List<DatabaseCheck> Checks { get; } = [];

    public List<DatabaseCheck> Exclusions { get; } = [];

    public List<string> Triggers { get; } = [];

    public List<DdlTable> Inherits { get; } = [];

    public DdlTable? PartitionOf { get; set; }

    public string Bound { get; set; } = "";

    public (string Strategy, List<string> Columns)? Partitioning { get; set; }

    public int Column(string name) => Columns.FindIndex(column => column.Name == name);

    /// <summary>The name that the server gives to a constraint that has none.</summary>
    public string Named(string? name, string ifNone)
    {
        var wanted = name ?? ifNone;
        for (var number = 1; !names.Add(wanted); number++)
            wanted = (name ?? ifNone) + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return wanted;
    }

    public void NotNull(string column)
    {
        var at = Column(column);
        if (at >= 0)
            Columns[at] = Columns[at] with { NotNull = true };
    }
}
