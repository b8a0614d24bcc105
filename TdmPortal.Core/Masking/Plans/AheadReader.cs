using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Reads ahead on a thread of its own and masks batches on several, giving them on in their order. For sources that are read from the beginning only.</summary>
internal sealed class AheadReader : RowReader
{
    // Batches that wait, besides one for each thread.
    private const int Ahead = 2;

    private readonly RowReader inner;
    private readonly IReadOnlyList<(int Place, bool Masked)> columns;
    private readonly Slot[] slots;
    private readonly Thread[] threads;
    private readonly SemaphoreSlim free;
    private readonly BlockingCollection<Slot> open = [];
    private readonly CancellationTokenSource stop;
    private readonly Column[] batch;
    private Column[]? own;
    private int[] rows = [];
    private int size;
    private long taken;
    private int from;

    public AheadReader(RowReader inner, MaskWork first, Func<MaskWork> work, IReadOnlyList<(int Place, bool Masked)> columns, int threads, CancellationToken cancellation)
    {
        (this.inner, this.columns) = (inner, columns);
        slots = [new(first), .. Enumerable.Range(1, threads + Ahead - 1).Select(_ => new Slot(work()))];
        free = new(slots.Length, slots.Length);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        batch = new Column[columns.Count];
        this.threads = [Start(Fill, "masking source"), .. Enumerable.Range(0, threads).Select(_ => Start(Mask, "masking"))];
    }

    public override IReadOnlyList<Column> Batch => batch;

    public override int Read(int most)
    {
        if (size == 0)
        {
            size = most;
            rows = [.. Enumerable.Range(0, most)];
            foreach (var thread in threads)
                thread.Start();
        }

        // Batches are as long as the first one asked for; a longer one later is given in several.
        most = Math.Min(most, size);
        if (from > 0 && from == Current().Count)
            Next();
        var slot = Current();
        if (from == 0 && (slot.Count <= most && (slot.Count == most || slot.IsLast)))
        {
            for (var at = 0; at < batch.Length; at++)
                batch[at] = slot.Column(columns[at]);
            from = slot.Count;
            return slot.Count;
        }

        return Pieces(slot, most);
    }

    public override void Dispose()
    {
        stop.Cancel();
        foreach (var thread in threads)
        {
            if (thread.ThreadState.HasFlag(ThreadState.Unstarted))
                continue;
            thread.Join();
        }

        inner.Dispose();
        foreach (var slot in slots)
            slot.Dispose();
        foreach (var column in own ?? [])
            column.Dispose();
        free.Dispose();
        open.Dispose();
        stop.Dispose();
    }

    /// <summary>A piece of a batch, and of the next one where it does not reach.</summary>
    private int Pieces(Slot slot, int most)
    {
        own ??= [.. columns.Select(column => ColumnCopy.Like(slot.Column(column)))];
        var left = slot.Count - from;
        var further = left < most && !slot.IsLast ? Wait(slots[(taken + 1) % slots.Length]) : null;
        var count = Math.Min(most, left + (further?.Count ?? 0));
        for (var at = 0; at < own.Length; at++)
        {
            own[at].Reset(count);
            for (var row = 0; row < count; row++)
                own[at].Take(row, (row < left ? slot : further!).Column(columns[at]), row < left ? from + row : row - left);
            batch[at] = own[at];
        }

        if (count > left || (count == left && further is not null))
        {
            Next();
            from = count - left;
        }
        else
        {
            from += count;
        }

        return count;
    }

    private Slot Current() => Wait(slots[taken % slots.Length]);

    private Slot Wait(Slot slot)
    {
        slot.Done.Wait(stop.Token);
        slot.Failure?.Throw();
        return slot;
    }

    private void Next()
    {
        var slot = slots[taken % slots.Length];
        if (slot.IsLast)
            return;
        slot.Done.Reset();
        taken++;
        from = 0;
        free.Release();
    }

    private static Thread Start(ThreadStart work, string name) => new(work) { IsBackground = true, Name = name };

    private void Fill()
    {
        try
        {
            for (var number = 0L; ; number++)
            {
                free.Wait(stop.Token);
                var slot = slots[number % slots.Length];
                try
                {
                    slot.Take(inner, size, rows);
                }
                catch (Exception failure) when (!stop.IsCancellationRequested)
                {
                    slot.Fail(failure);
                    open.CompleteAdding();
                    return;
                }

                open.Add(slot);
                if (!slot.IsLast)
                    continue;
                open.CompleteAdding();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The reader was disposed or the work cancelled; whoever waits is told by the same token.
        }
    }

    private void Mask()
    {
        try
        {
            foreach (var slot in open.GetConsumingEnumerable(stop.Token))
                slot.Mask();
        }
        catch (OperationCanceledException)
        {
            // As in Fill.
        }
    }

    /// <summary>A batch on its way.</summary>
    private sealed class Slot(MaskWork work) : IDisposable
    {
        private readonly Column?[] columns = new Column?[work.Places.Count];

        public ManualResetEventSlim Done { get; } = new();

        public ExceptionDispatchInfo? Failure { get; private set; }

        public int Count { get; private set; }

        public bool IsLast { get; private set; }

        public void Take(RowReader inner, int most, int[] rows)
        {
            Count = inner.Read(most);
            IsLast = Count < most;
            for (var at = 0; at < columns.Length; at++)
            {
                var column = columns[at] ??= ColumnCopy.Like(inner.Batch[at]);
                column.Gather(inner.Batch[at], rows.AsSpan(0, Count));
            }
        }

        public void Mask()
        {
            try
            {
                if (Count > 0)
                    work.Run(columns!, Count);
                Done.Set();
            }
            catch (Exception failure)
            {
                Fail(failure);
            }
        }

        public void Fail(Exception failure)
        {
            Failure = ExceptionDispatchInfo.Capture(failure);
            Done.Set();
        }

        public Column Column((int Place, bool Masked) wanted) => wanted.Masked ? work.Masked(wanted.Place) : work.Original(wanted.Place);

        public void Dispose()
        {
            Done.Dispose();
            work.Dispose();
            foreach (var column in columns)
                column?.Dispose();
        }
    }
}
