namespace TdmPortal.Data.Notifications;

/// <summary>What a webhook is sent, as JSON; docs/notifications.md describes it.</summary>
/// <param name="Id">The delivery: the same at each attempt and replay.</param>
/// <param name="Kind"><c>refresh_succeeded</c>, …, or <c>test</c>.</param>
/// <param name="Link">A path of the portal.</param>
internal sealed record WebhookBody(Guid Id, string Kind, DateTimeOffset At, WebhookBody.TeamName Team, Guid? DatasetId, Guid? ScheduleId, string Title, string Text, string Link)
{
    internal sealed record TeamName(string Key, string Name);
}
