namespace TdmPortal.Data.Notifications;

/// <summary>A host that webhooks may call wherever it is.</summary>
public sealed record AllowedHost(string Host, string AllowedBy, DateTimeOffset AllowedAt);
