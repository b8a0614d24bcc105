using Quartz;
using TdmPortal.Data.Environments;

namespace TdmPortal.Web.Jobs;

/// <summary>Looks after scratch copies more often than after the rest: what outgrows its quota takes the disk from everybody.</summary>
[DisallowConcurrentExecution]
public sealed class ScratchJob(ScratchSweeper sweeper) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sweeper.SweepAsync(cancellationToken);
}
