using System.Text;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>Values as people read them in the picker, formatted as in files; a null is empty.</summary>
internal static class SampleText
{
    public static string Of(Column column, int row, FieldType type, int scale)
    {
        if (column.IsNull(row))
            return "";
        if (column is TextColumn text)
            return Encoding.UTF8.GetString(text[row]);
        Span<byte> to = stackalloc byte[TextForm.MaxSize];
        return Encoding.UTF8.GetString(to[..TextForm.Format(to, column, row, type, scale)]);
    }
}
