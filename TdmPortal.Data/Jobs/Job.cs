namespace TdmPortal.Data.Jobs;

/// <summary>A row of <c>portal.job</c>. Claims, leases and progress are written by <see cref="JobQueue"/> in SQL, with the database's clock.</summary>
internal sealed class Job
{
    public const string Pending = "pending", Running = "running", Completed = "completed", Failed = "failed", Cancelled = "cancelled";

    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string Kind { get; set; } = "";
    public string Title { get; set; } = "";
    public string State { get; set; } = Pending;
    public string? Step { get; set; }
    public long RowsDone { get; set; }
    public long RowsTotal { get; set; }
    public double RowsPerSecond { get; set; }
    public double? SecondsLeft { get; set; }
    public Guid? DatasetId { get; set; }
    public string? DatasetName { get; set; }
    public Guid? SchemaId { get; set; }
    /// <summary>What the kind's work reads, JSON.</summary>
    public string Input { get; set; } = "{}";
    /// <summary>The schema document as it was when asked for.</summary>
    public string? Document { get; set; }
    public string? Error { get; set; }
    public Guid StartedById { get; set; }
    public string StartedBy { get; set; } = "";
    public DateTimeOffset QueuedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? Node { get; set; }
    /// <summary>The node that has the uploads which it reads; null: any will do.</summary>
    public string? ForNode { get; set; }
    public int Attempt { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public bool CancelRequested { get; set; }
    /// <summary>What it will add to what the team keeps, as was estimated.</summary>
    public long ReservedRows { get; set; }
    public long ReservedBytes { get; set; }
    public int ReservedVersions { get; set; }
}
