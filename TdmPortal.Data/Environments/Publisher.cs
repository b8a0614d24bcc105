using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;

namespace TdmPortal.Data.Environments;

/// <summary>
/// Makes a version the live one: what the team's own clients read under the dataset's name. Rolling back is publishing
/// an older version again. No reader is waited for and none is broken, and each statement sees one version in all tables.
/// </summary>
/// <remarks>
/// Swapping schemas of views in one transaction is not enough: a statement looks its tables up one after the other, and a
/// swap in between gives it one table of each version (seen in tests, some times in a hundred swaps). So a version goes
/// live in three steps: views that combine the versions take the place of the live ones, with a switch that still shows
/// the former (<see cref="PrepareAsync"/>); the switch is set, which a statement sees by its snapshot, so in all tables or
/// in none (<see cref="GoLiveAsync"/>); and when nobody's snapshot is older than that, plain views take the place of the
/// combined ones (<see cref="CollapseAsync"/>). Any process may be killed between the steps: what is live is what the
/// switch says, all the time.
/// </remarks>
public sealed class Publisher(PortalDatabase database, TimeProvider time)
{
    /// <summary>How long the views of a version that is about to go live are left alone by the sweeper.</summary>
    private static readonly TimeSpan PreparationHolds = TimeSpan.FromMinutes(2);

    /// <summary>Longer than any server takes to look up the names in one statement.</summary>
    private static readonly TimeSpan LongestLookUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes a kept version of one of the team's datasets the live one.</summary>
    /// <param name="note">Why, for the history; up to 500 characters.</param>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">dataset.already_live</exception>
    /// <exception cref="PortalException">dataset.note_too_long</exception>
    public async Task PublishAsync(Actor actor, Guid versionId, string? note, CancellationToken cancellation)
    {
        note = Remark.Note(note);
        // As the actor: row-level security says whether it is the team's.
        var found = await database.ReadAsync(actor, (context, token) => DatasetStore.FindVersionAsync(context, actor, versionId, token), cancellation);
        var (datasetId, stored) = (found.DatasetId, Stored(found));
        await PrepareAsync(datasetId, stored, cancellation);
        await database.ChangeAsProvisionerAsync(AuditSource.Of(actor), async (work, token) =>
        {
            var dataset = await LockAsync(work.Context, datasetId, token);
            // Locked: it must not be deleted at the same moment.
            var version = await work.Context.Set<DatasetVersion>().FromSql($"select * from portal.dataset_version where id = {versionId} and team_id = {actor.TeamId} and state = 'ready' for update").SingleOrDefaultAsync(token)
                ?? throw new NotFoundException("The dataset's version");
            if (dataset.CurrentVersionId == versionId && await LiveAsync(work.Context, datasetId, token) is not null)
                throw new ConflictException("dataset.already_live", $"Version {version.Number} of {dataset.Name} is live already.");
            await GoLiveAsync(work, dataset, version, stored, actor.UserName, note, token);
            (dataset.ChangedAt, dataset.ChangedBy) = (time.GetUtcNow(), actor.UserName);
            return true;
        }, cancellation);
        await CollapseAsync(datasetId, cancellation);
    }

    /// <summary>What was live when, newest first.</summary>
    public Task<IReadOnlyList<PublicationSummary>> HistoryAsync(Actor actor, Guid datasetId, int take, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<PublicationSummary>>(actor, async (context, token) =>
        await context.Set<Publication>().Where(publication => publication.DatasetId == datasetId && publication.TeamId == actor.TeamId).OrderByDescending(publication => publication.Id).Take(take)
            .Select(publication => new PublicationSummary(publication.Id, publication.VersionId, publication.Number, publication.Note, publication.PublishedBy, publication.PublishedAt, publication.EndedAt)).ToListAsync(token), cancellation);

    /// <summary>First step: the live views can show this version too, and nobody is looking up the former ones any more.</summary>
    internal async Task PrepareAsync(Guid datasetId, StoredVersion next, CancellationToken cancellation)
    {
        var isLive = await database.MaintainAsProvisionerAsync(async (work, token) =>
        {
            _ = await LockAsync(work.Context, datasetId, token);
            // What goes live for the first time takes nobody's place.
            if (await LiveAsync(work.Context, datasetId, token) is not { } live)
                return false;
            // Given up meanwhile: what is dropped must not be shown.
            if (!await work.Context.Set<DatasetVersion>().AnyAsync(version => version.Id == next.Id && version.State != DatasetVersion.Deleted, token))
                return false;
            if (live.Number != next.Number)
            {
                await RebuildAsync(work, live, next, [.. live.Numbers, next.Number], token);
                live.PreparingUntil = time.GetUtcNow() + PreparationHolds;
            }

            return true;
        }, cancellation);
        if (isLive)
            await WaitForLookUpsAsync(cancellation);
    }

    /// <summary>Takes a preparation back: the version will not go live.</summary>
    internal async Task WithdrawAsync(Guid datasetId, CancellationToken cancellation)
    {
        await database.MaintainAsync((context, token) => context.Set<LiveDataset>().Where(live => live.DatasetId == datasetId).ExecuteUpdateAsync(set => set.SetProperty(live => live.PreparingUntil, (DateTimeOffset?)null), token), cancellation);
        await CollapseAsync(datasetId, cancellation);
    }

    /// <summary>Locks the dataset until the commit, so that one version goes live after the other.</summary>
    internal static async Task<Dataset> LockAsync(PortalContext context, Guid datasetId, CancellationToken cancellation) =>
        await context.Set<Dataset>().FromSql($"select * from portal.dataset where id = {datasetId} and deleted_at is null for update").SingleOrDefaultAsync(cancellation) ?? throw new NotFoundException("The dataset");

    /// <summary>Second step, inside the caller's transaction: the switch, the history and the dataset's current version.</summary>
    internal async Task GoLiveAsync(ProvisionerWork work, Dataset dataset, DatasetVersion version, StoredVersion stored, string by, string? note, CancellationToken cancellation)
    {
        var (context, now) = (work.Context, time.GetUtcNow());
        await MaskingGuard.DemandAsync(context, dataset, version, cancellation);
        var liveBefore = await context.Set<Publication>().Where(publication => publication.DatasetId == dataset.Id && publication.EndedAt == null).Select(publication => (int?)publication.Number).SingleOrDefaultAsync(cancellation);
        context.Audit.Add(liveBefore > version.Number ? AuditAction.VersionRolledBack : AuditAction.VersionPublished, AuditObject.Version(version.Id, dataset.Name, version.Number), liveBefore is null ? null : new { version = liveBefore }, new { version = version.Number }, new { note }, dataset.TeamId);
        var xid = await context.Database.SqlQuery<long>($"select pg_current_xact_id()::text::bigint as \"Value\"").SingleAsync(cancellation);
        if (await LiveAsync(context, dataset.Id, cancellation) is { } live)
        {
            if (!live.Numbers.Contains(version.Number))
                await RebuildAsync(work, live, stored, [.. live.Numbers, version.Number], cancellation);
            (live.Number, live.SwitchedXid, live.PreparingUntil) = (version.Number, xid, null);
        }
        else
        {
            var schema = LiveViews.SchemaOf(dataset.TeamKey, dataset.Name);
            // Of a deleted dataset of the same name, which was not swept yet.
            if (await context.Set<LiveDataset>().SingleOrDefaultAsync(known => known.SchemaName == schema, cancellation) is { } former)
                await RetireAsync(work, former, cancellation);
            await work.DefineAsync(LiveViews.Create(schema, dataset.Id, stored, [stored], database.ReaderRole(dataset.TeamKey)), cancellation);
            context.Add(new LiveDataset { DatasetId = dataset.Id, SchemaName = schema, Number = version.Number, Numbers = [version.Number], SwitchedXid = xid });
        }

        foreach (var ended in await context.Set<Publication>().Where(publication => publication.DatasetId == dataset.Id && publication.EndedAt == null).ToListAsync(cancellation))
            ended.EndedAt = now;
        await context.SaveChangesAsync(cancellation);
        context.Add(new Publication { TeamId = dataset.TeamId, DatasetId = dataset.Id, VersionId = version.Id, Number = version.Number, Note = note, PublishedBy = by, PublishedAt = now });
        dataset.CurrentVersionId = version.Id;
        await context.SaveChangesAsync(cancellation);
        await JobQueue.NotifyAsync(context, dataset.Id, cancellation);
    }

    /// <summary>Third step, when it can be done: the views show the live version alone.</summary>
    /// <returns>False: somebody's snapshot is older than the switch, or another version is about to go live.</returns>
    internal Task<bool> CollapseAsync(Guid datasetId, CancellationToken cancellation) => database.MaintainAsProvisionerAsync(async (work, token) =>
    {
        _ = await LockAsync(work.Context, datasetId, token);
        if (await LiveAsync(work.Context, datasetId, token) is not { Numbers.Length: > 1 } live)
            return true;
        if (live.PreparingUntil > time.GetUtcNow() || await HasOlderSnapshotAsync(work, live.SwitchedXid, token))
            return false;
        var version = await work.Context.Set<DatasetVersion>().SingleAsync(version => version.DatasetId == datasetId && version.Number == live.Number, token);
        live.PreparingUntil = null;
        await RebuildAsync(work, live, Stored(version), [live.Number], token);
        return true;
    }, cancellation);

    /// <summary>Takes a dataset's views away: it was deleted.</summary>
    internal async Task RetireAsync(ProvisionerWork work, LiveDataset live, CancellationToken cancellation)
    {
        await RetireViewsAsync(work, live.SchemaName, cancellation);
        work.Context.Remove(live);
        await work.Context.SaveChangesAsync(cancellation);
    }

    internal static StoredVersion Stored(DatasetVersion version) => new(version.Id, "", version.Number, version.DatabaseSchema, StoredJson.Read<List<DatasetEntity>>(version.Entities));

    private async Task RebuildAsync(ProvisionerWork work, LiveDataset live, StoredVersion shape, int[] numbers, CancellationToken cancellation)
    {
        var others = await work.Context.Set<DatasetVersion>().AsNoTracking().Where(version => version.DatasetId == live.DatasetId && numbers.Contains(version.Number) && version.Number != shape.Number).OrderBy(version => version.Number).ToListAsync(cancellation);
        var team = await work.Context.Set<Dataset>().Where(dataset => dataset.Id == live.DatasetId).Select(dataset => dataset.TeamKey).SingleAsync(cancellation);
        await RetireViewsAsync(work, live.SchemaName, cancellation);
        await work.DefineAsync(LiveViews.Create(live.SchemaName, live.DatasetId, shape, [shape, .. others.Select(Stored)], database.ReaderRole(team)), cancellation);
        live.Numbers = [shape.Number, .. others.Select(version => version.Number)];
        await work.Context.SaveChangesAsync(cancellation);
    }

    private async Task RetireViewsAsync(ProvisionerWork work, string schema, CancellationToken cancellation)
    {
        var retired = new RetiredViews { RetiredAt = time.GetUtcNow() };
        work.Context.Add(retired);
        await work.Context.SaveChangesAsync(cancellation);
        retired.SchemaName = LiveViews.RetiredSchemaOf(schema, retired.Id);
        await work.DefineAsync(LiveViews.Rename(schema, retired.SchemaName), cancellation);
    }

    private static Task<LiveDataset?> LiveAsync(PortalContext context, Guid datasetId, CancellationToken cancellation) => context.Set<LiveDataset>().SingleOrDefaultAsync(live => live.DatasetId == datasetId, cancellation);

    /// <summary>
    /// Until every statement that began before now has looked up its names: it may have found one of the former views, and
    /// must not find the switch set with the next. Only statements that began just now can still be at it.
    /// </summary>
    private async Task WaitForLookUpsAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var now = await database.ProvisionAsync(async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
            return (DateTime)(await command.ExecuteScalarAsync(token))!;
        }, cancellation);
        while (await IsLookingUpAsync(now, cancellation) && time.GetElapsedTime(began) < LongestLookUp)
            await Task.Delay(Look, time, cancellation);
    }

    private Task<bool> IsLookingUpAsync(DateTime now, CancellationToken cancellation) => database.ProvisionAsync(async (connection, token) =>
    {
        await using var command = new NpgsqlCommand("""
            select exists (select from pg_stat_activity where datname = current_database() and state = 'active' and right(usename, length($3)) = $3
                and query_start between $1 - $2 and $1)
            """, connection) { Parameters = { new() { Value = now }, new() { Value = LongestLookUp }, new() { Value = database.Roles.LoginSuffix } } };
        return (bool)(await command.ExecuteScalarAsync(token))!;
    }, cancellation);

    /// <summary>Whether a session of this database still sees what was before a transaction. By ages, since a snapshot's ids have no epoch.</summary>
    private static Task<bool> HasOlderSnapshotAsync(ProvisionerWork work, long xid, CancellationToken cancellation) => work.Context.Database.SqlQuery<bool>($"""
        select exists (select from pg_stat_activity activity, (select pg_current_xact_id()::text::bigint - {xid} as since) switched
            where activity.pid <> pg_backend_pid() and datname = current_database() and usesysid is not null and backend_xmin is not null and since < 2000000000 and age(backend_xmin) >= since) as "Value"
        """).SingleAsync(cancellation);
}
