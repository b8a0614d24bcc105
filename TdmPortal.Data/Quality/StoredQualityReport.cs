using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

/// <summary>A row of <c>portal.quality_report</c>: the figures of the latest report of a version.</summary>
internal sealed class StoredQualityReport
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    /// <summary>Null: the version is gone, or never was ready.</summary>
    public Guid? VersionId { get; set; }
    public int VersionNumber { get; set; }
    public QualityLevel Level { get; set; }
    public double? Score { get; set; }
    /// <summary><see cref="Core.Quality.MetricScore"/>s as JSON.</summary>
    public string Metrics { get; set; } = "[]";
    /// <summary><see cref="WorstColumn"/>s as JSON.</summary>
    public string Worst { get; set; } = "[]";
    public int Rules { get; set; }
    public int FailedRules { get; set; }
    public int MissingScenarios { get; set; }
    public bool Passed { get; set; }
    /// <summary>0: derived from the schema.</summary>
    public int RulesVersion { get; set; }
    public int? ReferenceNumber { get; set; }
    public long RowCount { get; set; }
    public double TookSeconds { get; set; }
    /// <summary><c>generated</c>, <c>refreshed</c> or <c>asked</c>.</summary>
    public string Origin { get; set; } = "";
    public string CreatedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
}
