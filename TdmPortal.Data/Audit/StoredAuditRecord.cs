namespace TdmPortal.Data.Audit;

/// <summary>A row of <c>portal.audit_record</c>; written by <c>portal.append_audit</c> alone.</summary>
internal sealed class StoredAuditRecord
{
    public long Number { get; set; }
    public DateTimeOffset At { get; set; }
    public Guid? UserId { get; set; }
    public string UserName { get; set; } = "";
    public string Action { get; set; } = "";
    public Guid? TeamId { get; set; }
    public string? ObjectKind { get; set; }
    public string? ObjectId { get; set; }
    public string? ObjectName { get; set; }
    public string Channel { get; set; } = "";
    public string? Address { get; set; }
    public string? Before { get; set; }
    public string? After { get; set; }
    public string? Details { get; set; }
    public byte[] PreviousHash { get; set; } = [];
    public byte[] Hash { get; set; } = [];
}
