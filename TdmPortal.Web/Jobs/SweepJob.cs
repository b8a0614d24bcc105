using Quartz;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Retention;
using TdmPortal.Data.Storage;

namespace TdmPortal.Web.Jobs;

/// <summary>Ends jobs that nobody works on and sessions that take too long, and drops tables that nobody needs any more.</summary>
[DisallowConcurrentExecution]
public sealed class SweepJob(JobQueue queue, VersionSweeper sweeper, RetentionStore retention, StorageStore storage, TeamLogins logins) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await queue.EndAbandonedAsync(cancellationToken);
        await retention.RunDueAsync(cancellationToken);
        await retention.ForgetDeletedAsync(cancellationToken);
        await storage.SampleAsync(cancellationToken);
        await sweeper.SweepAsync(cancellationToken);
        await logins.EndOverdueAsync(cancellationToken);
    }
}
