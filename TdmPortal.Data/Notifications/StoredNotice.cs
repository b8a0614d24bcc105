namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.notice</c>.</summary>
internal sealed class StoredNotice
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string Kind { get; set; } = "";
    public Guid? DatasetId { get; set; }
    public Guid? ScheduleId { get; set; }
    public Guid? PersonId { get; set; }
    public Guid? AuthorId { get; set; }
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string Link { get; set; } = "";
    public int? MinutesBefore { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ToldAt { get; set; }
}
