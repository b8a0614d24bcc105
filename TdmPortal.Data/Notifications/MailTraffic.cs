namespace TdmPortal.Data.Notifications;

/// <summary>What became of the mails, for administrators.</summary>
/// <param name="SentToday">In the last 24 hours.</param>
/// <param name="Failures">The last ones that were given up or wait for another attempt, newest first.</param>
public sealed record MailTraffic(long Waiting, long SentToday, long Failed, IReadOnlyList<MailFailure> Failures);
