using System.Collections.Concurrent;

namespace TdmPortal.Tests.Testing;

/// <summary>The real clock, moved on as a test says; timers that become due by that fire at once.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private readonly ConcurrentDictionary<Shifting, byte> timers = new();
    private long shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref shift));

    public void SetUtcNow(DateTimeOffset now) => Advance(now - GetUtcNow());

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref shift, by.Ticks);
        foreach (var timer in timers.Keys)
            timer.FireIfDue(GetUtcNow());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Shifting(this, callback, state, dueTime, period);
        timers[timer] = 0;
        return timer;
    }

    private sealed class Shifting : ITimer
    {
        private readonly ShiftedTime time;
        private readonly ITimer timer;
        private readonly bool once;
        private DateTimeOffset due;

        public Shifting(ShiftedTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.time, once) = (time, period == Timeout.InfiniteTimeSpan);
            due = Due(dueTime);
            timer = System.CreateTimer(callback, state, dueTime, period);
        }

        public void FireIfDue(DateTimeOffset now)
        {
            if (once && now >= due)
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = Due(dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            time.timers.TryRemove(this, out _);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private DateTimeOffset Due(TimeSpan dueTime) => dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.GetUtcNow() + dueTime;
    }
}
