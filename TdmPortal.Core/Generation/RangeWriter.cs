using System.Runtime.ExceptionServices;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Generation;

/// <summary>Writes a range of rows batch by batch, by one thread or several; batches reach the stream in order.</summary>
/// <param name="passes">See each batch before it is written; only where one thread writes.</param>
internal sealed class RangeWriter(WorkspacePool workspaces, EntityNode entity, long firstRow, long count, IReadOnlySet<int> leftNull, IReadOnlyList<SegmentPass> passes, Func<RowWriter> newWriter)
{
    /// <summary>Small enough that a batch's columns stay in the processor's cache.</summary>
    private const int BatchRows = 1024;

    /// <summary>Batches in a turn, which is what a thread makes and hands over at once: small enough for the cache, too.</summary>
    private const int BatchesPerTurn = 2;

    /// <summary>Finished turns that may wait for an earlier one, for each thread.</summary>
    private const int TurnsAhead = 4;

    private readonly object gate = new();
    private readonly Dictionary<long, ByteBuffer> finished = [];
    private readonly Stack<ByteBuffer> free = [];
    private long nextTurn;
    private long turnToWrite;
    private int buffers;
    private int mostBuffers;
    private bool isWriting;
    private ExceptionDispatchInfo? failure;

    public void Write(Stream output, int threads, Action<long>? progress, CancellationToken cancellation)
    {
        var frame = new ByteBuffer(4096);
        newWriter().Begin(frame);
        output.Write(frame.Written);
        var turns = (count + TurnRows - 1) / TurnRows;
        threads = (int)Math.Clamp(Math.Min(threads, turns), 1, 256);
        mostBuffers = threads * TurnsAhead;
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
            var rows = new long[BatchRows];
            var columns = new Column[entity.Fields.Length];

            // The buffer before the turn: who has taken a turn must be able to finish it, since the later ones wait for it.
            while (Buffer(cancellation) is { } buffer && Interlocked.Increment(ref nextTurn) - 1 is var turn && turn < turns)
            {
                var end = Math.Min(count, (turn + 1) * TurnRows);
                for (var position = turn * TurnRows; position < end; position += BatchRows)
                    WriteBatch(workspace, writer, buffer, rows.AsSpan(0, (int)Math.Min(BatchRows, end - position)), columns, position);
                HandOver(turn, buffer, output, progress);
            }

            workspaces.Return(workspace);
        }
        catch (Exception exception)
        {
            lock (gate)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
                Monitor.PulseAll(gate);
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
        for (var pass = 0; pass < passes.Count; pass++)
            passes[pass].Add(firstRow + position, columns, rows.Length);
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

    /// <summary>An empty buffer, when not too many wait to be written; null when the work ends early.</summary>
    private ByteBuffer? Buffer(CancellationToken cancellation)
    {
        lock (gate)
        {
            while (free.Count == 0 && buffers == mostBuffers && failure is null && !cancellation.IsCancellationRequested)
                Monitor.Wait(gate, 100);
            if (failure is not null || cancellation.IsCancellationRequested)
                return null;
            if (free.TryPop(out var used))
                return used;
            buffers++;
            return new(1 << 18);
        }
    }

    /// <summary>Takes a finished turn. Who brings the one that is next writes it, and those behind it that are finished, while the others go on.</summary>
    private void HandOver(long turn, ByteBuffer made, Stream output, Action<long>? progress)
    {
        lock (gate)
        {
            finished.Add(turn, made);
            if (isWriting)
                return;
            isWriting = true;
        }

        while (true)
        {
            ByteBuffer? next;
            lock (gate)
            {
                isWriting = finished.Remove(turnToWrite, out next);
                if (next is null)
                    return;
            }

            output.Write(next.Written);
            progress?.Invoke(Math.Min(count, (turnToWrite + 1) * TurnRows));
            next.Clear();
            lock (gate)
            {
                turnToWrite++;
                free.Push(next);
                Monitor.PulseAll(gate);
            }
        }
    }
}
