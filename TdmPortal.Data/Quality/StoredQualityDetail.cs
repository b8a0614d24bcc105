namespace TdmPortal.Data.Quality;

/// <summary>A row of <c>portal.quality_detail</c>: a whole report, and what the next one compares with.</summary>
internal sealed class StoredQualityDetail
{
    public Guid ReportId { get; set; }
    public Guid TeamId { get; set; }
    public Guid? VersionId { get; set; }
    /// <summary><see cref="Core.Quality.QualityReport"/> as JSON.</summary>
    public string Report { get; set; } = "{}";
    public byte[]? Profile { get; set; }
}
