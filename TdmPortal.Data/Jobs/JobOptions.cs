namespace TdmPortal.Data.Jobs;

/// <summary>How this node takes part in long work.</summary>
public sealed record JobOptions
{
    /// <summary>Named in the job's row; need not be stable.</summary>
    public string Node { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";
    /// <summary>Jobs that this node runs at a time.</summary>
    public int Slots { get; init; } = 2;
    /// <summary>How long a job is its node's own after a heartbeat; another node takes it up after that.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>How often progress is written, the lease renewed and a cancellation noticed.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(400);
    /// <summary>How often a job is taken up again after its node went away, before it fails.</summary>
    public int Attempts { get; init; } = 3;
    /// <summary>How often what was left behind is looked for, and what rules say is done.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Refuses what no node could keep to.</summary>
    /// <exception cref="InvalidOperationException"/>
    public JobOptions Check() =>
        Slots < 1 || Attempts < 1 ? throw new InvalidOperationException("Jobs__Slots and Jobs__Attempts are at least 1.")
        : Heartbeat < TimeSpan.FromMilliseconds(100) || Sweep < TimeSpan.FromSeconds(1) ? throw new InvalidOperationException("Jobs__Heartbeat is at least 00:00:00.1 and Jobs__Sweep at least 00:00:01.")
        : Lease < 10 * Heartbeat ? throw new InvalidOperationException("Jobs__Lease is at least ten times Jobs__Heartbeat: a node that is busy for a moment keeps its jobs.")
        : this;
}
