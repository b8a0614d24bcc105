namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.team_login</c>. The password is in none.</summary>
internal sealed class StoredTeamLogin
{
    public Guid TeamId { get; set; }
    public string RoleName { get; set; } = "";
    public string MadeBy { get; set; } = "";
    public DateTimeOffset MadeAt { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
