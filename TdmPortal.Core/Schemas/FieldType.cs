namespace TdmPortal.Core.Schemas;

/// <summary>The type of a field's values, as named in a schema document (lower case there).</summary>
public enum FieldType
{
    /// <summary>64-bit signed.</summary>
    Integer,
    /// <summary>Exact, <c>precision</c> up to 38 digits, <c>scale</c> of them after the point.</summary>
    Decimal,
    /// <summary>IEEE 754 binary64.</summary>
    Double,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>Unicode text, <c>maxLength</c> in code points.</summary>
    String,
    /// <summary>A calendar day.</summary>
    Date,
    /// <summary>A time of day, microseconds.</summary>
    Time,
    /// <summary>An instant in UTC, microseconds.</summary>
    Timestamp,
    /// <summary>128 bits.</summary>
    Uuid,
    /// <summary>A JSON document.</summary>
    Json,
}
