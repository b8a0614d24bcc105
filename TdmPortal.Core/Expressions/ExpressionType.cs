using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>The type of an expression's values.</summary>
/// <param name="Kind">A field's type.</param>
/// <param name="Scale">Digits after the point, decimal only.</param>
/// <param name="IsArray">A field that holds lists; only <c>is null</c> can be asked of it.</param>
internal readonly record struct ExpressionType(FieldType Kind, int Scale = 0, bool IsArray = false)
{
    /// <summary>Most digits that a decimal has.</summary>
    public const int MaxDigits = 38;

    /// <summary>Least scale of a quotient and of an average, as PostgreSQL's least number of significant digits.</summary>
    public const int QuotientScale = 16;

    public static ExpressionType Integer => new(FieldType.Integer);
    public static ExpressionType Double => new(FieldType.Double);
    public static ExpressionType Boolean => new(FieldType.Boolean);
    public static ExpressionType String => new(FieldType.String);
    public static ExpressionType Date => new(FieldType.Date);
    public static ExpressionType Timestamp => new(FieldType.Timestamp);

    public static ExpressionType Decimal(int scale) => new(FieldType.Decimal, scale);

    /// <summary>The type of a field's values, its scale kept within what a decimal can have.</summary>
    public static ExpressionType Of(FieldDefinition field) =>
        new(field.Type, field.Type == FieldType.Decimal ? Math.Clamp(field.Scale ?? 2, 0, MaxDigits) : 0, field.Array is not null);

    public bool IsNumber => !IsArray && Kind is FieldType.Integer or FieldType.Decimal or FieldType.Double;

    public bool IsDay => !IsArray && Kind is FieldType.Date or FieldType.Timestamp;

    /// <summary>For people: "integer", "decimal", "list of string".</summary>
    public override string ToString() => IsArray ? $"list of {FieldTypeNames.Of(Kind)}" : FieldTypeNames.Of(Kind);
}
