using TdmPortal.Core;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Jobs;

/// <summary>All long work: its rows are the truth, Quartz only runs them.</summary>
public sealed class JobStore
{
    public Task<Page<JobSummary>> ListAsync(Actor actor, JobState? state, string? search, string? after, int take, CancellationToken cancellation) => throw new NotImplementedException();
    public Task<JobSummary> GetAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    public Task CancelAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Queues the same work again.</summary>
    public Task<Guid> RetryAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
}
