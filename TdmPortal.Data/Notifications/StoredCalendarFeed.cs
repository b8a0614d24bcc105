namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.calendar_feed</c>.</summary>
internal sealed class StoredCalendarFeed
{
    public Guid TeamId { get; set; }
    public byte[] AddressHash { get; set; } = [];
    public string MadeBy { get; set; } = "";
    public DateTimeOffset MadeAt { get; set; }
}
