namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>A table as its CREATE TABLE says it, before it becomes an entity.</summary>
internal sealed class SqlTable(string? schema, string name, int line)
{
    public string? Schema { get; } = schema;
    public string Name { get; } = name;
    public int Line { get; } = line;
    public string? Comment { get; set; }
    public List<SqlColumn> Columns { get; } = [];
    public List<string> PrimaryKey { get; set; } = [];
    public List<List<string>> Unique { get; } = [];
    public List<SqlForeignKey> ForeignKeys { get; } = [];
    public List<SqlCheck> Checks { get; } = [];

    public SqlColumn? Column(string name) => Columns.Find(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A column; <c>Type</c> is what its type became.</summary>
internal sealed class SqlColumn(string name, int line, SqlColumnType type)
{
    public string Name { get; } = name;
    public int Line { get; } = line;
    public SqlColumnType Type { get; set; } = type;
    public bool NotNull { get; set; }
    public bool IsIdentity { get; set; }
    public long Start { get; set; } = 1;
    public long Step { get; set; } = 1;
    public string? Comment { get; set; }

    /// <summary>The expression of a computed column.</summary>
    public List<SqlToken>? Computed { get; set; }
}

/// <param name="Choices">The values of an enumeration.</param>
/// <param name="SqlType">Kept as the field's sqlType: a built-in type of PostgreSQL that has no field type.</param>
internal sealed record SqlColumnType(FieldType Type, int? Precision = null, int? Scale = null, int? MaxLength = null, bool IsArray = false, bool IsIdentity = false, string? SqlType = null, IReadOnlyList<string>? Choices = null);

internal sealed record SqlForeignKey(string? Name, IReadOnlyList<string> Columns, string? ParentSchema, string Parent, IReadOnlyList<string> ParentColumns, int Line);

internal sealed record SqlCheck(string? Name, IReadOnlyList<SqlToken> Tokens, int Line);
