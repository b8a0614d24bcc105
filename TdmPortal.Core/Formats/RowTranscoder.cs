using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>Stored rows to a file: reads PostgreSQL's binary COPY and writes any format, batch by batch, in constant memory.</summary>
public static class RowTranscoder
{
    private const int BatchRows = 2048;

    /// <summary>Copies all rows.</summary>
    /// <param name="postgresBinary">What <c>COPY (SELECT …) TO STDOUT (FORMAT binary)</c> gives, columns as described.</param>
    /// <param name="tableName">For the SQL formats, as <see cref="SqlSchema.TableName"/> gives it; ignored by the others.</param>
    /// <returns>The number of rows.</returns>
    public static long Transcode(Stream postgresBinary, string tableName, IReadOnlyList<ColumnDescription> columns, RowFormat format, Stream output, CancellationToken cancellation = default)
    {
        using var reader = new PostgresBinaryReader(postgresBinary, columns);
        var buffer = new ByteBuffer();
        var writer = RowWriter.For(format, tableName, columns, 0);
        writer.Begin(buffer);
        long rows = 0;
        for (var count = BatchRows; count == BatchRows; rows += count)
        {
            cancellation.ThrowIfCancellationRequested();
            count = reader.Read(BatchRows);
            writer.Write(buffer, reader.Batch, count, rows);
            output.Write(buffer.Written);
            buffer.Clear();
        }

        writer.End(buffer, rows);
        output.Write(buffer.Written);
        return rows;
    }
}
