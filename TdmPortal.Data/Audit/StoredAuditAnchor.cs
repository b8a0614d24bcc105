namespace TdmPortal.Data.Audit;

/// <summary>A row of <c>portal.audit_anchor</c>: the head of the chain at a time, signed.</summary>
internal sealed class StoredAuditAnchor
{
    public long Number { get; set; }
    public byte[] Hash { get; set; } = [];
    public DateTimeOffset AnchoredAt { get; set; }
    public byte[] Signature { get; set; } = [];
}
