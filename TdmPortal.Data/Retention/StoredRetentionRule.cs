namespace TdmPortal.Data.Retention;

/// <summary>A row of <c>portal.retention_rule</c>.</summary>
internal sealed class StoredRetentionRule
{
    public Guid DatasetId { get; set; }
    public Guid TeamId { get; set; }
    public int KeepVersions { get; set; }
    public bool KeepTagged { get; set; }
    public int KeepDays { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>When the schedule last looked whether anything has to go.</summary>
    public DateTimeOffset? LastRunAt { get; set; }

    public RetentionRule ToRule() => new(KeepVersions, KeepTagged, KeepDays);
}
