namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.webhook_delivery</c>.</summary>
internal sealed class StoredWebhookDelivery
{
    public const string Waiting = "waiting", Delivered = "delivered", Failed = "failed";

    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid WebhookId { get; set; }
    /// <summary>Null: a test.</summary>
    public Guid? NoticeId { get; set; }
    public string Kind { get; set; } = "";
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string State { get; set; } = Waiting;
    public int Attempts { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public string Tries { get; set; } = "[]";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}
