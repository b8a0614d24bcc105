namespace TdmPortal.Data.Notifications;

/// <summary>A mail that this node sends now.</summary>
/// <param name="Id">The same at each attempt, so that a mail server can tell a mail that it already has.</param>
/// <param name="Attempt">From 1.</param>
public sealed record QueuedMail(Guid Id, Guid NoticeId, int Attempt, string Address, string Team, string Title, string Text);
