using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Forms;

/// <summary>All spellings that are known.</summary>
internal static class CellForms
{
    /// <summary>Those of a type, the product's own first where it is one of them.</summary>
    public static IReadOnlyList<CellForm> Of(FieldType type) => type switch
    {
        FieldType.Boolean => BooleanForm.All,
        FieldType.Integer or FieldType.Decimal or FieldType.Double => NumberForm.All,
        FieldType.Date => DateForm.Dates,
        FieldType.Timestamp => DateForm.Timestamps,
        _ => [],
    };

    /// <summary>The form of a name; null: the product's own.</summary>
    public static CellForm? Find(FieldType type, string? name) => name is null ? null : Of(type).FirstOrDefault(form => form.Name == name);
}
