using TdmPortal.Core.Notifications;

namespace TdmPortal.Data.Notifications;

/// <summary>A program that is told. Its signing key is shown once, when it is made.</summary>
/// <param name="MinutesBefore">Of <see cref="NoticeKind.RefreshComingUp"/>: how long before the run.</param>
/// <param name="LastState">How its last delivery ended; null: there was none.</param>
public sealed record Webhook(Guid Id, string Name, string Url, IReadOnlyList<NoticeKind> Kinds, int MinutesBefore, bool Enabled, string ChangedBy, DateTimeOffset ChangedAt, DeliveryState? LastState);
