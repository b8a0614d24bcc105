using TdmPortal.Core.Quality;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Quality;

/// <summary>The making of a version's report, with all that it is held to.</summary>
/// <param name="RulesVersion">0: derived from the schema.</param>
/// <param name="Accepted">Kind and name of findings that are known.</param>
/// <param name="MetricsBefore">Of the version before; null: nobody knows.</param>
/// <param name="Reference">The version that it is compared with, and its profile.</param>
internal sealed record VersionInspection(DatasetVersion Version, Inspection Inspection, QualityLevel Level, QualityRules Rules, int RulesVersion, IReadOnlySet<(string Kind, string Name)> Accepted, IReadOnlyList<MetricScore>? MetricsBefore, (int Number, byte[] Profile)? Reference)
{
    /// <summary>The id that the report will have.</summary>
    public Guid ReportId { get; } = Guid.CreateVersion7();

    /// <summary>Why the version must not go live. What a schema's generators would make is asked of generated rows only: masked ones are held to what people wrote down.</summary>
    public IReadOnlyList<string> Obstacles(QualityReport report) => Version.Origin == DatasetVersion.Masked && RulesVersion == 0 ? [] : report.Obstacles(Rules, (kind, name) => Accepted.Contains((kind, name)));
}
