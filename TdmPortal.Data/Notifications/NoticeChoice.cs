using TdmPortal.Core.Notifications;

namespace TdmPortal.Data.Notifications;

/// <summary>How somebody wants to be told of one kind.</summary>
/// <param name="MinutesBefore">Of <see cref="NoticeKind.RefreshComingUp"/>: how long before the run.</param>
public sealed record NoticeChoice(NoticeKind Kind, bool InPortal, bool ByEmail, int MinutesBefore);
