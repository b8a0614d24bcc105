namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.inbox_notice</c>: a person's copy of a notice.</summary>
internal sealed class InboxNotice
{
    public Guid UserId { get; set; }
    public Guid NoticeId { get; set; }
    public Guid TeamId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
}
