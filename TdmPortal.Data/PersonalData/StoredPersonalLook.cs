namespace TdmPortal.Data.PersonalData;

/// <summary>A row of <c>portal.personal_look</c>.</summary>
internal sealed class StoredPersonalLook
{
    public Guid DatasetId { get; set; }
    public Guid TeamId { get; set; }
    public Guid VersionId { get; set; }
    public DateTimeOffset LookedAt { get; set; }
}
