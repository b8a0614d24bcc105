using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>What a reader of rows must know of a column: its name and type, with sizes filled in.</summary>
/// <param name="Name">The field's name (headers of files; JSON and XML names).</param>
/// <param name="Type">Type of the values or array elements.</param>
/// <param name="Nullable">Whether a null can occur.</param>
public sealed record ColumnDescription(string Name, FieldType Type, bool Nullable)
{
    /// <summary>Name of the database column; the field's name unless the document says otherwise.</summary>
    public string ColumnName { get; init; } = Name;
    /// <summary>Digits in all, decimal only.</summary>
    public int Precision { get; init; } = 18;
    /// <summary>Digits after the point, decimal only.</summary>
    public int Scale { get; init; } = 2;
    /// <summary>Longest text in code points, null for no bound.</summary>
    public int? MaxLength { get; init; }
    /// <summary>Whether a value is an array.</summary>
    public bool IsArray { get; init; }
    /// <summary>PostgreSQL type as written in CREATE TABLE, e.g. <c>numeric(18,2)</c>.</summary>
    public required string SqlType { get; init; }
}
