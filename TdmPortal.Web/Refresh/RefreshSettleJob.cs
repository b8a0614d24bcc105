using Quartz;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>Looks after runs on each node: ends those whose jobs were given up, begins further attempts when their time comes, and starts what no trigger started.</summary>
[DisallowConcurrentExecution]
public sealed class RefreshSettleJob(RefreshQueue queue) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await queue.SettleAsync(cancellationToken);
        await queue.FireDueAsync(cancellationToken);
    }
}
