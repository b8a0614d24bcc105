namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.webhook</c>. The portal's role may not read <see cref="SigningKey"/>: what it lists is projected.</summary>
internal sealed class StoredWebhook
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string Name { get; set; } = "";
    public string Url { get; set; } = "";
    /// <summary>Protected by the key ring.</summary>
    public byte[] SigningKey { get; set; } = [];
    public string[] Kinds { get; set; } = [];
    public int? MinutesBefore { get; set; }
    public bool Enabled { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
