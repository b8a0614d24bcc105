using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Masking.Proof;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Subsets;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.PersonalData;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Data.Masking;

/// <summary>Gets a run ready: opens its source, looks for drift and personal data, and makes the plan. What stands in the way stops the run before a row is read for masking.</summary>
public sealed class MaskingBench(PortalDatabase database, SourceStore sources, SourceFindings findings, MaskingKeys keys, TimeProvider time)
{
    /// <summary>The code of what stops a run: its source has changed.</summary>
    internal const string Drifted = "masking.drift";

    private static readonly int Threads = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <param name="most">Rows of an entity; null: all.</param>
    /// <exception cref="PortalException">masking.drift, masking.stopped: the run says why.</exception>
    internal async Task<PreparedMasking> PrepareAsync(JobExecution job, Guid runId, long? most, CancellationToken cancellation)
    {
        var run = await BeginAsync(job, runId, cancellation);
        var policy = StoredJson.Read<MaskingPolicy>(run.Policy);
        job.Progress.Step = "Opening the source";
        var source = await sources.OpenAsync(job.TeamId, run.SourceId ?? throw new NotFoundException("The source"), cancellation);
        try
        {
            job.Progress.Step = "Looking for personal data";
            var found = await findings.OfAsync(source, cancellation);
            var result = MaskPlan.Compile(await InputAsync(job.TeamId, run.DatasetId, source, policy, found, await keys.GetAsync(job.TeamId, run.KeyNumber, cancellation), cancellation));
            var drift = DriftOf(policy, source, result);
            if (drift.Count > 0)
                throw await StopAsync(job, run, drift, result, new PortalException(Drifted, $"{source.Name} has changed since the policy {policy.Name} was written: {drift.Count} {(drift.Count == 1 ? "column is" : "columns are")} new or different. Nothing was masked.") { SuggestedActions = ["Open the run, look at what is proposed for these columns and apply it", job.Kind == RefreshWork.KindName ? "The refresh then goes on by itself" : "Then run it again"] }, cancellation);
            if (result.Plan is not { } plan)
                throw await StopAsync(job, run, null, result, new PortalException("masking.stopped", $"The policy {policy.Name} cannot be run on {source.Name}: {result.Problems[0].Message}") { SuggestedActions = [.. result.Problems[0].SuggestedActions, $"Open the policy: it has {result.Problems.Count} {(result.Problems.Count == 1 ? "problem" : "problems")}"] }, cancellation);
            RowSource rows = source.Rows;
            if (policy.Subset is { } subset)
            {
                job.Progress.Step = "Choosing the part that is taken";
                rows = await Task.Run(() => Subset.Take(rows, source.Document, subset, null, cancellation), cancellation);
            }

            if (most is { } sample)
                rows = new LimitedSource(rows, sample);
            return new PreparedMasking(source, source.SchemaId, source.Document, result, new MaskedSource(rows, plan, Threads), new MaskingProver(rows.Entities, result.Decisions, policy));
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes what came of a run into its row.</summary>
    internal static void Store(StoredMaskingRun run, PreparedMasking prepared, MaskOutcome outcome, long rows, TimeSpan took)
    {
        (run.State, run.Verdict, run.RowCount, run.TookSeconds) = (outcome.State, outcome.Verdict, rows, took.TotalSeconds);
        (run.Decisions, run.Identities, run.Proof, run.OpenColumns) = (StoredJson.Write(prepared.Decisions), StoredJson.Write(prepared.Identities), StoredJson.Write(outcome.Proof), [.. outcome.Open]);
    }

    /// <summary>What of the source is new or other than when the policy was written; nothing where it remembers no columns.</summary>
    internal static IReadOnlyList<ColumnDrift> DriftOf(MaskingPolicy policy, OpenedSource source, MaskPlanResult result) =>
        policy.Columns.Count == 0 ? [] : SchemaDrift.Find(policy.Columns, source.Rows.Entities, result.Decisions);

    /// <summary>What a plan is made from.</summary>
    internal async Task<MaskInput> InputAsync(Guid teamId, Guid? datasetId, OpenedSource source, MaskingPolicy policy, IReadOnlyList<PersonalFinding> found, MaskingKey key, CancellationToken cancellation) => new(source.Document, source.Rows.Entities, policy, key)
    {
        Findings = found, AsOf = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        SignedOff = datasetId is { } dataset ? await database.ReadAsSystemAsync((context, token) => PersonalDataStore.SignedOffAsync(context, dataset, token), cancellation) : new HashSet<string>(StringComparer.Ordinal),
    };

    private Task<StoredMaskingRun> BeginAsync(JobExecution job, Guid runId, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var run = await context.Set<StoredMaskingRun>().SingleOrDefaultAsync(run => run.Id == runId && run.TeamId == job.TeamId, token) ?? throw new NotFoundException("The masking run");
        run.State = StoredMaskingRun.Running;
        await context.SaveChangesAsync(token);
        return run;
    }, cancellation);

    private async Task<PortalException> StopAsync(JobExecution job, StoredMaskingRun run, IReadOnlyList<ColumnDrift>? drift, MaskPlanResult? result, PortalException why, CancellationToken cancellation)
    {
        await database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
        {
            var stored = await context.Set<StoredMaskingRun>().SingleAsync(row => row.Id == run.Id, token);
            (stored.State, stored.Error, stored.Verdict) = (StoredMaskingRun.Stopped, why.Message, drift is null ? "Stopped: the policy does not fit the source." : "Stopped: the source has changed.");
            stored.Drift = drift is null ? null : StoredJson.Write(drift);
            if (result is not null)
                (stored.Decisions, stored.Identities) = (StoredJson.Write(result.Decisions), StoredJson.Write(result.Identities));
            stored.TookSeconds = (time.GetUtcNow() - run.StartedAt).TotalSeconds;
            context.Audit.Add(AuditAction.MaskingStopped, AuditObject.Policy(run.PolicyId ?? run.Id, run.PolicyName), details: new { run = run.Id, why.Code, columns = drift?.Count });
            await context.SaveChangesAsync(token);
            // Whoever tries a draft sees it at once, and of a refresh that failed its own notice tells.
            if (run.Kind == StoredMaskingRun.Run && job.Kind != RefreshWork.KindName)
                await Notices.AddAsync(context, new Notice(NoticeKind.MaskingStopped, job.TeamId, $"Masking with {run.PolicyName} was stopped", why.Message, $"/masking/runs/{run.Id}") { DatasetId = run.DatasetId }, token);
            return true;
        }, cancellation);
        return why;
    }
}
