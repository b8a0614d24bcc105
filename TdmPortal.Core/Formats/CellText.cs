using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>A cell for people's eyes: as in CSV, without quotes.</summary>
internal static class CellText
{
    /// <summary>Null for a null.</summary>
    public static string? Of(Column column, int row, ColumnDescription description)
    {
        if (column.IsNull(row))
            return null;
        if (column is TextColumn text)
            return Encoding.UTF8.GetString(text[row]);
        var buffer = new ByteBuffer(TextForm.MaxSize);
        if (column is ArrayColumn array)
            RowWriter.WriteJsonArray(buffer, array, row, description);
        else
            RowWriter.WritePlain(buffer, column, row, description);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
