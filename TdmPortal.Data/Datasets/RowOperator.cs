namespace TdmPortal.Data.Datasets;

/// <summary>What a filter chip compares. <c>StartsWith</c> and <c>Contains</c> look at the value as text (the latter whatever the case); <c>NotEqual</c> includes nulls.</summary>
public enum RowOperator
{
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, StartsWith, Contains, IsNull, IsNotNull,
}
