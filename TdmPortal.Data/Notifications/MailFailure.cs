namespace TdmPortal.Data.Notifications;

/// <summary>A mail that did not go out.</summary>
/// <param name="NextAt">When it is tried again; null: given up.</param>
public sealed record MailFailure(string UserName, string Title, string Error, int Attempts, DateTimeOffset? NextAt);
