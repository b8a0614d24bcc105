using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Postgres;

/// <summary>One COPY into one table: blocks of rows are made ahead, by several threads where the source reads ranges, and sent in order.</summary>
internal sealed class TableCopy(NpgsqlConnection connection, RowSource source, LoadTable table, string into, IReadOnlyList<LoadColumn> columns, int threads)
{
    private const int BatchRows = 1024;

    /// <summary>Rows of a block: enough to make its start negligible, few enough to be held several times.</summary>
    private const int BlockRows = 16 * BatchRows;

    /// <summary>Where a block ends earlier, for rows that are large.</summary>
    private const int MostBytes = 1 << 22;

    private readonly bool binary = columns.All(column => column.IsBinary);
    private readonly int[] places = [.. columns.Select(column => column.Place)];

    /// <returns>Rows sent.</returns>
    public async Task<long> RunAsync(Action<long>? progress, CancellationToken cancellation)
    {
        if (columns.Count == 0)
            return 0;
        var copy = $"COPY {into} ({string.Join(", ", columns.Select(column => SqlSchema.Quote(column.Server.Name)))}) FROM STDIN";
        return binary ? await BinaryAsync(copy, progress, cancellation) : await TextAsync(copy, progress, cancellation);
    }

    private async Task<long> BinaryAsync(string copy, Action<long>? progress, CancellationToken cancellation)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"{copy} (FORMAT binary)", cancellation);
        return await SendAsync(stream, stream.CancelAsync, progress, cancellation);
    }

    private async Task<long> TextAsync(string copy, Action<long>? progress, CancellationToken cancellation)
    {
        await using var writer = await connection.BeginTextImportAsync(copy, cancellation);

        // The bytes are made already; as characters they would be made once more.
        return await SendAsync(((StreamWriter)(TextWriter)writer).BaseStream, () => writer.CancelAsync(), progress, cancellation);
    }

    private async Task<long> SendAsync(Stream stream, Func<Task> abandon, Action<long>? progress, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => Send(stream, progress, cancellation), CancellationToken.None);
        }
        catch
        {
            // Disposing would end the COPY as if all was well.
            try
            {
                await abandon();
            }
            catch (Exception failure) when (ServerFailure.IsOne(failure) || failure is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // The server ended it before, and that is what is being reported.
            }

            throw;
        }
    }

    private long Send(Stream stream, Action<long>? progress, CancellationToken cancellation)
    {
        var frame = Block();
        frame.Begin();
        stream.Write(frame.Written);
        var sent = 0L;
        foreach (var (block, rows) in source.ReadsRanges && table.Entity.Rows is { } all ? Ranges(all, cancellation) : Whole(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(block.Written);
            sent += rows;
            progress?.Invoke(sent);
        }

        frame.Clear();
        frame.End();
        stream.Write(frame.Written);
        return sent;
    }

    /// <summary>Blocks of ranges, as many made at a time as there are threads.</summary>
    private IEnumerable<(PostgresCopyBlock Block, int Rows)> Ranges(long all, CancellationToken cancellation)
    {
        var made = new Queue<Task<(PostgresCopyBlock, int)>>();
        try
        {
            for (long first = 0; first < all || made.Count > 0;)
            {
                for (; first < all && made.Count < Math.Max(1, threads); first += BlockRows)
                {
                    var from = first;
                    made.Enqueue(Task.Run(() => Range(from, Math.Min(BlockRows, all - from), cancellation), CancellationToken.None));
                }

                yield return made.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Left early: what is still under way uses the source.
            foreach (var rest in made)
                ((IAsyncResult)rest).AsyncWaitHandle.WaitOne();
        }
    }

    private (PostgresCopyBlock Block, int Rows) Range(long first, long count, CancellationToken cancellation)
    {
        try
        {
            using var reader = source.Open(table.Entity, places, first, count, cancellation);
            var block = Block();
            return (block, Fill(block, reader, int.MaxValue, cancellation));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new SourceFailedException(failure);
        }
    }

    /// <summary>Blocks of one reading, the next one being made while one is sent.</summary>
    private IEnumerable<(PostgresCopyBlock Block, int Rows)> Whole(CancellationToken cancellation)
    {
        using var reader = Guarded(() => source.Open(table.Entity, places, 0, null, cancellation));
        var (block, spare) = (Block(), Block());
        var next = Task.Run(() => Guarded(() => Fill(block, reader, MostBytes, cancellation)), CancellationToken.None);
        try
        {
            for (int rows; (rows = next.GetAwaiter().GetResult()) > 0;)
            {
                var full = block;
                (block, spare) = (spare, block);
                var empty = block;
                empty.Clear();
                next = Task.Run(() => Guarded(() => Fill(empty, reader, MostBytes, cancellation)), CancellationToken.None);
                yield return (full, rows);
            }
        }
        finally
        {
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
        }
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new SourceFailedException(failure);
        }
    }

    private static int Fill(PostgresCopyBlock block, RowReader reader, int mostBytes, CancellationToken cancellation)
    {
        var rows = 0;
        var batch = new Column[reader.Batch.Count];
        for (int read; rows < BlockRows && block.Written.Length < mostBytes && (read = reader.Read(Math.Min(BatchRows, BlockRows - rows))) > 0; rows += read)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var place = 0; place < batch.Length; place++)
                batch[place] = reader.Batch[place];
            block.Add(batch, read);
        }

        return rows;
    }

    private PostgresCopyBlock Block() => new([.. columns.Select(column => column.Description)], binary);
}
