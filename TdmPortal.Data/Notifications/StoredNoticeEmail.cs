namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.notice_email</c>.</summary>
internal sealed class StoredNoticeEmail
{
    public const string Waiting = "waiting", Sent = "sent", Failed = "failed";

    public Guid Id { get; set; }
    public Guid NoticeId { get; set; }
    public Guid TeamId { get; set; }
    public Guid UserId { get; set; }
    public string State { get; set; } = Waiting;
    public int Attempts { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}
