using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Quality;

/// <summary>A report that somebody asked for, of a version that is there: its rows are read under the team's reader role.</summary>
public sealed class QualityWork(PortalDatabase database, JobQueue queue, VersionInspector inspector, TimeProvider time) : IJobWork
{
    public const string KindName = "quality";

    public string Kind => KindName;

    /// <summary>Somebody waits for it, and it takes seconds.</summary>
    public bool IsShort => true;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var input = StoredJson.Read<QualityInput>(job.Input);
        var (version, teamKey) = await database.ReadAsSystemAsync(async (context, token) =>
            (await context.Set<DatasetVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.Id == input.VersionId && version.TeamId == job.TeamId && version.State == DatasetVersion.Ready, token) ?? throw new NotFoundException("The dataset's version"),
            await context.Teams.Where(team => team.Id == job.TeamId).Select(team => team.Key).SingleAsync(token)), cancellation);
        var described = DatasetStore.Describe(version);
        var actor = new Actor(job.StartedById, job.StartedBy, false, job.TeamId, teamKey, TeamRole.Tester);
        var source = new StoredSource(database, actor, version.DatabaseSchema, described.Entities);
        job.Progress.RowsTotal = version.RowCount;
        var inspection = await inspector.BeginAsync(version, described.Document, source.Entities, input.Level, input.ReferenceId, cancellation);
        job.Progress.Step = "Reading rows";
        await Task.Run(() => inspection.Inspection.Read(source, Environment.ProcessorCount, job.Progress.AddRows, cancellation), cancellation);
        var report = await VersionInspector.CompleteAsync(inspection, source, step => job.Progress.Step = step, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
        {
            await inspector.StoreAsync(context, inspection, report, time.GetElapsedTime(started), "asked", job.StartedBy, isReady: true, token);
            if (!await queue.CompleteAsync(context, job, token))
                throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
            await JobQueue.NotifyAsync(context, version.DatasetId, token);
            return true;
        }, cancellation);
    }
}
