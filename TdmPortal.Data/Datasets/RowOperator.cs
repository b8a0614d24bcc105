namespace TdmPortal.Data.Datasets;

/// <summary>What a filter chip compares.</summary>
public enum RowOperator
{
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, StartsWith, Contains, IsNull, IsNotNull,
}
