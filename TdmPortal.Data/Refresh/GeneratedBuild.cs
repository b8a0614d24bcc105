using System.Diagnostics;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Refresh;

/// <summary>Rows that are generated from a schema; the same run makes the same bytes.</summary>
internal sealed class GeneratedBuild(JobExecution job, string teamKey, GenerateRequest request, SchemaDocument document, GenerationPlan plan, long bytes, PortalDatabase database, VersionLoader loader, TeamQuotas quotas, VersionInspector inspector) : RefreshBuild
{
    private (DatasetVersion Version, VersionInspection Inspection, List<DatasetEntity> Entities)? loaded;

    public override GenerationPlan Plan => plan;
    public override long Rows => plan.Entities.Sum(entity => entity.Rows);
    public override long Bytes => bytes;

    public override DatasetVersion Describe()
    {
        var described = GenerateWork.Describe(request, Encoding.UTF8.GetString(SchemaWriter.Write(document)), plan);
        described.Origin = "refreshed";
        return described;
    }

    public override async Task<List<DatasetEntity>> LoadAsync(DatasetVersion version, CancellationToken cancellation)
    {
        var inspection = await inspector.BeginAsync(version, document, VersionInspector.EntitiesOf(plan), Enum.Parse<QualityLevel>(version.QualityLevel, ignoreCase: true), null, cancellation);
        var entities = await loader.LoadAsync(plan, version.DatabaseSchema, teamKey, job.Progress, token => quotas.DemandBytesAsync(job.TeamId, job.Id, inner => loader.SizeAsync(version.DatabaseSchema, inner), token), cancellation, entity => inspection.Inspection.PassesOf(entity.Name));
        loaded = (version, inspection, entities);
        return entities;
    }

    public override async Task<RefreshFindings> ValidateAsync(CancellationToken cancellation)
    {
        var (version, inspection, entities) = loaded!.Value;
        var looking = Stopwatch.GetTimestamp();
        var quality = await VersionInspector.CompleteAsync(inspection, new StoredSource(database, null, version.DatabaseSchema, entities), step => job.Progress.Step = step, cancellation);
        return new(inspection, quality, Stopwatch.GetElapsedTime(looking), QualityChecks.Of(inspection, quality));
    }

    public override object Told(DatasetVersion version, Guid run) => new { from = "refreshed", run, version.RowCount, version.Bytes, version.Seed, version.AsOf, version.SchemaVersion, version.EngineVersion };
}
