namespace TdmPortal.Data.Notifications;

/// <summary>A row of <c>portal.notice_choice</c>; without team and schedule it is for all schedules that have none of their own.</summary>
internal sealed class StoredNoticeChoice
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid? TeamId { get; set; }
    public Guid? ScheduleId { get; set; }
    public string Kind { get; set; } = "";
    public bool InPortal { get; set; }
    public bool ByEmail { get; set; }
    public int? MinutesBefore { get; set; }
}
