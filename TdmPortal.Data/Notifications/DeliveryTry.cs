namespace TdmPortal.Data.Notifications;

/// <summary>One call of a webhook.</summary>
/// <param name="Status">What the receiver answered; null: it did not.</param>
/// <param name="Error">What went wrong; null: nothing.</param>
public sealed record DeliveryTry(DateTimeOffset At, int? Status, string? Error, int Milliseconds);
