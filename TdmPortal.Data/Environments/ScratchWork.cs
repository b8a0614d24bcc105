using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Environments;

/// <summary>
/// Fills a scratch copy: what stands there is dropped, and tables, rows, keys and sequences are made anew, all in one
/// transaction. Whatever goes wrong leaves the copy as it was, closed, and a reset tries again.
/// </summary>
public sealed class ScratchWork(PortalDatabase database, JobQueue queue, ScratchSweeper sweeper, TimeProvider time) : IJobWork
{
    public const string KindName = "scratch";

    /// <summary>Rows of one statement: enough to make its start negligible, few enough to show that it goes on.</summary>
    private const long RowsPerStatement = 100_000;

    public string Kind => KindName;

    /// <summary>Somebody waits for it, and it takes seconds.</summary>
    public bool IsShort => true;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var id = StoredJson.Read<ScratchInput>(job.Input).CopyId;
        var (role, version, plan) = await PrepareAsync(job, id, cancellation);
        // Whoever still was in there would hold the tables.
        await sweeper.EndSessionsAsync(role, cancellation);
        job.Progress.RowsTotal = version.Entities.Sum(entity => entity.Rows);
        await database.ChangeAsProvisionerAsync(AuditSource.Of(job), async (work, token) =>
        {
            var copy = await FindAsync(work.Context, job, id, token);
            await FillAsync(work, job.Progress, copy, version, plan, token);
            (copy.State, copy.FilledAt) = (StoredScratchCopy.Ready, time.GetUtcNow());
            copy.Bytes = await work.Context.Database.SqlQuery<long>($"select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as \"Value\" from pg_class c where relnamespace = {copy.SchemaName}::regnamespace and relkind in ('r', 'm', 'S')").SingleAsync(token);
            work.Context.Audit.Add(AuditAction.ScratchFilled, AuditObject.Scratch(id, copy.Name), details: new { version.DatasetName, version.Number, rows = job.Progress.RowsDone, copy.Bytes });
            await work.Context.SaveChangesAsync(token);
            if (!await queue.CompleteAsync(work.Context, job, token))
                throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
            await JobQueue.NotifyAsync(work.Context, id, token);
            return true;
        }, cancellation);
    }

    private async Task<(string Role, StoredVersion Version, GenerationPlan Plan)> PrepareAsync(JobExecution job, Guid id, CancellationToken cancellation)
    {
        var (role, stored, dataset) = await database.ReadAsSystemAsync(async (context, token) =>
        {
            var copy = await context.Set<StoredScratchCopy>().AsNoTracking().SingleOrDefaultAsync(copy => copy.Id == id && copy.TeamId == job.TeamId && copy.State != StoredScratchCopy.Ended, token) ?? throw new NotFoundException("The scratch copy");
            var version = await context.Set<DatasetVersion>().AsNoTracking().SingleAsync(version => version.Id == copy.VersionId, token);
            return (copy.RoleName!, version, await context.Set<Dataset>().Where(dataset => dataset.Id == version.DatasetId).Select(dataset => dataset.Name).SingleAsync(token));
        }, cancellation);
        var record = DatasetStore.Describe(stored);
        var plan = await Task.Run(() => GenerateWork.Compile(record.Document, record.Options), cancellation);
        return (role, Publisher.Stored(stored) with { DatasetName = dataset }, plan);
    }

    private static async Task FillAsync(ProvisionerWork work, JobProgress progress, StoredScratchCopy copy, StoredVersion version, GenerationPlan plan, CancellationToken cancellation)
    {
        var (schema, role) = (copy.SchemaName!, copy.RoleName!);
        Task DoAsync(string sql) => work.DefineAsync(sql, TimeSpan.Zero, cancellation);
        progress.Step = "Creating tables";
        await DoAsync($"set local maintenance_work_mem = '128MB'; {ScratchSql.Empty(schema)}; {ScratchSql.CreateTables(plan, schema, role)}");
        foreach (var entity in version.Entities)
        {
            progress.Step = $"Copying {entity.Name}";
            for (long first = 0; first < entity.Rows; first += RowsPerStatement)
            {
                await DoAsync(ScratchSql.CopyRows(version, entity, schema, first, RowsPerStatement));
                progress.AddRows(Math.Min(RowsPerStatement, entity.Rows - first));
            }
        }

        progress.Step = "Adding keys";
        foreach (var statement in SqlSchema.AddKeys(plan, schema).Concat(ScratchSql.AddSequences(plan, schema)))
            await DoAsync(statement);
        progress.Step = "Opening it";
        await DoAsync($"{ScratchSql.HandOver(plan, schema, role)}; {ScratchSql.Open(role)}");
    }

    private static async Task<StoredScratchCopy> FindAsync(PortalContext context, JobExecution job, Guid id, CancellationToken cancellation) =>
        await context.Set<StoredScratchCopy>().FromSql($"select * from portal.scratch_copy where id = {id} and job_id = {job.Id} and state = 'building' for update").SingleOrDefaultAsync(cancellation) ?? throw new NotFoundException("The scratch copy");
}
