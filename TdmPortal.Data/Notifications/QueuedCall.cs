namespace TdmPortal.Data.Notifications;

/// <summary>A call of a webhook that this node makes now.</summary>
/// <param name="SigningKey">Null: it cannot be read any more.</param>
/// <param name="MayBePrivate">An administrator lets webhooks call this host wherever it is.</param>
public sealed record QueuedCall(Guid Id, Guid WebhookId, int Attempt, string Url, string? SigningKey, string Kind, string Body, bool MayBePrivate);
