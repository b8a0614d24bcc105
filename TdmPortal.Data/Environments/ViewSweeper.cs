using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Environments;

/// <summary>Keeps the views of live datasets in step with the portal's rows: makes those that are missing, takes away those of deleted datasets, simplifies those that combine versions, drops those that were replaced.</summary>
public sealed class ViewSweeper(PortalDatabase database, Publisher publisher, ILogger<ViewSweeper> log)
{
    /// <summary>Does what can be done now; what somebody reads is done another time.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await PublishMissingAsync(cancellation);
        await RetireDeletedAsync(cancellation);
        foreach (var id in await ListAsync(context => context.Set<LiveDataset>().Where(live => live.Numbers.Length > 1).Select(live => live.DatasetId), cancellation))
            await IgnoringDeletedAsync(publisher.CollapseAsync(id, cancellation));
        foreach (var views in await ListAsync(context => context.Set<RetiredViews>().AsNoTracking().OrderBy(views => views.Id), cancellation))
            await TryDropAsync(views, cancellation);
    }

    private async Task TryDropAsync(RetiredViews views, CancellationToken cancellation)
    {
        try
        {
            await database.ProvisionAsync((connection, token) => LiveViews.DropAsync(connection, views.SchemaName!, token), cancellation);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.DependentObjectsStillExist)
        {
            log.LogInformation("{Schema} is still read ({Reason}); it is dropped later", views.SchemaName, error.MessageText);
            return;
        }

        await database.MaintainAsync((context, token) => context.Set<RetiredViews>().Where(known => known.Id == views.Id).ExecuteDeleteAsync(token), cancellation);
    }

    /// <summary>Datasets from before there were live views.</summary>
    private async Task PublishMissingAsync(CancellationToken cancellation)
    {
        foreach (var id in await ListAsync(context => context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null && dataset.CurrentVersionId != null && !context.Set<LiveDataset>().Any(live => live.DatasetId == dataset.Id)).Select(dataset => dataset.Id), cancellation))
        {
            await IgnoringDeletedAsync(database.MaintainAsProvisionerAsync(async (work, token) =>
            {
                var dataset = await Publisher.LockAsync(work.Context, id, token);
                var version = await work.Context.Set<DatasetVersion>().SingleOrDefaultAsync(version => version.Id == dataset.CurrentVersionId && version.State == DatasetVersion.Ready, token);
                if (version is null || await work.Context.Set<LiveDataset>().AnyAsync(live => live.DatasetId == id, token))
                    return false;
                await publisher.GoLiveAsync(work, dataset, version, Publisher.Stored(version), dataset.ChangedBy, null, token);
                return true;
            }, cancellation));
        }
    }

    private async Task RetireDeletedAsync(CancellationToken cancellation)
    {
        foreach (var id in await ListAsync(context => context.Set<LiveDataset>().Where(live => context.Set<Dataset>().Any(dataset => dataset.Id == live.DatasetId && dataset.DeletedAt != null)).Select(live => live.DatasetId), cancellation))
        {
            await database.MaintainAsProvisionerAsync(async (work, token) =>
            {
                if (await work.Context.Set<LiveDataset>().FromSql($"select * from portal.live_dataset where dataset_id = {id} for update").SingleOrDefaultAsync(token) is { } live)
                    await publisher.RetireAsync(work, live, token);
                return true;
            }, cancellation);
        }
    }

    private Task<List<T>> ListAsync<T>(Func<PortalContext, IQueryable<T>> query, CancellationToken cancellation) => database.ReadAsSystemAsync((context, token) => query(context).ToListAsync(token), cancellation);

    private static async Task IgnoringDeletedAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (NotFoundException)
        {
            // Deleted meanwhile: the next sweep takes its views away.
        }
    }
}
