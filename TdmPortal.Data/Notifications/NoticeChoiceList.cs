namespace TdmPortal.Data.Notifications;

/// <summary>A person's choices, one of each kind that can happen.</summary>
/// <param name="IsOwn">For a schedule: whether it has choices of its own; else those for all schedules are shown.</param>
/// <param name="MailIsPossible">The portal has a mail server.</param>
/// <param name="Email">Where mails go; null: the account has no address.</param>
public sealed record NoticeChoiceList(IReadOnlyList<NoticeChoice> Choices, bool IsOwn, bool MailIsPossible, string? Email);
