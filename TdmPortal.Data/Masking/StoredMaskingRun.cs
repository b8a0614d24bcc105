namespace TdmPortal.Data.Masking;

/// <summary>A row of <c>portal.masking_run</c>.</summary>
internal sealed class StoredMaskingRun
{
    public const string Run = "run", Trial = "trial";
    public const string Waiting = "waiting", Running = "running", Stopped = "stopped", Failed = "failed", Proved = "proved", Unproved = "unproved";

    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    /// <summary>Null: the policy was removed.</summary>
    public Guid? PolicyId { get; set; }
    public string PolicyName { get; set; } = "";
    /// <summary>0: a draft that was tried.</summary>
    public int PolicyVersion { get; set; }
    /// <summary><see cref="Core.Masking.MaskingPolicy"/> as JSON, as it was run.</summary>
    public string Policy { get; set; } = "{}";
    public string Kind { get; set; } = Run;
    public string State { get; set; } = Waiting;
    public string? Verdict { get; set; }
    public Guid? SourceId { get; set; }
    public Guid? DatasetId { get; set; }
    public Guid? VersionId { get; set; }
    public Guid JobId { get; set; }
    public int KeyNumber { get; set; }
    /// <summary><see cref="Core.Masking.ColumnDecision"/>s as JSON.</summary>
    public string Decisions { get; set; } = "[]";
    /// <summary><see cref="Core.Masking.IdentityGroup"/>s as JSON.</summary>
    public string Identities { get; set; } = "[]";
    /// <summary>Personal columns (entity.field) that a lead must sign off before the version goes live.</summary>
    public string[] OpenColumns { get; set; } = [];
    public string? Drift { get; set; }
    public string? Proof { get; set; }
    public string? Error { get; set; }
    public long RowCount { get; set; }
    public string StartedBy { get; set; } = "";
    public DateTimeOffset StartedAt { get; set; }
    public double? TookSeconds { get; set; }
}
