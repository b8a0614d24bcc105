using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Notifications;

namespace TdmPortal.Data.Quality;

/// <summary>Makes reports of versions: with which rules and against which reference, and what is kept of them.</summary>
public sealed partial class VersionInspector(PortalDatabase database, TimeProvider time, ILogger<VersionInspector> log)
{
    private const int MostWorst = 5;

    /// <summary>Reads what a version is held to. Its rows then go through the passes of <see cref="VersionInspection.Inspection"/>.</summary>
    /// <param name="referenceId">The version to compare with; null: the one reported on before this one, if any.</param>
    internal Task<VersionInspection> BeginAsync(DatasetVersion version, SchemaDocument document, IReadOnlyList<SourceEntity> entities, QualityLevel level, Guid? referenceId, CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
    {
        var (rules, rulesVersion) = await QualityRuleStore.ForAsync(context, version.TeamId, version.SchemaId, document, token);
        var now = time.GetUtcNow();
        var accepted = await context.Set<StoredAcceptedFinding>().Where(finding => finding.DatasetId == version.DatasetId && finding.ExpiresAt > now).Select(finding => new { finding.Kind, finding.Name }).ToListAsync(token);
        var reports = context.Set<StoredQualityReport>().Where(report => report.DatasetId == version.DatasetId && report.VersionId != null && report.VersionId != version.Id);
        var before = await reports.Where(report => report.VersionNumber < version.Number).OrderByDescending(report => report.VersionNumber).FirstOrDefaultAsync(token);
        var reference = level == QualityLevel.Basic ? null : await reports.Where(report => referenceId != null ? report.VersionId == referenceId : report.VersionNumber < version.Number)
            .Join(context.Set<StoredQualityDetail>().Where(detail => detail.Profile != null), report => report.Id, detail => detail.ReportId, (report, detail) => new { report.VersionNumber, detail.Profile })
            .OrderByDescending(row => row.VersionNumber).FirstOrDefaultAsync(token);
        return new VersionInspection(version, new Inspection(document, entities, rules, level, version.AsOf), level, rules, rulesVersion, accepted.Select(one => (one.Kind, one.Name)).ToHashSet(),
            before is null ? null : StoredJson.Read<List<MetricScore>>(before.Metrics), reference is null ? null : (reference.VersionNumber, reference.Profile!));
    }, cancellation);

    /// <summary>The report of a version that is ready or about to be.</summary>
    /// <param name="source">The same rows, for what has to be read again.</param>
    internal static Task<QualityReport> CompleteAsync(VersionInspection inspection, RowSource source, Action<string>? step, CancellationToken cancellation) => Task.Run(() =>
    {
        var reference = inspection.Reference is { } known ? (string.Create(CultureInfo.InvariantCulture, $"version {known.Number}"), known.Profile) : ((string, byte[])?)null;
        return inspection.Inspection.Complete(source, reference, step, cancellation);
    }, cancellation);

    /// <summary>As <see cref="CompleteAsync"/>; null where it cannot be had: a version without a report is better than none.</summary>
    internal async Task<QualityReport?> TryCompleteAsync(VersionInspection inspection, RowSource source, Action<string>? step, CancellationToken cancellation)
    {
        try
        {
            return await CompleteAsync(inspection, source, step, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            NoReport(fault, inspection.Version.Id);
            return null;
        }
    }

    /// <summary>A plan's entities as its version will have them.</summary>
    internal static IReadOnlyList<SourceEntity> EntitiesOf(GenerationPlan plan) => [.. plan.Entities.Select(PlanSource.Describe)];

    /// <summary>Puts a report in the place of the version's former one, and tells what must be told; in the caller's transaction.</summary>
    /// <param name="isReady">Whether the version is kept: else the report is all that will be known of it.</param>
    internal async Task StoreAsync(PortalContext context, VersionInspection inspection, QualityReport report, TimeSpan took, string origin, string by, bool isReady, CancellationToken cancellation)
    {
        var (version, now) = (inspection.Version, time.GetUtcNow());
        var versionId = isReady ? version.Id : (Guid?)null;
        if (isReady)
            await context.Set<StoredQualityReport>().Where(former => former.VersionId == version.Id).ExecuteDeleteAsync(cancellation);
        var obstacles = inspection.Obstacles(report);
        var stored = new StoredQualityReport
        {
            Id = inspection.ReportId, TeamId = version.TeamId, DatasetId = version.DatasetId, VersionId = versionId, VersionNumber = version.Number, Level = report.Level, Score = report.Score,
            Metrics = StoredJson.Write(report.Metrics), Worst = StoredJson.Write(Worst(report)), Rules = report.Rules.Count, FailedRules = report.Rules.Count(result => !result.Holds), MissingScenarios = report.Scenarios.Count(scenario => !scenario.Holds),
            Passed = obstacles.Count == 0, RulesVersion = inspection.RulesVersion, ReferenceNumber = inspection.Reference?.Number, RowCount = report.Entities.Sum(entity => entity.Rows), TookSeconds = took.TotalSeconds, Origin = origin, CreatedBy = by, CreatedAt = now,
        };
        context.Add(stored);
        await context.SaveChangesAsync(cancellation);
        context.Add(new StoredQualityDetail { ReportId = stored.Id, TeamId = version.TeamId, VersionId = versionId, Report = StoredJson.Write(report), Profile = inspection.Inspection.Profile });
        await context.SaveChangesAsync(cancellation);
        await AlertAsync(context, inspection, report, obstacles, isReady, cancellation);
    }

    private static async Task AlertAsync(PortalContext context, VersionInspection inspection, QualityReport report, IReadOnlyList<string> obstacles, bool isReady, CancellationToken cancellation)
    {
        var version = inspection.Version;
        var before = inspection.MetricsBefore is { } former ? QualityScores.Comparable(former, report.Metrics) : null;
        var tooFar = before - report.Score > inspection.Rules.AlertFall;
        // Of one that the gate stopped, the failed refresh is told.
        if (!isReady || (obstacles.Count == 0 && !tooFar))
            return;
        var dataset = await context.Set<Dataset>().Where(dataset => dataset.Id == version.DatasetId).Select(dataset => dataset.Name).SingleAsync(cancellation);
        var title = tooFar ? string.Create(CultureInfo.InvariantCulture, $"Quality of {dataset} fell from {before:P0} to {report.Score:P0} with version {version.Number}")
            : string.Create(CultureInfo.InvariantCulture, $"{dataset} version {version.Number} does not keep {obstacles.Count} {(obstacles.Count == 1 ? "thing" : "things")} that {(obstacles.Count == 1 ? "is" : "are")} asked of it");
        await Notices.AddAsync(context, new Notice(NoticeKind.QualityBelowThreshold, version.TeamId, title, string.Join("\n", obstacles.Take(5)), string.Create(CultureInfo.InvariantCulture, $"/datasets/{version.DatasetId}/quality?version={version.Number}")) { DatasetId = version.DatasetId }, cancellation);
    }

    private static List<WorstColumn> Worst(QualityReport report) => [.. report.Entities.SelectMany(entity => entity.Columns.Select(column => new { Place = $"{entity.Name}.{column.Profile.Name}", Score = column.Metrics.Min(metric => metric.Value) }))
        .Where(column => column.Score < 1).OrderBy(column => column.Score).Take(MostWorst).Select(column => new WorstColumn(column.Place, column.Score!.Value))];

    [LoggerMessage(LogLevel.Error, "No quality report could be made of version {Version}")]
    private partial void NoReport(Exception fault, Guid version);
}
