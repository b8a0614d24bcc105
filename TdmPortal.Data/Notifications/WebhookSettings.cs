using TdmPortal.Core.Notifications;

namespace TdmPortal.Data.Notifications;

/// <summary>What a lead sets of a webhook.</summary>
public sealed record WebhookSettings(string Name, string Url, IReadOnlyList<NoticeKind> Kinds, int MinutesBefore, bool Enabled);
