namespace TdmPortal.Data.Datasets;

/// <summary>A condition in the schema's own expression language as SQL.</summary>
internal static class ExpressionFilter
{
    public static string Condition(StoredVersion version, DatasetEntity entity, string expression) => throw new NotImplementedException();
}
