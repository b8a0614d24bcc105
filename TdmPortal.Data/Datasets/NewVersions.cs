using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Datasets;

/// <summary>The row of a version that a job makes: its beginning, and its end where the job fails.</summary>
public sealed class NewVersions(PortalDatabase database, Publisher publisher, VersionSweeper sweeper, TimeProvider time)
{
    /// <summary>Writes the version's row, which says <c>building</c>. What an earlier attempt of this job began is given up first.</summary>
    /// <param name="describe">What the version is made from; ids, number and names are filled in.</param>
    internal Task<DatasetVersion> BeginAsync(JobExecution job, string teamKey, Func<DatasetVersion> describe, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        await VersionNumbers.GiveUpFormerAsync(context, job, token);
        var (dataset, number) = await VersionNumbers.NextAsync(context, job, token);
        var (version, now) = (describe(), time.GetUtcNow());
        (version.Id, version.DatasetId, version.TeamId, version.Number, version.DatabaseSchema) = (Guid.CreateVersion7(now), dataset.Id, dataset.TeamId, number, StoredTable.SchemaOf(teamKey, dataset.Name, number));
        (version.JobId, version.Attempt, version.CreatedBy, version.CreatedAt) = (job.Id, job.Attempt, job.StartedBy, now);
        context.Add(version);
        await context.SaveChangesAsync(token);
        return version;
    }, cancellation);

    /// <summary>Drops what was built of a version that will not be ready.</summary>
    internal async Task GiveUpAsync(DatasetVersion version)
    {
        try
        {
            await database.MaintainAsync((context, token) => context.Set<DatasetVersion>().Where(candidate => candidate.Id == version.Id && candidate.State == DatasetVersion.Building)
                .ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.State, DatasetVersion.Deleted), token), CancellationToken.None);
            await publisher.WithdrawAsync(version.DatasetId, CancellationToken.None);
            await sweeper.TryDropAsync(version.Id, CancellationToken.None);
        }
        catch (Exception error) when (error is Npgsql.NpgsqlException or TimeoutException or PortalException or InvalidOperationException)
        {
            // The database is away or busy: the sweeper finds the version by its ended lease. What failed first is what people are told.
        }
    }
}
