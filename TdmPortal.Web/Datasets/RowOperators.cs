using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Web.Datasets;

/// <summary>The comparisons of filter chips as people read them.</summary>
public static class RowOperators
{
    /// <summary>What makes sense for a column, most used first.</summary>
    public static IReadOnlyList<RowOperator> For(ColumnDescription column)
    {
        RowOperator[] compares = column switch
        {
            { IsArray: true } or { Type: FieldType.Json } => [],
            { Type: FieldType.Boolean or FieldType.Uuid } => [RowOperator.Equal, RowOperator.NotEqual],
            { Type: FieldType.String } => [RowOperator.Equal, RowOperator.NotEqual, RowOperator.StartsWith, RowOperator.Contains, RowOperator.Less, RowOperator.LessOrEqual, RowOperator.Greater, RowOperator.GreaterOrEqual],
            _ => [RowOperator.Equal, RowOperator.NotEqual, RowOperator.Less, RowOperator.LessOrEqual, RowOperator.Greater, RowOperator.GreaterOrEqual],
        };
        return [.. compares, RowOperator.IsNull, RowOperator.IsNotNull];
    }

    /// <summary>Short, for a chip.</summary>
    public static string Symbol(RowOperator @operator) => @operator switch
    {
        RowOperator.Equal => "=",
        RowOperator.NotEqual => "≠",
        RowOperator.Less => "<",
        RowOperator.LessOrEqual => "≤",
        RowOperator.Greater => ">",
        RowOperator.GreaterOrEqual => "≥",
        RowOperator.StartsWith => "starts with",
        RowOperator.Contains => "contains",
        RowOperator.IsNull => "is null",
        _ => "is not null",
    };

    /// <summary>In words, for a list to choose from.</summary>
    public static string Word(RowOperator @operator, FieldType type) => (@operator, IsTime(type)) switch
    {
        (RowOperator.Equal, _) => "is",
        (RowOperator.NotEqual, _) => "is not",
        (RowOperator.Less, true) => "is before",
        (RowOperator.LessOrEqual, true) => "is at or before",
        (RowOperator.Greater, true) => "is after",
        (RowOperator.GreaterOrEqual, true) => "is at or after",
        (RowOperator.Less, _) => "is less than",
        (RowOperator.LessOrEqual, _) => "is at most",
        (RowOperator.Greater, _) => "is greater than",
        (RowOperator.GreaterOrEqual, _) => "is at least",
        var (other, _) => Symbol(other),
    };

    /// <summary>Whether a value is compared with.</summary>
    public static bool TakesValue(RowOperator @operator) => @operator is not (RowOperator.IsNull or RowOperator.IsNotNull);

    private static bool IsTime(FieldType type) => type is FieldType.Date or FieldType.Time or FieldType.Timestamp;
}
