using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Masking;

/// <summary>Runs of masking policies: asking for one, trying a draft on a sample, and what came of them.</summary>
public sealed class MaskingRuns(PortalDatabase database, MaskingKeys keys, SourceStore sources, UploadPlaces places, TimeProvider time)
{
    private const int MostListed = 200;

    /// <summary>Queues a run: the source's rows, masked, become the next version of a dataset.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">dataset.busy: a job works on this dataset already.</exception>
    /// <exception cref="PortalException">dataset.bad_name, team.quota_exceeded, upload.gone</exception>
    public async Task<Guid> StartAsync(Actor actor, MaskRequest request, CancellationToken cancellation)
    {
        GenerateRules.CheckName(request.Dataset, request.Title);
        var source = await sources.GetAsync(actor, request.SourceId, cancellation);
        var node = await NodeAsync(actor, source, cancellation);
        var (number, _) = await keys.CurrentAsync(actor, cancellation);
        try
        {
            return await database.ChangeAsync(actor, async (context, token) =>
            {
                var policy = await MaskingPolicyStore.FindAsync(context, actor, request.PolicyId, token);
                var version = request.PolicyVersion ?? policy.Version;
                var document = await context.Set<StoredPolicyVersion>().Where(row => row.PolicyId == policy.Id && row.Version == version).Select(row => row.Policy).SingleOrDefaultAsync(token) ?? throw new NotFoundException("The version of the policy");
                await TeamQuotas.DemandAsync(context, actor.TeamId, 0, 0, 1, token);
                var now = time.GetUtcNow();
                var title = string.IsNullOrWhiteSpace(request.Title) ? request.Dataset : request.Title.Trim();
                var dataset = await DatasetStore.FindOrAddAsync(context, actor, request.Dataset, title, source.SchemaId, source.Name, now, token);
                var run = new StoredMaskingRun
                {
                    Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, PolicyId = policy.Id, PolicyName = policy.Name, PolicyVersion = version, Policy = document, Kind = StoredMaskingRun.Run, SourceId = source.Id, DatasetId = dataset.Id,
                    JobId = Guid.CreateVersion7(now), KeyNumber = number, StartedBy = actor.UserName, StartedAt = now,
                };
                context.Add(run);
                var job = new Job
                {
                    Id = run.JobId, TeamId = actor.TeamId, Kind = MaskWork.KindName, Title = $"Mask {source.Name} into {dataset.Name}", ReservedVersions = 1, DatasetId = dataset.Id, DatasetName = dataset.Name, SchemaId = source.SchemaId, ForNode = node,
                    Input = StoredJson.Write(new MaskJobInput(run.Id, actor.TeamKey, source.Name, title, request.Publish)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now,
                };
                await JobQueue.AddAsync(context, job, new { job.Kind, source = source.Name, dataset = dataset.Name, policy = policy.Name, policyVersion = version, keyNumber = number, request.Publish }, token);
                return run.Id;
            }, cancellation);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw DatasetStore.Busy(request.Dataset);
        }
    }

    /// <summary>Queues a trial: a sample of the source is masked by a draft and proved; nothing is stored but the result.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="NotFoundException"/>
    public async Task<Guid> TryAsync(Actor actor, Guid policyId, MaskingPolicy draft, Guid sourceId, CancellationToken cancellation)
    {
        var source = await sources.GetAsync(actor, sourceId, cancellation);
        var node = await NodeAsync(actor, source, cancellation);
        var (number, _) = await keys.CurrentAsync(actor, cancellation);
        return await database.ChangeAsync(actor, async (context, token) =>
        {
            var policy = await MaskingPolicyStore.FindAsync(context, actor, policyId, token);
            var now = time.GetUtcNow();
            var run = new StoredMaskingRun
            {
                Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, PolicyId = policy.Id, PolicyName = policy.Name, PolicyVersion = 0, Policy = StoredJson.Write(draft), Kind = StoredMaskingRun.Trial, SourceId = source.Id,
                JobId = Guid.CreateVersion7(now), KeyNumber = number, StartedBy = actor.UserName, StartedAt = now,
            };
            context.Add(run);
            var job = new Job
            {
                Id = run.JobId, TeamId = actor.TeamId, Kind = TrialWork.KindName, Title = $"Try {policy.Name} on {source.Name}", SchemaId = source.SchemaId, ForNode = node,
                Input = StoredJson.Write(new MaskJobInput(run.Id, actor.TeamKey, source.Name, policy.Name, false)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now,
            };
            await JobQueue.AddAsync(context, job, new { job.Kind, source = source.Name, policy = policy.Name, keyNumber = number }, token);
            return run.Id;
        }, cancellation);
    }

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

    /// <summary>The node that has a source's uploads; null for a database.</summary>
    private Task<string?> NodeAsync(Actor actor, SourceRecord source, CancellationToken cancellation) => places.OfAsync(actor.TeamId, [.. source.Settings.Files.Select(file => file.Upload)], cancellation);

    private Task<MaskingRunRecord?> FindAsync(Actor actor, Func<IQueryable<StoredMaskingRun>, IQueryable<StoredMaskingRun>> which, CancellationToken cancellation) => database.ReadAsync<MaskingRunRecord?>(actor, async (context, token) =>
    {
        var found = which(context.Set<StoredMaskingRun>().Where(run => run.TeamId == actor.TeamId));
        if (await found.AsNoTracking().FirstOrDefaultAsync(token) is not { } run)
            return null;
        var summary = (await SummariesAsync(context, context.Set<StoredMaskingRun>().Where(row => row.Id == run.Id), 1, token))[0];
        return new MaskingRunRecord(summary, StoredJson.Read<List<ColumnDecision>>(run.Decisions), StoredJson.Read<List<IdentityGroup>>(run.Identities), run.KeyNumber, run.OpenColumns, run.Error)
        {
            SourceId = run.SourceId,
            IsRefresh = await context.Set<StoredRefreshRun>().AnyAsync(refresh => refresh.MaskingRunId == run.Id, token),
            Title = StoredJson.Read<MaskingPolicy>(run.Policy).Title ?? run.PolicyName,
            Proof = run.Proof is null ? null : StoredJson.Read<MaskingProof>(run.Proof),
            Drift = run.Drift is null ? [] : StoredJson.Read<List<ColumnDrift>>(run.Drift),
        };
    }, cancellation);
}
