using TdmPortal.Core.Audit;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Audit;

/// <summary>Who did something, for which team and from where.</summary>
/// <param name="UserId">Null: the portal itself, or somebody who has not signed in.</param>
/// <param name="UserName">As it was at that time.</param>
public sealed record AuditSource(Guid? UserId, string UserName, Guid? TeamId, AuditOrigin Origin)
{
    /// <summary>The portal itself.</summary>
    public static AuditSource Portal { get; } = new(null, "TdmPortal", null, AuditOrigin.Portal);

    public static AuditSource Of(Actor actor) => new(actor.UserId, actor.UserName, actor.TeamId == Guid.Empty ? null : actor.TeamId, actor.Origin);

    /// <summary>Long work is done in the name of who asked for it.</summary>
    public static AuditSource Of(JobExecution job) => new(job.StartedById == Guid.Empty ? null : job.StartedById, job.StartedBy, job.TeamId, new AuditOrigin(AuditChannel.Job, null));
}
