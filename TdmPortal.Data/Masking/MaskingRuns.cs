using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Masking;

/// <summary>Runs of masking policies: asking for one, trying a draft on a sample, and what came of them.</summary>
public sealed class MaskingRuns(PortalDatabase database)
{
    private const int MostListed = 200;

    /// <exception cref="NotFoundException"/>
    public async Task<MaskingRunRecord> GetAsync(Actor actor, Guid id, CancellationToken cancellation) => await FindAsync(actor, runs => runs.Where(run => run.Id == id), cancellation) ?? throw new NotFoundException("The masking run");

    /// <summary>The run that made a version; null where none did.</summary>
    public Task<MaskingRunRecord?> OfVersionAsync(Actor actor, Guid versionId, CancellationToken cancellation) => FindAsync(actor, runs => runs.Where(run => run.VersionId == versionId), cancellation);

    /// <summary>Runs and trials, newest first.</summary>
    /// <param name="policyId">Of one policy; null: of all.</param>
    public Task<IReadOnlyList<MaskingRunSummary>> ListAsync(Actor actor, Guid? policyId, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<MaskingRunSummary>>(actor, async (context, token) =>
        await SummariesAsync(context, context.Set<StoredMaskingRun>().Where(run => run.TeamId == actor.TeamId && (policyId == null || run.PolicyId == policyId)), MostListed, token), cancellation);

    internal static async Task<List<MaskingRunSummary>> SummariesAsync(PortalContext context, IQueryable<StoredMaskingRun> runs, int most, CancellationToken cancellation) => await runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(most)
        .Select(run => new MaskingRunSummary(run.Id, run.PolicyId, run.PolicyName, run.PolicyVersion, run.Kind,
            // A job that was cancelled or given up before it began leaves the run as it was.
            run.TookSeconds == null && context.Set<Job>().Any(job => job.Id == run.JobId && (job.State == Job.Failed || job.State == Job.Cancelled)) ? StoredMaskingRun.Failed : run.State,
            run.Verdict, run.JobId, run.DatasetId, context.Set<Dataset>().Where(dataset => dataset.Id == run.DatasetId).Select(dataset => dataset.Name).FirstOrDefault(),
            run.VersionId, context.Set<DatasetVersion>().Where(version => version.Id == run.VersionId).Select(version => (int?)version.Number).FirstOrDefault(), run.RowCount, run.StartedBy, run.StartedAt, run.TookSeconds)).ToListAsync(cancellation);

    private Task<MaskingRunRecord?> FindAsync(Actor actor, Func<IQueryable<StoredMaskingRun>, IQueryable<StoredMaskingRun>> which, CancellationToken cancellation) => database.ReadAsync<MaskingRunRecord?>(actor, async (context, token) =>
    {
        var found = which(context.Set<StoredMaskingRun>().Where(run => run.TeamId == actor.TeamId));
        if (await found.AsNoTracking().FirstOrDefaultAsync(token) is not { } run)
            return null;
        var summary = (await SummariesAsync(context, context.Set<StoredMaskingRun>().Where(row => row.Id == run.Id), 1, token))[0];
        return new MaskingRunRecord(summary, StoredJson.Read<List<ColumnDecision>>(run.Decisions), StoredJson.Read<List<IdentityGroup>>(run.Identities), run.KeyNumber, run.OpenColumns, run.Error);
    }, cancellation);
}
