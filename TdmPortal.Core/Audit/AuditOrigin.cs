namespace TdmPortal.Core.Audit;

/// <summary>Where a request came from.</summary>
/// <param name="Address">The client's network address as the portal knows it; null for what has none.</param>
public sealed record AuditOrigin(AuditChannel Channel, string? Address)
{
    /// <summary>Nobody asked: the portal does it by itself.</summary>
    public static AuditOrigin Portal { get; } = new(AuditChannel.Portal, null);
}
