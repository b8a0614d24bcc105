namespace TdmPortal.Data.Notifications;

/// <summary>Where a delivery to a webhook stands.</summary>
public enum DeliveryState
{
    /// <summary>It is tried now or again later.</summary>
    Waiting,
    /// <summary>The receiver answered with a success.</summary>
    Delivered,
    /// <summary>Given up; it can be replayed.</summary>
    Failed,
}
