using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>What readers of an entity's rows are told.</summary>
internal static class ColumnDescriptions
{
    public static IReadOnlyList<ColumnDescription> Of(EntityNode entity) => [.. entity.Fields.Select(Of)];

    private static ColumnDescription Of(FieldNode node)
    {
        var field = node.Definition;
        var column = new ColumnDescription(field.Name, field.Type, node.Nullable)
        {
            ColumnName = field.Column ?? field.Name,
            Precision = field.Precision ?? 18,
            Scale = field.Scale ?? 2,
            MaxLength = field.Type == FieldType.String ? field.MaxLength : null,
            IsArray = field.Array is not null,
            SqlType = "",
        };
        return column with { SqlType = field.SqlType ?? SqlSchema.BaseType(column) };
    }
}
