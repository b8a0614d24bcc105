using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Environments;

/// <summary>Keeps scratch copies within their bounds: ends those whose time is over, closes those that outgrew their quota, drops what was ended.</summary>
public sealed class ScratchSweeper(PortalDatabase database, TimeProvider time, ILogger<ScratchSweeper> log)
{
    /// <summary>Does what can be done now.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var id in await ListAsync(copy => copy.State != StoredScratchCopy.Ended && copy.ExpiresAt <= now, cancellation))
        {
            await ChangeAsync(id, async (work, copy, token) =>
            {
                if (copy.State != StoredScratchCopy.Ended && copy.ExpiresAt <= now)
                    await EndAsync(work, copy, token);
            }, cancellation);
        }

        foreach (var id in await ListAsync(copy => copy.State == StoredScratchCopy.Ended, cancellation))
            await TryDropAsync(id, cancellation);
        await MeasureAsync(cancellation);
    }

    /// <summary>Closes a copy for good; its schema and login are dropped next.</summary>
    internal static async Task EndAsync(ProvisionerWork work, StoredScratchCopy copy, CancellationToken cancellation)
    {
        copy.State = StoredScratchCopy.Ended;
        await work.DefineAsync(ScratchSql.Close(copy.RoleName!), cancellation);
        await work.Context.Set<Job>().Where(job => job.Id == copy.JobId && (job.State == Job.Running || job.State == Job.Pending)).ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelRequested, true), cancellation);
        work.Context.Audit.Add(AuditAction.ScratchEnded, AuditObject.Scratch(copy.Id, copy.Name));
        await JobQueue.NotifyAsync(work.Context, copy.Id, cancellation);
    }

    /// <summary>Drops one that has ended; what somebody holds is tried again with the next sweep.</summary>
    internal async Task TryDropAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            if (await database.ReadAsSystemAsync((context, token) => context.Set<StoredScratchCopy>().Where(copy => copy.Id == id).Select(copy => copy.RoleName).SingleOrDefaultAsync(token), cancellation) is not { } role)
                return;
            await EndSessionsAsync(role, cancellation);
            await ChangeAsync(id, async (work, copy, token) =>
            {
                await work.DefineAsync($"{ScratchSql.Empty(copy.SchemaName!)}; {ScratchSql.DropLogin(copy.RoleName!)}", token);
                work.Context.Remove(copy);
                work.Context.Audit.Add(AuditAction.ScratchDropped, AuditObject.Scratch(id, copy.Name));
            }, cancellation);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ObjectInUse)
        {
            log.LogInformation("Scratch copy {Copy} is still in use ({Reason}); it is dropped later", id, error.MessageText);
        }
    }

    /// <summary>Ends all sessions of a login.</summary>
    internal Task<int> EndSessionsAsync(string role, CancellationToken cancellation) => database.ProvisionAsync(async (connection, token) =>
    {
        // Waited for: what they hold is about to be dropped.
        await using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid, 5000))::integer from pg_stat_activity where usename = $1", connection) { Parameters = { new() { Value = role } } };
        return (int)(await command.ExecuteScalarAsync(token))!;
    }, cancellation);

    /// <summary>Measures all copies, and closes those that take more than they may.</summary>
    private async Task MeasureAsync(CancellationToken cancellation)
    {
        var outgrown = await database.MaintainAsync((context, token) => context.Database.SqlQuery<Guid>($"""
            with size as (
                select copy.id, coalesce(sum(pg_total_relation_size(relation.oid)), 0)::bigint as bytes
                from portal.scratch_copy copy join pg_namespace on nspname = schema_name left join pg_class relation on relnamespace = pg_namespace.oid and relkind in ('r', 'm', 'S')
                where state in ('ready', 'full') group by copy.id),
            measured as (
                update portal.scratch_copy copy set bytes = size.bytes from size where size.id = copy.id and size.bytes <> copy.bytes returning copy.id)
            select copy.id as "Value" from portal.scratch_copy copy join size on size.id = copy.id where state = 'ready' and size.bytes > quota_bytes
            """).ToListAsync(token), cancellation);
        foreach (var id in outgrown)
        {
            string? role = null;
            await ChangeAsync(id, async (work, copy, token) =>
            {
                if (copy.State != StoredScratchCopy.Ready || copy.Bytes <= copy.QuotaBytes)
                    return;
                (copy.State, role) = (StoredScratchCopy.Full, copy.RoleName);
                await work.DefineAsync(ScratchSql.Close(copy.RoleName!), token);
                work.Context.Audit.Add(AuditAction.ScratchClosed, AuditObject.Scratch(id, copy.Name), details: new { copy.Bytes, copy.QuotaBytes });
                await JobQueue.NotifyAsync(work.Context, id, token);
            }, cancellation);
            if (role is not null)
                await EndSessionsAsync(role, cancellation);
        }
    }

    private Task<bool> ChangeAsync(Guid id, Func<ProvisionerWork, StoredScratchCopy, CancellationToken, Task> change, CancellationToken cancellation) => database.MaintainAsProvisionerAsync(async (work, token) =>
    {
        if (await work.Context.Set<StoredScratchCopy>().FromSql($"select * from portal.scratch_copy where id = {id} for update").SingleOrDefaultAsync(token) is not { } copy)
            return false;
        // The portal does this by itself, in the team of the copy.
        work.Context.Audit.Source = AuditSource.Portal with { TeamId = copy.TeamId };
        await change(work, copy, token);
        return true;
    }, cancellation);

    private Task<List<Guid>> ListAsync(System.Linq.Expressions.Expression<Func<StoredScratchCopy, bool>> which, CancellationToken cancellation) =>
        database.ReadAsSystemAsync((context, token) => context.Set<StoredScratchCopy>().Where(which).Select(copy => copy.Id).ToListAsync(token), cancellation);
}
