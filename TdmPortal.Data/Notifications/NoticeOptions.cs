namespace TdmPortal.Data.Notifications;

/// <summary>How patiently notices are delivered.</summary>
public sealed record NoticeOptions
{
    /// <summary>How long a delivery may be under way before another node takes it up; longer than any of its time-outs.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Waits after each failed attempt at a mail; after the last one it is given up.</summary>
    public IReadOnlyList<TimeSpan> MailRetries { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>Waits after each failed call of a webhook.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetries { get; init; } = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8)];

    /// <summary>How long a call of a webhook may take.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long sending one mail may take.</summary>
    public TimeSpan MailTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long people find notices in their history.</summary>
    public TimeSpan KeepNotices { get; init; } = TimeSpan.FromDays(180);

    /// <summary>How long deliveries to webhooks can be replayed.</summary>
    public TimeSpan KeepDeliveries { get; init; } = TimeSpan.FromDays(30);
}
