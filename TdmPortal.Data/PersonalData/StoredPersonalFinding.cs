namespace TdmPortal.Data.PersonalData;

/// <summary>A row of <c>portal.personal_finding</c>.</summary>
internal sealed class StoredPersonalFinding
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    public int VersionNumber { get; set; }
    public string Entity { get; set; } = "";
    public string Field { get; set; } = "";
    public string Kind { get; set; } = "";
    public double Confidence { get; set; }
    public string[] Others { get; set; } = [];
    /// <summary><see cref="Core.PersonalData.PersonalEvidence"/> as JSON.</summary>
    public string Evidence { get; set; } = "[]";
    /// <summary><see cref="PersonalProtection"/> in small letters.</summary>
    public string Protection { get; set; } = "";
    public string? Masker { get; set; }
    /// <summary>The kind that a lead said it is, or that it is none; null: nobody has said.</summary>
    public string? Said { get; set; }
    public DateTimeOffset Since { get; set; }
}
