namespace TdmPortal.Data.Quality;

/// <summary>A row of <c>portal.quality_rules</c>: one version of a team's rules for a schema.</summary>
internal sealed class StoredQualityRules
{
    public Guid TeamId { get; set; }
    public Guid SchemaId { get; set; }
    public int Version { get; set; }
    /// <summary><see cref="Core.Quality.QualityRules"/> as JSON.</summary>
    public string Rules { get; set; } = "{}";
    public string? Note { get; set; }
    public Guid? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
