namespace TdmPortal.Data.Notifications;

/// <summary>The row of <c>portal.mail_server</c>, there when mails can be sent.</summary>
internal sealed class StoredMailServer
{
    public bool OnlyOne { get; set; } = true;
    public string Host { get; set; } = "";
    public int Port { get; set; }
    public bool Encrypted { get; set; }
    public string? UserName { get; set; }
    /// <summary>Protected by the key ring.</summary>
    public byte[]? Password { get; set; }
    public string Sender { get; set; } = "";
    public string PortalAddress { get; set; } = "";
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
