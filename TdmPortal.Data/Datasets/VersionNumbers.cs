using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Retention;

namespace TdmPortal.Data.Datasets;

/// <summary>Which number a job's version gets.</summary>
internal static class VersionNumbers
{
    /// <summary>What an earlier attempt of this job began is given up.</summary>
    public static Task GiveUpFormerAsync(PortalContext context, JobExecution job, CancellationToken cancellation) => context.Set<DatasetVersion>().Where(version => version.JobId == job.Id && version.State == DatasetVersion.Building)
        .ExecuteUpdateAsync(set => set.SetProperty(version => version.State, DatasetVersion.Deleted), cancellation);

    /// <summary>The job's dataset, locked until the commit so that two jobs cannot take the same number, and the number.</summary>
    /// <exception cref="NotFoundException">It was deleted.</exception>
    public static async Task<(Dataset Dataset, int Number)> NextAsync(PortalContext context, JobExecution job, CancellationToken cancellation)
    {
        // Only the system runs jobs, so the team is named.
        var dataset = await context.Set<Dataset>().FromSql($"SELECT * FROM portal.dataset WHERE id = {job.DatasetId} AND team_id = {job.TeamId} AND deleted_at IS NULL FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellation)
            ?? throw new NotFoundException("The dataset");
        // A deleted dataset of the same name may still have tables: its numbers are not used again while they stand. Nor are those of archives.
        var last = await context.Set<DatasetVersion>().Join(context.Set<Dataset>().Where(other => other.TeamId == dataset.TeamId && other.Name == dataset.Name), version => version.DatasetId, other => other.Id, (version, _) => (int?)version.Number).MaxAsync(cancellation);
        var archived = await context.Set<StoredArchive>().Where(archive => archive.DatasetId == dataset.Id).MaxAsync(archive => (int?)archive.Number, cancellation);
        return (dataset, Math.Max(last ?? 0, archived ?? 0) + 1);
    }
}
