using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Environments;

/// <summary>
/// Writable private clones of versions, where tests write: each with real keys, sequences and a login of its own, until a
/// time. The rows are copied by a job; a reset takes them from the version again.
/// </summary>
public sealed class ScratchCopies(PortalDatabase database, ScratchSweeper sweeper, DiskSpace disk, TimeProvider time)
{
    /// <summary>Copies at a time.</summary>
    public const int MostOfOnePerson = 5, MostOfOneTeam = 25;

    /// <summary>Sessions at a time of one copy.</summary>
    public const int MostSessions = 10;

    public const int LongestName = 60;

    /// <summary>How far ahead a copy may reach.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(31);

    /// <summary>What a copy may grow to, at least and at most.</summary>
    public const long LeastQuota = 100_000_000, MostQuota = 20_000_000_000;

    /// <summary>What a copy of a version of this size is given when nobody says otherwise: room to write as much again.</summary>
    public static long DefaultQuota(long versionBytes) => Math.Clamp(((versionBytes * 2) + LeastQuota) / LeastQuota * LeastQuota, LeastQuota, MostQuota);

    /// <summary>The team's copies, the actor's own first, then the newest. There are so few that they come as a whole.</summary>
    public Task<IReadOnlyList<ScratchCopy>> ListAsync(Actor actor, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<ScratchCopy>>(actor, async (context, token) =>
    {
        var found = await context.Set<StoredScratchCopy>().AsNoTracking().Where(copy => copy.TeamId == actor.TeamId && copy.State != StoredScratchCopy.Ended)
            .Join(context.Set<DatasetVersion>(), copy => copy.VersionId, version => version.Id, (copy, version) => new { copy, version.Number, version.DatasetId, version.Entities })
            .Join(context.Set<Dataset>(), row => row.DatasetId, dataset => dataset.Id, (row, dataset) => new { row.copy, row.Number, row.DatasetId, row.Entities, Dataset = dataset.Name })
            .OrderByDescending(row => row.copy.UserId == actor.UserId).ThenByDescending(row => row.copy.CreatedAt).ThenBy(row => row.copy.Id)
            .Select(row => new
            {
                row.copy, row.Number, row.DatasetId, row.Entities, row.Dataset,
                Owner = context.Users.Where(user => user.Id == row.copy.UserId).Select(user => user.DisplayName).First(),
                Job = context.Set<Job>().Where(job => job.Id == row.copy.JobId).Select(job => new { job.State, job.Error }).FirstOrDefault(),
            }).ToListAsync(token);
        return found.ConvertAll(row => new ScratchCopy(row.copy.Id, row.copy.Name, row.DatasetId, row.Dataset, row.copy.VersionId, row.Number, StateOf(row.copy, row.Job?.State), database.Address, row.copy.SchemaName!, row.copy.RoleName!,
            StoredJson.Read<List<DatasetEntity>>(row.Entities)[0].Name, row.Owner, row.copy.UserId == actor.UserId, row.copy.JobId, row.Job?.Error is { } error ? StoredJson.Read<JobError>(error).Message : null,
            row.copy.QuotaBytes, row.copy.Bytes, row.copy.CreatedAt, row.copy.FilledAt, row.copy.ExpiresAt, MayChange(actor, row.copy)));
    }, cancellation);

    /// <summary>Makes a copy of a kept version; its rows are on their way when this returns.</summary>
    /// <param name="name">What it is for, up to 60 characters; empty: the version's name.</param>
    /// <param name="quotaBytes">What it may grow to; null: <see cref="DefaultQuota"/>.</param>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">scratch.bad_request, scratch.too_many, dataset.disk_full</exception>
    public async Task<ScratchPassword> CreateAsync(Actor actor, Guid versionId, string? name, TimeSpan life, long? quotaBytes, CancellationToken cancellation)
    {
        name = Remark.Check(name, LongestName, "scratch.bad_request", "name");
        var version = await database.ReadAsync(actor, (context, token) => DatasetStore.FindVersionAsync(context, actor, versionId, token), cancellation);
        var quota = quotaBytes ?? DefaultQuota(version.Bytes);
        CheckLimits(life, quota, version.Bytes);
        await disk.CheckAsync(version.Bytes, cancellation);
        var password = LoginRules.NewPassword();
        var id = await database.ChangeAsProvisionerAsync(AuditSource.Of(actor), async (work, token) =>
        {
            var context = work.Context;
            // Held until the commit: copies of a team are counted one after the other.
            _ = await context.Teams.FromSql($"select * from portal.team where id = {actor.TeamId} for update").SingleAsync(token);
            // It must not be deleted at the same moment.
            var kept = await context.Set<DatasetVersion>().FromSql($"select * from portal.dataset_version where id = {versionId} and team_id = {actor.TeamId} and state = 'ready' for update").AsNoTracking().SingleOrDefaultAsync(token)
                ?? throw new NotFoundException("The dataset's version");
            var dataset = await context.Set<Dataset>().AsNoTracking().SingleAsync(known => known.Id == kept.DatasetId, token);
            await CheckCountAsync(context, actor, token);
            var now = time.GetUtcNow();
            var copy = new StoredScratchCopy { Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, VersionId = versionId, UserId = actor.UserId, Name = name ?? $"{dataset.Name} v{kept.Number}", QuotaBytes = quota, CreatedAt = now, ExpiresAt = now + life };
            context.Add(copy);
            await context.SaveChangesAsync(token);
            var (schema, role) = (LiveViews.ScratchSchemaOf(actor.TeamKey, dataset.Name, copy.Number), database.Roles.Scratch(actor.TeamKey, LiveViews.Short(copy.Number)));
            (copy.SchemaName, copy.RoleName) = (schema, role);
            await work.DefineAsync($"{ScratchSql.DefineLogin(role, schema, MostSessions)}; {LoginRules.SetPassword(role, password)}", token);
            context.Audit.Add(AuditAction.ScratchMade, AuditObject.Scratch(copy.Id, copy.Name), details: new { dataset = dataset.Name, version = kept.Number, quotaBytes = quota, copy.ExpiresAt, role });
            await QueueAsync(context, actor, copy, dataset.Name, kept, token);
            return copy.Id;
        }, cancellation);
        return new ScratchPassword(id, password);
    }

    /// <summary>Takes the rows from the version again. All that was written, tables included, is gone, and open sessions are ended; login and password stay.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">Somebody else's, and the actor is no lead.</exception>
    public async Task ResetAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var role = await ChangeAsync(actor, id, async (work, copy, token) =>
        {
            if (copy.JobId is { } current && await work.Context.Set<Job>().AnyAsync(job => job.Id == current && (job.State == Job.Pending || job.State == Job.Running), token))
                throw new ConflictException("scratch.busy", $"{copy.Name} is being filled already.") { SuggestedActions = ["Wait until it is ready"] };
            var version = await work.Context.Set<DatasetVersion>().AsNoTracking().SingleAsync(known => known.Id == copy.VersionId, token);
            var dataset = await work.Context.Set<Dataset>().AsNoTracking().SingleAsync(known => known.Id == version.DatasetId, token);
            copy.State = StoredScratchCopy.Building;
            await work.DefineAsync(ScratchSql.Close(copy.RoleName!), token);
            work.Context.Audit.Add(AuditAction.ScratchReset, AuditObject.Scratch(id, copy.Name));
            await QueueAsync(work.Context, actor, copy, dataset.Name, version, token);
            return copy.RoleName!;
        }, cancellation);
        await sweeper.EndSessionsAsync(role, cancellation);
    }

    /// <summary>Gives a copy another end or another quota. One that was full is opened again where that is enough.</summary>
    /// <param name="life">From now on.</param>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">Somebody else's, and the actor is no lead.</exception>
    /// <exception cref="PortalException">scratch.bad_request</exception>
    public Task ChangeAsync(Actor actor, Guid id, TimeSpan life, long quotaBytes, CancellationToken cancellation) => ChangeAsync(actor, id, async (work, copy, token) =>
    {
        CheckLimits(life, quotaBytes, 0);
        var (before, now) = (new { copy.ExpiresAt, copy.QuotaBytes }, time.GetUtcNow());
        (copy.ExpiresAt, copy.QuotaBytes) = (now + life, quotaBytes);
        if (copy.State == StoredScratchCopy.Full && copy.Bytes <= quotaBytes)
        {
            copy.State = StoredScratchCopy.Ready;
            await work.DefineAsync(ScratchSql.Open(copy.RoleName!), token);
        }

        work.Context.Audit.Add(AuditAction.ScratchChanged, AuditObject.Scratch(id, copy.Name), before, new { copy.ExpiresAt, copy.QuotaBytes });
        return true;
    }, cancellation);

    /// <summary>Gives the login another password and ends the sessions that the former one opened.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">Somebody else's, and the actor is no lead.</exception>
    public async Task<ScratchPassword> RotateAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var password = LoginRules.NewPassword();
        var role = await ChangeAsync(actor, id, async (work, copy, token) =>
        {
            await work.DefineAsync(LoginRules.SetPassword(copy.RoleName!, password), token);
            work.Context.Audit.Add(AuditAction.ScratchRotated, AuditObject.Scratch(id, copy.Name));
            return copy.RoleName!;
        }, cancellation);
        await sweeper.EndSessionsAsync(role, cancellation);
        return new ScratchPassword(id, password);
    }

    /// <summary>Ends a copy: its sessions at once, its tables and its login with them.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">Somebody else's, and the actor is no lead.</exception>
    public async Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        await ChangeAsync(actor, id, async (work, copy, token) =>
        {
            await ScratchSweeper.EndAsync(work, copy, token);
            return true;
        }, cancellation);
        await sweeper.TryDropAsync(id, cancellation);
    }

    private Task<T> ChangeAsync<T>(Actor actor, Guid id, Func<ProvisionerWork, StoredScratchCopy, CancellationToken, Task<T>> change, CancellationToken cancellation) => database.ChangeAsProvisionerAsync(AuditSource.Of(actor), async (work, token) =>
    {
        var copy = await work.Context.Set<StoredScratchCopy>().FromSql($"select * from portal.scratch_copy where id = {id} and team_id = {actor.TeamId} and state <> 'ended' for update").SingleOrDefaultAsync(token) ?? throw new NotFoundException("The scratch copy");
        if (!MayChange(actor, copy))
            throw new ForbiddenException($"{copy.Name} is somebody else's scratch copy. Only its owner or a lead of the team may change it.");
        var result = await change(work, copy, token);
        await JobQueue.NotifyAsync(work.Context, id, token);
        return result;
    }, cancellation);

    private async Task QueueAsync(PortalContext context, Actor actor, StoredScratchCopy copy, string dataset, DatasetVersion version, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TeamId = copy.TeamId, Kind = ScratchWork.KindName, Title = FormattableString.Invariant($"Scratch copy of {dataset} v{version.Number} ({version.RowCount:N0} {(version.RowCount == 1 ? "row" : "rows")})"),
            RowsTotal = version.RowCount, Input = StoredJson.Write(new ScratchInput(copy.Id)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now,
        };
        context.Add(job);
        await context.SaveChangesAsync(cancellation);
        copy.JobId = job.Id;
        await JobQueue.NotifyAsync(context, job.Id, cancellation);
    }

    private static async Task CheckCountAsync(PortalContext context, Actor actor, CancellationToken cancellation)
    {
        var owners = await context.Set<StoredScratchCopy>().Where(copy => copy.TeamId == actor.TeamId && copy.State != StoredScratchCopy.Ended).Select(copy => copy.UserId).ToListAsync(cancellation);
        if (owners.Count(owner => owner == actor.UserId) >= MostOfOnePerson)
            throw new PortalException("scratch.too_many", $"You have {MostOfOnePerson} scratch copies in this team, which is the most.") { SuggestedActions = ["Delete one that you no longer need", "Reset one of the same version"] };
        if (owners.Count >= MostOfOneTeam)
            throw new PortalException("scratch.too_many", $"The team has {MostOfOneTeam} scratch copies, which is the most.") { SuggestedActions = ["Delete one that nobody needs any more"] };
    }

    private static void CheckLimits(TimeSpan life, long quota, long versionBytes)
    {
        if (life <= TimeSpan.Zero || life > LongestLife)
            throw new PortalException("scratch.bad_request", FormattableString.Invariant($"A scratch copy lives for up to {LongestLife.TotalDays:0} days.")) { SuggestedActions = ["Choose a shorter time; it can be extended later"] };
        if (quota is < LeastQuota or > MostQuota)
            throw new PortalException("scratch.bad_request", FormattableString.Invariant($"A scratch copy may grow to between {LeastQuota / 1_000_000:N0} MB and {MostQuota / 1_000_000_000:N0} GB.")) { SuggestedActions = ["Choose a size between these"] };
        if (quota < versionBytes)
            throw new PortalException("scratch.bad_request", FormattableString.Invariant($"The version takes {versionBytes / 1_000_000:N0} MB; a copy that may grow to {quota / 1_000_000:N0} MB could not hold it.")) { SuggestedActions = ["Choose a larger size"] };
    }

    private static ScratchState StateOf(StoredScratchCopy copy, string? job) => copy.State switch
    {
        StoredScratchCopy.Ready => ScratchState.Ready,
        StoredScratchCopy.Full => ScratchState.Full,
        _ => job is Job.Pending or Job.Running ? ScratchState.Building : ScratchState.Failed,
    };

    private static bool MayChange(Actor actor, StoredScratchCopy copy) => actor.IsLead || copy.UserId == actor.UserId;
}
