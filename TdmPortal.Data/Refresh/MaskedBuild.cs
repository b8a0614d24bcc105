using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;

namespace TdmPortal.Data.Refresh;

/// <summary>Rows of a source, masked by a policy, as it is at the time of the run.</summary>
/// <param name="maskingRunId">Its run of masking, which shows what became of each column.</param>
/// <param name="source">What the source is called.</param>
/// <param name="live">Of the live version: the next one is most often like it.</param>
internal sealed class MaskedBuild(JobExecution job, string teamKey, Guid maskingRunId, string source, PreparedMasking prepared, GenerationPlan plan, (long Rows, long Bytes) live, PortalDatabase database, MaskedVersions masked) : RefreshBuild
{
    private LoadedMasking? loaded;
    private ProvedMasking? proved;

    public override GenerationPlan Plan => plan;
    public override long Rows => live.Rows;
    public override long Bytes => live.Bytes;

    public override DatasetVersion Describe() => MaskedVersions.Describe(prepared, plan);

    public override async Task<List<DatasetEntity>> LoadAsync(DatasetVersion version, CancellationToken cancellation)
    {
        loaded = await masked.LoadAsync(job, prepared, plan, version, teamKey, cancellation);
        return loaded.Entities;
    }

    public override async Task<RefreshFindings> ValidateAsync(CancellationToken cancellation)
    {
        proved = await masked.ProveAsync(job, prepared, loaded!, source, cancellation);
        var open = await database.ReadAsSystemAsync((context, token) => MaskingGuard.OpenAsync(context, loaded!.Version.DatasetId, proved.Outcome.Open, token), cancellation);
        IEnumerable<GateCheck> protection = open.Count == 0 ? [new("masking", "Originals", true, proved.Outcome.Verdict)] : open.Select(column => new GateCheck("masking", column, false, "holds personal data that was not masked, or whose originals were found again, and no lead signed it off"));
        return new(loaded!.Inspection, proved.Report, proved.Looked, [.. protection, .. QualityChecks.Of(loaded.Inspection, proved.Report)]);
    }

    public override bool MayBeEmpty(string entity, string column) => prepared.Decisions.Any(decision => decision.Entity == entity && decision.Field == column && decision.Masker == "nullify");

    public override async Task StoreAsync(PortalContext context, DatasetVersion version, bool isReady, TimeSpan took, CancellationToken cancellation)
    {
        var run = await context.Set<StoredMaskingRun>().SingleAsync(run => run.Id == maskingRunId, cancellation);
        MaskingBench.Store(run, prepared, proved!.Outcome, proved.Entities.Sum(entity => entity.Rows), took);
        run.VersionId = isReady ? version.Id : null;
    }

    public override object Told(DatasetVersion version, Guid run) => new { from = "masked", run, source, maskingRun = maskingRunId, version.RowCount, version.Bytes, verdict = proved!.Outcome.Verdict, open = proved.Outcome.Open.Count };

    public override async ValueTask DisposeAsync()
    {
        await prepared.DisposeAsync();
        await base.DisposeAsync();
    }
}
