using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Storage;

/// <summary>Holds all long work back: what waits goes on waiting, on every node; what runs goes on to its end.</summary>
public sealed class WorkPauses(PortalDatabase database, TimeProvider time)
{
    /// <summary>What the change feed says when work was paused or goes on.</summary>
    public static readonly Guid Changed = new("7d9b6e02-0000-4000-8000-9a05e0000001");

    private const string AdministratorsOnly = "Only administrators hold long work back.";

    /// <summary>Null: work goes on.</summary>
    public Task<WorkPause?> FindAsync(CancellationToken cancellation) => database.ReadAsSystemAsync((context, token) =>
        context.Set<StoredWorkPause>().Select(pause => new WorkPause(pause.PausedBy, pause.PausedAt, pause.Reason)).SingleOrDefaultAsync(token), cancellation);

    /// <param name="reason">For the banner that everybody sees; up to 200 characters.</param>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task PauseAsync(Actor admin, string? reason, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, AdministratorsOnly, cancellation);
        reason = Remark.Check(reason, 200, "storage.bad_reason", "reason");
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            await context.Set<StoredWorkPause>().ExecuteDeleteAsync(token);
            context.Add(new StoredWorkPause { PausedBy = admin.UserName, PausedAt = time.GetUtcNow(), Reason = reason });
            context.Audit.Add(AuditAction.WorkPaused, null, details: new { reason });
            await JobQueue.NotifyAsync(context, Changed, token);
            return true;
        }, cancellation);
    }

    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task ResumeAsync(Actor admin, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, AdministratorsOnly, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            if (await context.Set<StoredWorkPause>().ExecuteDeleteAsync(token) == 0)
                context.Audit.NothingOwed("It was not paused.");
            else
                context.Audit.Add(AuditAction.WorkResumed, null);
            await JobQueue.NotifyAsync(context, Changed, token);
            return true;
        }, cancellation);
    }
}
