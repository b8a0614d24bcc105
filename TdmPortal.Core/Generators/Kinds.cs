using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>The usual sets of field types, the natural one first.</summary>
internal static class Kinds
{
    public static readonly FieldType[] Text = [FieldType.String];
    public static readonly FieldType[] Whole = [FieldType.Integer, FieldType.Decimal, FieldType.Double];
    public static readonly FieldType[] Fraction = [FieldType.Decimal, FieldType.Double, FieldType.Integer];
    public static readonly FieldType[] Real = [FieldType.Double, FieldType.Decimal, FieldType.Integer];
    public static readonly FieldType[] Digits = [FieldType.String, FieldType.Integer];
    public static readonly FieldType[] Moment = [FieldType.Timestamp, FieldType.Date];
    public static readonly FieldType[] AnyMoment = [FieldType.Timestamp, FieldType.Date, FieldType.Time];
    public static readonly FieldType[] Id = [FieldType.Uuid, FieldType.String];
    public static readonly FieldType[] Any =
    [
        FieldType.String, FieldType.Integer, FieldType.Decimal, FieldType.Double, FieldType.Boolean,
        FieldType.Date, FieldType.Time, FieldType.Timestamp, FieldType.Uuid, FieldType.Json,
    ];
}
