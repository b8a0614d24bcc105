namespace TdmPortal.Data.Masking;

/// <summary>A row of <c>portal.masking_policy_version</c>.</summary>
internal sealed class StoredPolicyVersion
{
    public Guid PolicyId { get; set; }
    public int Version { get; set; }
    public Guid TeamId { get; set; }
    /// <summary><see cref="Core.Masking.MaskingPolicy"/> as JSON.</summary>
    public string Policy { get; set; } = "{}";
    public int Rules { get; set; }
    public string? Note { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
