using Microsoft.EntityFrameworkCore;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;

namespace TdmPortal.Data.Retention;

/// <summary>Applies a rule to a dataset's versions; the dry run and the job that archives ask the same.</summary>
internal static class RetentionChoice
{
    /// <summary>All ready versions, the newest first, with what keeps them.</summary>
    public static async Task<IReadOnlyList<RetentionVerdict>> JudgeAsync(PortalContext context, Guid datasetId, RetentionRule rule, DateTimeOffset now, CancellationToken cancellation)
    {
        var live = await context.Set<Dataset>().Where(dataset => dataset.Id == datasetId).Select(dataset => dataset.CurrentVersionId).SingleOrDefaultAsync(cancellation);
        var versions = await context.Set<DatasetVersion>().AsNoTracking().Where(version => version.DatasetId == datasetId && version.State == DatasetVersion.Ready).OrderByDescending(version => version.Number)
            .Select(version => new
            {
                version.Id, version.Number, version.RowCount, version.Bytes, version.CreatedAt, IsTagged = version.Tags.Length > 0,
                IsPinned = context.Set<StoredPin>().Any(pin => pin.VersionId == version.Id && pin.Until > now),
                IsCopied = context.Set<StoredScratchCopy>().Any(copy => copy.VersionId == version.Id),
            }).ToListAsync(cancellation);
        return [.. versions.Select((version, place) => new RetentionVerdict(version.Id, version.Number, version.RowCount, version.Bytes, version.CreatedAt,
            version.Id == live ? "live"
            : version.IsPinned ? "pinned"
            : version.IsCopied ? "a scratch copy needs it"
            : place < rule.KeepVersions ? FormattableString.Invariant($"among the newest {rule.KeepVersions:N0}")
            : rule.KeepTagged && version.IsTagged ? "tagged"
            : version.CreatedAt > now.AddDays(-rule.KeepDays) ? FormattableString.Invariant($"younger than {rule.KeepDays:N0} days")
            : null))];
    }
}
