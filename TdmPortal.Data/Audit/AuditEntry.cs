using TdmPortal.Core.Audit;

namespace TdmPortal.Data.Audit;

/// <summary>One record, as it is shown and exported.</summary>
/// <param name="Number">Its place in the chain, from 1.</param>
/// <param name="Before">JSON, of settings.</param>
/// <param name="After">JSON, of settings.</param>
/// <param name="Details">JSON.</param>
/// <param name="Hash">Hexadecimal.</param>
public sealed record AuditEntry(long Number, DateTimeOffset At, Guid? UserId, string UserName, string Action, Guid? TeamId, string? ObjectKind, string? ObjectId, string? ObjectName,
    AuditChannel Channel, string? Address, string? Before, string? After, string? Details, string Hash);
