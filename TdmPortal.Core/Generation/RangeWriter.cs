using System.Runtime.ExceptionServices;
using TdmPortal.Core.Formats;

namespace TdmPortal.Core.Generation;

/// <summary>Writes a range of rows batch by batch, by one thread or several; batches reach the stream in order.</summary>
internal sealed class RangeWriter(WorkspacePool workspaces, EntityNode entity, long firstRow, long count, IReadOnlySet<int> leftNull, Func<RowWriter> newWriter)
{
    /// <summary>Small enough that a batch's columns stay in the processor's cache.</summary>
    private const int BatchRows = 1024;

    /// <summary>Batches that a thread makes before it waits for its turn to write.</summary>
    private const int BatchesPerTurn = 2;

    private long nextTurn;
    private long turnToWrite;
    private ExceptionDispatchInfo? failure;

    public void Write(Stream output, int threads, Action<long>? progress, CancellationToken cancellation)
    {
        var frame = new ByteBuffer(4096);
        newWriter().Begin(frame);
        output.Write(frame.Written);
        var turns = (count + TurnRows - 1) / TurnRows;
        threads = (int)Math.Clamp(Math.Min(threads, turns), 1, 256);
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new(() => Work(output, turns, progress, cancellation)) { IsBackground = true, Name = "generation" };
            others[i].Start();
        }

        Work(output, turns, progress, cancellation);
        foreach (var other in others)
            other.Join();
        failure?.Throw();
        cancellation.ThrowIfCancellationRequested();
        frame.Clear();
        newWriter().End(frame, count);
        output.Write(frame.Written);
    }

    private const long TurnRows = (long)BatchRows * BatchesPerTurn;

    private void Work(Stream output, long turns, Action<long>? progress, CancellationToken cancellation)
    {
        var workspace = workspaces.Rent();
        try
        {
            var writer = newWriter();
            var buffer = new ByteBuffer(1 << 20);
            var rows = new long[BatchRows];
            var columns = new Column[entity.Fields.Length];
            for (long turn; (turn = Interlocked.Increment(ref nextTurn) - 1) < turns && failure is null && !cancellation.IsCancellationRequested;)
            {
                buffer.Clear();
                var end = Math.Min(count, (turn + 1) * TurnRows);
                for (var position = turn * TurnRows; position < end; position += BatchRows)
                    WriteBatch(workspace, writer, buffer, rows.AsSpan(0, (int)Math.Min(BatchRows, end - position)), columns, position);
                if (!Await(turn, cancellation))
                    return;
                output.Write(buffer.Written);
                progress?.Invoke(end);
                lock (this)
                {
                    turnToWrite++;
                    Monitor.PulseAll(this);
                }
            }

            workspaces.Return(workspace);
        }
        catch (Exception exception)
        {
            lock (this)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
                Monitor.PulseAll(this);
            }
        }
    }

    private void WriteBatch(Workspace workspace, RowWriter writer, ByteBuffer buffer, Span<long> rows, Column[] columns, long position)
    {
        for (var i = 0; i < rows.Length; i++)
            rows[i] = firstRow + position + i;
        var frame = workspace.Rent(entity, rows);
        for (var c = 0; c < columns.Length; c++)
            columns[c] = leftNull.Contains(c) ? Nothing(workspace, rows.Length) : frame.Get(c);
        frame.Verify();
        writer.Write(buffer, columns, rows.Length, position);
        workspace.Return(frame);
        workspace.Release(default);
    }

    private static TextColumn Nothing(Workspace workspace, int count)
    {
        var column = workspace.Text(count);
        for (var i = 0; i < count; i++)
            column.AddNull();
        return column;
    }

    private bool Await(long turn, CancellationToken cancellation)
    {
        lock (this)
        {
            while (turnToWrite != turn && failure is null && !cancellation.IsCancellationRequested)
                Monitor.Wait(this, 100);
            return failure is null && !cancellation.IsCancellationRequested;
        }
    }
}
