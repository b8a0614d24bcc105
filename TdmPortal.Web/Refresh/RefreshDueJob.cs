using Quartz;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>
/// Starts the runs whose time has come, on whichever node the cluster's trigger fires. What to start is asked of the
/// schedule rows, so a trigger that fires twice, late, or on two nodes does no harm.
/// </summary>
public sealed class RefreshDueJob(RefreshQueue queue) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await queue.FireDueAsync(cancellationToken);
}
