using TdmPortal.Core.Notifications;

namespace TdmPortal.Data.Notifications;

/// <summary>A notice in somebody's inbox.</summary>
/// <param name="Kind">Null: of a later portal.</param>
/// <param name="Link">A path of the portal, in that team.</param>
public sealed record InboxItem(Guid Id, NoticeKind? Kind, Guid TeamId, string Title, string Text, string Link, DateTimeOffset At, bool IsRead);
