using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>Stored rows to a file: reads PostgreSQL's binary COPY and writes any format, batch by batch, in constant memory.</summary>
public static class RowTranscoder
{
    /// <summary>Copies all rows.</summary>
    /// <param name="postgresBinary">What <c>COPY (SELECT …) TO STDOUT (FORMAT binary)</c> gives, columns as described.</param>
    /// <param name="tableName">For the SQL formats; ignored by the others.</param>
    /// <returns>The number of rows.</returns>
    public static long Transcode(Stream postgresBinary, string tableName, IReadOnlyList<ColumnDescription> columns, RowFormat format, Stream output, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
