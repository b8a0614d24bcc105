using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Formats;

/// <summary>The rows of a source to a stream, in any format, batch by batch, in constant memory.</summary>
public static class SourceWriter
{
    private const int BatchRows = 2048;

    /// <summary>Writes all rows of an entity. Blocks; call it where blocking is fine.</summary>
    /// <param name="columns">What is written: the entity's first ones; those behind them are for passes alone.</param>
    /// <param name="tableName">For the SQL formats, as <see cref="SqlSchema.TableName"/> gives it; ignored by the others.</param>
    /// <param name="passes">What looks at the rows on their way; they may read any column of the entity.</param>
    /// <param name="progress">Called with the number of rows since the last call.</param>
    /// <returns>The number of rows.</returns>
    public static long Write(RowSource source, SourceEntity entity, IReadOnlyList<ColumnDescription> columns, string tableName, RowFormat format, Stream output, IReadOnlyList<RowPass>? passes = null, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        using var reader = source.Open(entity, [.. Enumerable.Range(0, entity.Columns.Count)], 0, null, cancellation);
        var buffer = new ByteBuffer();
        var writer = RowWriter.For(format, tableName, columns, 0);
        writer.Begin(buffer);
        var batch = new Column[entity.Columns.Count];
        var segments = Begin(passes);
        long rows = 0;
        for (int count; (count = reader.Read((int)Math.Min(BatchRows, RowPass.SegmentRows - (rows % RowPass.SegmentRows)))) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var place = 0; place < batch.Length; place++)
                batch[place] = reader.Batch[place];
            foreach (var segment in segments)
                segment.Add(rows, batch, count);
            writer.Write(buffer, batch.AsSpan(0, columns.Count), count, rows);
            output.Write(buffer.Written);
            buffer.Clear();
            rows += count;
            progress?.Invoke(count);
            if (rows % RowPass.SegmentRows == 0)
                segments = End(passes, segments);
        }

        _ = End(passes, segments);
        writer.End(buffer, rows);
        output.Write(buffer.Written);
        return rows;
    }

    private static SegmentPass[] Begin(IReadOnlyList<RowPass>? passes) => [.. (passes ?? []).Select(pass => pass.Begin())];

    private static SegmentPass[] End(IReadOnlyList<RowPass>? passes, SegmentPass[] segments)
    {
        for (var i = 0; i < segments.Length; i++)
            passes![i].Take(segments[i]);
        return Begin(passes);
    }
}
