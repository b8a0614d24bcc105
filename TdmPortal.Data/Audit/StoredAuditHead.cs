namespace TdmPortal.Data.Audit;

/// <summary>The row of <c>portal.audit_head</c>: where the chain ends.</summary>
internal sealed class StoredAuditHead
{
    public bool OnlyOne { get; set; }
    public long Number { get; set; }
    public byte[] Hash { get; set; } = [];
}
