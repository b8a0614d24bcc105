namespace TdmPortal.Data.Notifications;

/// <summary>A line of a webhook's log.</summary>
/// <param name="NextAt">When it is tried again, of one that waits.</param>
/// <param name="Body">As it is sent.</param>
public sealed record WebhookDelivery(Guid Id, string Kind, string Title, DeliveryState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, IReadOnlyList<DeliveryTry> Tries, string Body);
