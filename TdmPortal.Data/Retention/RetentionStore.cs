using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Retention;

/// <summary>How long versions of a dataset are kept, and the archives of those that are not.</summary>
public sealed class RetentionStore(PortalDatabase database, IArchiveFiles files, TimeProvider time)
{
    /// <summary>How often the schedule applies a rule.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private const string LeadsOnly = "Only a lead of the team may decide which versions are kept.";

    /// <exception cref="NotFoundException"/>
    public Task<RetentionState> GetAsync(Actor actor, Guid datasetId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        _ = await FindAsync(context, actor, datasetId, token);
        var rule = await context.Set<StoredRetentionRule>().AsNoTracking().SingleOrDefaultAsync(rule => rule.DatasetId == datasetId, token);
        var job = await context.Set<Job>().Where(job => job.DatasetId == datasetId && (job.Kind == ArchiveWork.KindName || job.Kind == RestoreWork.KindName) && (job.State == Job.Pending || job.State == Job.Running)).Select(job => (Guid?)job.Id).FirstOrDefaultAsync(token);
        return new RetentionState(rule?.ToRule(), rule?.ChangedBy, rule?.ChangedAt, job, actor.IsLead);
    }, cancellation);

    /// <summary>What a rule would do now, to every version, the newest first. Nothing is changed.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">retention.bad_rule</exception>
    public Task<IReadOnlyList<RetentionVerdict>> PreviewAsync(Actor actor, Guid datasetId, RetentionRule rule, CancellationToken cancellation)
    {
        rule.Check();
        return database.ReadAsync(actor, async (context, token) =>
        {
            _ = await FindAsync(context, actor, datasetId, token);
            return await RetentionChoice.JudgeAsync(context, datasetId, rule, time.GetUtcNow(), token);
        }, cancellation);
    }

    /// <summary>Sets the rule; null: all versions are kept. What goes by it goes with the next run.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="PortalException">retention.bad_rule</exception>
    public Task SetAsync(Actor lead, Guid datasetId, RetentionRule? rule, CancellationToken cancellation)
    {
        rule?.Check();
        return database.ChangeAsync(lead, async (context, token) =>
        {
            var dataset = await FindAsync(context, lead, datasetId, token);
            await database.DemandAsync(lead, lead.IsLead, LeadsOnly, token);
            var stored = await context.Set<StoredRetentionRule>().SingleOrDefaultAsync(known => known.DatasetId == datasetId, token);
            context.Audit.Add(AuditAction.RetentionSet, AuditObject.Dataset(datasetId, dataset.Name), stored?.ToRule(), rule);
            if (rule is null)
            {
                if (stored is not null)
                    context.Remove(stored);
                return true;
            }

            if (stored is null)
                context.Add(stored = new StoredRetentionRule { DatasetId = datasetId, TeamId = lead.TeamId });
            (stored.KeepVersions, stored.KeepTagged, stored.KeepDays, stored.ChangedBy, stored.ChangedAt) = (rule.KeepVersions, rule.KeepTagged, rule.KeepDays, lead.UserName, time.GetUtcNow());
            return true;
        }, cancellation);
    }

    /// <summary>Archives now what the rule no longer keeps.</summary>
    /// <returns>The job's id.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="ConflictException">dataset.busy, retention.no_rule</exception>
    public Task<Guid> RunAsync(Actor lead, Guid datasetId, CancellationToken cancellation) => QueueingAsync(() => database.ChangeAsync(lead, async (context, token) =>
    {
        var dataset = await FindAsync(context, lead, datasetId, token);
        await database.DemandAsync(lead, lead.IsLead, LeadsOnly, token);
        if (!await context.Set<StoredRetentionRule>().AnyAsync(rule => rule.DatasetId == datasetId, token))
            throw new ConflictException("retention.no_rule", $"All versions of {dataset.Name} are kept: it has no rule.") { SuggestedActions = ["Set one first"] };
        return await QueueAsync(context, dataset, ArchiveWork.KindName, $"Archive versions of {dataset.Name}", null, lead.UserId, lead.UserName, token);
    }, cancellation));

    /// <summary>The archives of a dataset, the newest version first.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<Page<VersionArchive>> ArchivesAsync(Actor actor, Guid datasetId, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        _ = await FindAsync(context, actor, datasetId, token);
        var archives = context.Set<StoredArchive>().AsNoTracking().Where(archive => archive.DatasetId == datasetId);
        var total = await archives.LongCountAsync(token);
        if (int.TryParse(after, System.Globalization.CultureInfo.InvariantCulture, out var below))
            archives = archives.Where(archive => archive.Number < below);
        var found = await archives.OrderByDescending(archive => archive.Number).Take(take + 1)
            .Select(archive => new VersionArchive(archive.Id, archive.Number, archive.RowCount, archive.VersionBytes, archive.ArchiveBytes, archive.Note, archive.Tags, archive.CreatedBy, archive.CreatedAt, archive.ArchivedBy, archive.ArchivedAt)).ToListAsync(token);
        return new Page<VersionArchive>(found.Take(take).ToList(), found.Count > take ? FormattableString.Invariant($"{found[take - 1].Number}") : null, total);
    }, cancellation);

    /// <summary>Makes a version of an archive again, with a number of its own. The archive stays.</summary>
    /// <returns>The job's id.</returns>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">dataset.busy</exception>
    /// <exception cref="PortalException">team.quota_exceeded</exception>
    public Task<Guid> RestoreAsync(Actor actor, Guid archiveId, CancellationToken cancellation) => QueueingAsync(() => database.ChangeAsync(actor, async (context, token) =>
    {
        var archive = await ArchiveAsync(context, actor, archiveId, token);
        var dataset = await FindAsync(context, actor, archive.DatasetId, token);
        await TeamQuotas.DemandAsync(context, dataset.TeamId, archive.RowCount, archive.VersionBytes, 1, token);
        return await QueueAsync(context, dataset, RestoreWork.KindName, FormattableString.Invariant($"Restore version {archive.Number} of {dataset.Name} ({archive.RowCount:N0} {(archive.RowCount == 1 ? "row" : "rows")})"), archiveId, actor.UserId, actor.UserName, token, archive);
    }, cancellation));

    /// <summary>Deletes an archive for good.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">For leads.</exception>
    public async Task DeleteArchiveAsync(Actor lead, Guid archiveId, CancellationToken cancellation)
    {
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var archive = await ArchiveAsync(context, lead, archiveId, token);
            var dataset = await FindAsync(context, lead, archive.DatasetId, token);
            await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may delete an archive.", token);
            context.Remove(archive);
            context.Audit.Add(AuditAction.ArchiveDeleted, AuditObject.Version(archiveId, dataset.Name, archive.Number), details: new { archive.RowCount, archive.ArchiveBytes });
            return true;
        }, cancellation);
        // After the commit: files without a row are swept, a row without files would be a lie.
        await files.DeleteAsync(archiveId, CancellationToken.None);
    }

    /// <summary>Archives of a deleted dataset go with it.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> ForgetDeletedAsync(CancellationToken cancellation)
    {
        var gone = await database.MaintainAsync(async (context, token) =>
        {
            var archives = await context.Set<StoredArchive>().Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt != null), archive => archive.DatasetId, dataset => dataset.Id, (archive, dataset) => new { archive, dataset.Name }).ToListAsync(token);
            foreach (var (archive, name) in archives.Select(found => (found.archive, found.Name)))
            {
                context.Remove(archive);
                context.Audit.Add(AuditAction.ArchiveDeleted, AuditObject.Version(archive.Id, name, archive.Number), details: new { reason = "Its dataset was deleted." }, team: archive.TeamId);
            }

            return archives.ConvertAll(found => found.archive.Id);
        }, cancellation);
        foreach (var archive in gone)
            await files.DeleteAsync(archive, CancellationToken.None);
        return gone.Count;
    }

    /// <summary>Queues what rules ask for that were not applied for a day. For the schedule; any node may call it.</summary>
    /// <returns>How many jobs were queued.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var (now, due) = (time.GetUtcNow(), time.GetUtcNow() - Interval);
        var ids = await database.ReadAsSystemAsync((context, token) => context.Set<StoredRetentionRule>().Where(rule => rule.LastRunAt == null || rule.LastRunAt < due).Select(rule => rule.DatasetId).ToListAsync(token), cancellation);
        var queued = 0;
        foreach (var id in ids)
        {
            try
            {
                queued += await database.ChangeAsSystemAsync(AuditSource.Portal, async (context, token) =>
                {
                    context.Audit.NothingOwed("Nothing has to go.");
                    var rule = await context.Set<StoredRetentionRule>().FromSql($"select * from portal.retention_rule where dataset_id = {id} for update skip locked").SingleOrDefaultAsync(token);
                    var dataset = await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == id && dataset.DeletedAt == null, token);
                    if (rule is null || rule.LastRunAt >= due || dataset is null)
                        return 0;
                    rule.LastRunAt = now;
                    if (!(await RetentionChoice.JudgeAsync(context, id, rule.ToRule(), now, token)).Any(verdict => verdict.Goes))
                        return 0;
                    await QueueAsync(context, dataset, ArchiveWork.KindName, $"Archive versions of {dataset.Name}", null, Guid.Empty, AuditSource.Portal.UserName, token);
                    return 1;
                }, cancellation);
            }
            catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Another job works on the dataset: with the next look.
            }
        }

        return queued;
    }

    private static async Task<Guid> QueueingAsync(Func<Task<Guid>> queue)
    {
        try
        {
            return await queue();
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ConflictException("dataset.busy", "A job is already working on this dataset.") { SuggestedActions = ["Wait until it has ended, or cancel it."] };
        }
    }

    private async Task<Guid> QueueAsync(PortalContext context, Dataset dataset, string kind, string title, Guid? archive, Guid by, string byName, CancellationToken cancellation, StoredArchive? restored = null)
    {
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TeamId = dataset.TeamId, Kind = kind, Title = title, DatasetId = dataset.Id, DatasetName = dataset.Name, Input = StoredJson.Write(new ArchiveInput(dataset.TeamKey, archive)), StartedById = by, StartedBy = byName, QueuedAt = now,
            ReservedRows = restored?.RowCount ?? 0, ReservedBytes = restored?.VersionBytes ?? 0, ReservedVersions = restored is null ? 0 : 1,
        };
        await JobQueue.AddAsync(context, job, new { kind, dataset = dataset.Name }, cancellation);
        await JobQueue.NotifyAsync(context, dataset.Id, cancellation);
        return job.Id;
    }

    private static async Task<Dataset> FindAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == id && dataset.TeamId == actor.TeamId && dataset.DeletedAt == null, cancellation) ?? throw new NotFoundException("The dataset");

    private static async Task<StoredArchive> ArchiveAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<StoredArchive>().SingleOrDefaultAsync(archive => archive.Id == id && archive.TeamId == actor.TeamId, cancellation) ?? throw new NotFoundException("The archive");
}
