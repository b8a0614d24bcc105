using Quartz;
using TdmPortal.Data.Audit;

namespace TdmPortal.Web.Audit;

/// <summary>Notes where the audit's chain ends, when an hour has passed since the last note.</summary>
[DisallowConcurrentExecution]
public sealed class AnchorJob(AuditAnchors anchors) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await anchors.AnchorAsync(cancellationToken);
}
