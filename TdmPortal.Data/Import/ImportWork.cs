using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Import;

/// <summary>Makes the proposal of an import. Uploads are known to one process only, so the job is for that node; when it is gone, another one says so.</summary>
public sealed class ImportWork(PortalDatabase database, JobQueue queue, ImportMaker maker, TimeProvider time) : IJobWork
{
    public const string KindName = "import";

    public string Kind => KindName;

    /// <summary>Somebody waits for it, and it takes seconds as a rule.</summary>
    public bool IsShort => true;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var id = StoredJson.Read<ImportInput>(job.Input).ImportId;
        var import = await database.ReadAsSystemAsync((context, token) => context.Set<StoredImport>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == id && import.TeamId == job.TeamId, token), cancellation)
            ?? throw new NotFoundException("The import");
        var proposal = await maker.MakeAsync(job.TeamId, import.Name, import.Origin, import.SourceId, StoredJson.Read<ImportChoices>(import.Choices), job.Progress, cancellation);
        job.Progress.Step = "Keeping the proposal";
        var (text, now) = (StoredJson.Write(proposal), time.GetUtcNow());
        await database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
        {
            await context.Set<StoredImport>().Where(one => one.Id == id && one.SchemaId == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.Proposal, text).SetProperty(one => one.ChangedAt, now), token);
            context.Audit.Add(AuditAction.ImportProposed, AuditObject.Import(id, import.Name), details: new { fields = proposal.Fields.Count, personal = proposal.Fields.Count(field => field.Finding is not null), proposal.Rows }, team: job.TeamId);
            if (!await queue.CompleteAsync(context, job, token))
                throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
            await JobQueue.NotifyAsync(context, id, token);
            return true;
        }, cancellation);
    }
}
