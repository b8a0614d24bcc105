using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>
/// One format: turns column batches into bytes. What stands between two rows goes before the second, so that batches
/// can be written apart from each other, by several threads with a writer each, and put together in order.
/// </summary>
internal abstract class RowWriter(IReadOnlyList<ColumnDescription> columns)
{
    protected ColumnDescription[] Columns { get; } = [.. columns];

    /// <summary>The writer of a format.</summary>
    /// <param name="table">Quoted name of the table, for the SQL formats.</param>
    /// <param name="firstRow">Row number of the first row.</param>
    public static RowWriter For(RowFormat format, string table, IReadOnlyList<ColumnDescription> columns, long firstRow) => format switch
    {
        RowFormat.Csv => new CsvWriter(columns),
        RowFormat.CsvForSpreadsheets => new CsvWriter(columns, forSpreadsheets: true),
        RowFormat.Json => new JsonWriter(columns, lines: false),
        RowFormat.Ndjson => new JsonWriter(columns, lines: true),
        RowFormat.Xml => new XmlWriter(columns),
        RowFormat.SqlInsert => new SqlInsertWriter(table, columns),
        RowFormat.SqlCopy => new SqlCopyWriter(table, columns),
        RowFormat.NumberedPostgresBinary => new PostgresBinaryWriter(columns, firstRow),
        _ => new PostgresBinaryWriter(columns),
    };

    /// <summary>What comes before the first row.</summary>
    public virtual void Begin(ByteBuffer to)
    {
    }

    /// <summary>All rows of a batch.</summary>
    /// <param name="position">Rows written before it.</param>
    public abstract void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position);

    /// <summary>What comes after the last row.</summary>
    /// <param name="rows">Rows written.</param>
    public virtual void End(ByteBuffer to, long rows)
    {
    }

    /// <summary>An array, as JSON text.</summary>
    public static void WriteJsonArray(ByteBuffer to, ArrayColumn array, int row, ColumnDescription column)
    {
        to.Append((byte)'[');
        for (var i = array.Offsets[row]; i < array.Offsets[row + 1]; i++)
        {
            if (i > array.Offsets[row])
                to.Append((byte)',');
            JsonWriter.WriteValue(to, array.Elements, i, column.Type, column.Scale);
        }

        to.Append((byte)']');
    }

    /// <summary>The text of a value that is neither null nor text nor array.</summary>
    public static void WritePlain(ByteBuffer to, Column source, int row, ColumnDescription column) =>
        to.Advance(TextForm.Format(to.Reserve(TextForm.MaxSize), source, row, column.Type, column.Scale));

    /// <summary>Whether a value is written without quotes in JSON and SQL.</summary>
    protected static bool IsBare(FieldType type) => type is FieldType.Integer or FieldType.Decimal or FieldType.Double or FieldType.Boolean;
}
