using Quartz;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Web.Jobs;

/// <summary>
/// Runs what waits in the portal's job rows on this node. Fired when a row changes (see <see cref="JobWaker"/>) and every
/// few seconds besides, so that a lost message or another node's end costs seconds and nothing else.
/// </summary>
public sealed class RunPendingJob(JobRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await runner.RunPendingAsync(cancellationToken);
}
