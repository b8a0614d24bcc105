namespace TdmPortal.Data.PersonalData;

/// <summary>A row of <c>portal.personal_sign_off</c>.</summary>
internal sealed class StoredSignOff
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    public string Entity { get; set; } = "";
    public string Field { get; set; } = "";
    public string Reason { get; set; } = "";
    public string SignedBy { get; set; } = "";
    public DateTimeOffset SignedAt { get; set; }
}
