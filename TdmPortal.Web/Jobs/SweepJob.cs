using Quartz;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Web.Jobs;

/// <summary>Ends jobs that nobody works on and drops tables that nobody needs any more.</summary>
[DisallowConcurrentExecution]
public sealed class SweepJob(JobQueue queue, VersionSweeper sweeper) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await queue.EndAbandonedAsync(cancellationToken);
        await sweeper.SweepAsync(cancellationToken);
    }
}
