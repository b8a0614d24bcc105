using System.Globalization;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Postgres;

/// <summary>How a column is read as its field.</summary>
/// <param name="Expression">What is selected.</param>
/// <param name="Read">What that gives, with the type that comes over the wire.</param>
/// <param name="Description">What readers are told.</param>
/// <param name="IsNarrowed">Whether its numbers may have more digits than the field; such a one comes as NaN, which cannot be read.</param>
internal sealed record SelectedColumn(string Expression, ColumnDescription Read, ColumnDescription Description, bool IsNarrowed)
{
    public static SelectedColumn Of(FieldDefinition field, ServerColumn column)
    {
        var description = new ColumnDescription(field.Name, field.Type, !column.NotNull)
        {
            ColumnName = column.Name,
            Precision = field.Precision ?? 18,
            Scale = field.Scale ?? 2,
            MaxLength = field.Type == FieldType.String ? field.MaxLength : null,
            IsArray = field.Array is not null,
            SqlType = "",
        };
        description = description with { SqlType = field.SqlType ?? SqlSchema.BaseType(description) };
        var name = SqlSchema.Quote(column.Name);
        if (column.IsArray == description.IsArray && PostgresCopyForm.IsBinary(description, column.BaseType, column.IsEnumeration))
        {
            var read = description with { SqlType = PostgresCopyForm.SqlType(column.IsEnumeration ? "text" : column.BaseType, column.IsArray) };
            return Narrowed(description, column) is { } digits && !column.IsArray
                ? new(string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {name} = round({name}, {description.Scale}) AND abs({name}) < 1e{digits} THEN {name} WHEN {name} IS NOT NULL THEN 'NaN' END"), read, description, true)
                : new(name, read, description, false);
        }

        var type = SqlSchema.BaseType(description with { MaxLength = null });
        return new($"{name}::{type}", description with { SqlType = type }, description, false);
    }

    /// <summary>Digits before the point that the field has, where the column may hold more of them, or more behind it.</summary>
    private static int? Narrowed(ColumnDescription field, ServerColumn column)
    {
        if (column.BaseType != "numeric")
            return null;
        var (precision, scale) = field.Type == FieldType.Decimal ? (field.Precision, field.Scale) : (18, 0);
        var (declared, behind) = ((column.Modifier - 4) >> 16 & 0xFFFF, (column.Modifier - 4) & 0x7FF);
        return column.Modifier >= 4 && behind < 1024 && behind <= scale && declared - behind <= precision - scale ? null : precision - scale;
    }
}
