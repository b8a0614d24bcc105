using System.Runtime.ExceptionServices;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality;

/// <summary>Reads an entity once for several passes; what they find out does not depend on threads.</summary>
public static class RowPasses
{
    /// <summary>Small enough that a batch's columns stay in the processor's cache.</summary>
    private const int BatchRows = 1024;

    /// <summary>Segments that may wait for an earlier one, besides one for each thread.</summary>
    private const int Ahead = 2;

    /// <summary>Runs them over all rows. Blocks; call it where blocking is fine.</summary>
    /// <param name="threads">At most; one where the source reads no ranges.</param>
    /// <param name="progress">Called now and then with the number of rows that came since the last call; by several threads.</param>
    /// <returns>How many rows there are.</returns>
    public static long Run(RowSource source, SourceEntity entity, IReadOnlyList<RowPass> passes, int threads = 1, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        int[] columns = [.. passes.SelectMany(pass => pass.Columns).Distinct().Order()];
        if (!source.ReadsRanges || entity.Rows is not { } rows)
            return Whole(source, entity, columns, passes, progress, cancellation);
        var segments = (rows + RowPass.SegmentRows - 1) / RowPass.SegmentRows;
        threads = (int)Math.Clamp(Math.Min(threads, segments), 1, 64);
        var merge = new SegmentMerge(passes, threads + Ahead);
        var taken = 0L;
        var read = 0L;
        ExceptionDispatchInfo? failure = null;
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new(Work) { IsBackground = true, Name = "quality" };
            others[i].Start();
        }

        Work();
        foreach (var other in others)
            other.Join();
        failure?.Throw();
        return read;

        void Work()
        {
            try
            {
                for (long segment; (segment = Interlocked.Increment(ref taken) - 1) < segments;)
                {
                    var first = segment * RowPass.SegmentRows;
                    var parts = merge.Begin(segment, cancellation);
                    using var reader = source.Open(entity, columns, first, Math.Min(RowPass.SegmentRows, rows - first), cancellation);
                    Interlocked.Add(ref read, Segment(reader, new Column?[entity.Columns.Count], columns, parts, first, progress, cancellation));
                    merge.End(segment, parts);
                }
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                merge.Stop();
            }
        }
    }

    private static long Whole(RowSource source, SourceEntity entity, int[] columns, IReadOnlyList<RowPass> passes, Action<long>? progress, CancellationToken cancellation)
    {
        using var reader = source.Open(entity, columns, 0, null, cancellation);
        var batch = new Column?[entity.Columns.Count];
        var rows = 0L;
        while (true)
        {
            SegmentPass[] parts = [.. passes.Select(pass => pass.Begin())];
            var read = Segment(reader, batch, columns, parts, rows, progress, cancellation);
            for (var pass = 0; pass < parts.Length; pass++)
                passes[pass].Take(parts[pass]);
            rows += read;
            if (read < RowPass.SegmentRows)
                return rows;
        }
    }

    /// <summary>Reads to the end of a segment, or of the rows.</summary>
    private static long Segment(RowReader reader, Column?[] batch, int[] columns, IReadOnlyList<SegmentPass> parts, long first, Action<long>? progress, CancellationToken cancellation)
    {
        var read = 0;
        while (read < RowPass.SegmentRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = reader.Read(Math.Min(BatchRows, RowPass.SegmentRows - read));
            if (count == 0)
                break;
            for (var place = 0; place < columns.Length; place++)
                batch[columns[place]] = reader.Batch[place];
            foreach (var part in parts)
                part.Add(first + read, batch, count);
            read += count;
            progress?.Invoke(count);
        }

        return read;
    }
}
