using Microsoft.AspNetCore.Identity;

namespace TdmPortal.Data.Identity;

/// <summary>A person who signs in; the user name is the e-mail address or a plain name such as <c>admin</c>.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Shown in pages.</summary>
    public string DisplayName { get; set; } = "";
    /// <summary>IANA id; null: the browser's.</summary>
    public string? TimeZone { get; set; }
    /// <summary>May not sign in any more; kept because their work names them.</summary>
    public bool Disabled { get; set; }
    /// <summary>The team last worked in.</summary>
    public Guid? CurrentTeamId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
