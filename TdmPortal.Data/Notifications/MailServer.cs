namespace TdmPortal.Data.Notifications;

/// <summary>The mail server as administrators set it; its password is never shown again.</summary>
/// <param name="Encrypted">STARTTLS, and no mail without it.</param>
/// <param name="UserName">Null: it asks for no sign-in.</param>
/// <param name="Sender">The address that mails come from, also with a name: <c>Test data &lt;tdm@example.com&gt;</c>.</param>
/// <param name="PortalAddress">Where links lead: scheme and host.</param>
public sealed record MailServer(string Host, int Port, bool Encrypted, string? UserName, string Sender, string PortalAddress)
{
    /// <summary>Whether a password is kept.</summary>
    public bool HasPassword { get; init; }

    public string ChangedBy { get; init; } = "";

    public DateTimeOffset ChangedAt { get; init; }
}
