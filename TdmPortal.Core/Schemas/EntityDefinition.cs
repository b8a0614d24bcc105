namespace TdmPortal.Core.Schemas;

/// <summary>An entity (a table) as the schema document says it.</summary>
public sealed record EntityDefinition
{
    /// <summary><c>^[a-z][a-z0-9_]{0,62}$</c>, unique in the document.</summary>
    public required string Name { get; init; }
    /// <summary>How many rows; null where a perParent relationship decides.</summary>
    public long? Rows { get; init; }
    /// <summary>False: a look-up table that keeps its rows when a dataset is scaled; absent: true.</summary>
    public bool? Scale { get; init; }
    /// <summary>Identifiers in the database that it came from.</summary>
    public TableName? Table { get; init; }
    /// <summary>For people.</summary>
    public string? Description { get; init; }
    /// <summary>In column order.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];
    /// <summary>Field names; empty: no primary key.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];
    /// <summary>Groups of fields that are unique together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Unique { get; init; } = [];
    /// <summary>Groups of fields whose values go together; a field is in one at most.</summary>
    public IReadOnlyList<CorrelationDefinition> Correlations { get; init; } = [];
}
