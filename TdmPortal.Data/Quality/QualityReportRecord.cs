using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

/// <summary>A whole report with its figures.</summary>
public sealed record QualityReportRecord(QualitySummary Summary, QualityReport Report);
