namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.webhook_host</c>.</summary>
internal sealed class StoredWebhookHost
{
    public string Host { get; set; } = "";
    public string AllowedBy { get; set; } = "";
    public DateTimeOffset AllowedAt { get; set; }
}
