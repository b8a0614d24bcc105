using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>A table on its way to an entity.</summary>
internal sealed class ImportTable(DatabaseTable source, string entity)
{
    private Dictionary<string, ImportColumn>? byName;

    public DatabaseTable Source { get; } = source;

    public string Entity { get; } = entity;

    public string Qualified => Source.Schema.Length == 0 ? Source.Name : $"{Source.Schema}.{Source.Name}";

    public List<ImportColumn> Columns { get; } = [];

    /// <summary>Foreign keys that became relationships.</summary>
    public List<ImportLink> Links { get; } = [];

    public List<ImportColumn> PrimaryKey { get; set; } = [];

    /// <summary>Groups that are unique together, the primary key not among them.</summary>
    public List<List<ImportColumn>> Unique { get; } = [];

    public List<ConstraintDefinition> Constraints { get; } = [];

    public long Rows { get; set; }

    public ImportColumn? Column(string name) =>
        (byName ??= Columns.ToDictionary(column => column.Source.Name, StringComparer.Ordinal)).GetValueOrDefault(name);

    public IEnumerable<List<ImportColumn>> Keys => PrimaryKey.Count > 0 ? Unique.Prepend(PrimaryKey) : Unique;
}

/// <summary>A column on its way to a field.</summary>
internal sealed class ImportColumn(ImportTable table, DatabaseColumn source, string field, ResolvedType type)
{
    public ImportTable Table { get; } = table;

    public DatabaseColumn Source { get; } = source;

    public string Field { get; } = field;

    public ResolvedType Type { get; set; } = type;

    public ColumnFacts Facts { get; } = new();

    public bool NotNull { get; set; } = source.NotNull || type.NotNull;

    /// <summary>What fills it; null while a relationship does or nothing has been chosen.</summary>
    public ProposedGenerator? Generator { get; set; }

    /// <summary>One element of a list, where checks say something of it.</summary>
    public ImportColumn? Element { get; set; }

    /// <summary>Chosen already by what must hold: nothing that comes later changes it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Share of nulls that something asks for; null: the usual one.</summary>
    public double? NullPercent { get; set; }

    /// <summary>Differs from all others though letters' case does not count.</summary>
    public bool IgnoresCase { get; set; } = type.IgnoresCase;

    /// <summary>A relationship fills it. One that may have no parent does not fill what must have a value all the same.</summary>
    public bool IsLinked => Table.Links.Exists(link => link.Columns.Contains(this) && !(link.CanBeNull && NotNull && link.Columns.Count > 1));

    /// <summary>Left out of the document: the server computes it.</summary>
    public bool IsSkipped { get; set; }
}

/// <summary>A foreign key on its way to a relationship.</summary>
internal sealed class ImportLink(string name, ImportTable child, List<ImportColumn> columns, ImportTable parent, List<ImportColumn> target, DatabaseForeignKey source)
{
    public string Name { get; } = name;

    public ImportTable Child { get; } = child;

    public List<ImportColumn> Columns { get; } = columns;

    public ImportTable Parent { get; } = parent;

    public List<ImportColumn> Target { get; } = target;

    public DatabaseForeignKey Source { get; } = source;

    public bool IsSelf => Child == Parent;

    /// <summary>Some column may be null, so a row may do without a parent.</summary>
    public bool CanBeNull => Columns.Exists(column => !column.NotNull && !Child.PrimaryKey.Contains(column));

    /// <summary>How many rows the child has follows from it.</summary>
    public bool DecidesRows => Source.Children is not null && !IsSelf && !CanBeNull;

    /// <summary>Share of rows without a parent that something asks for; null: the usual one.</summary>
    public double? NullPercent { get; set; }
}
