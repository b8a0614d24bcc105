namespace TdmPortal.Data.Jobs;

/// <summary>One kind of long work.</summary>
public interface IJobWork
{
    /// <summary>As in the job's row.</summary>
    string Kind { get; }

    /// <summary>Whether it takes seconds and somebody waits for it: then it need not wait for work that takes long.</summary>
    bool IsShort => false;

    /// <summary>
    /// Does it. May be called again for the same job after a crash, so it starts from nothing; when it throws or is
    /// cancelled it leaves nothing behind. Marks the job completed in the transaction that makes its result visible,
    /// with <see cref="JobQueue.CompleteAsync"/>.
    /// </summary>
    Task RunAsync(JobExecution job, CancellationToken cancellation);

    /// <summary>Called when a job of this kind ended without success: what hangs on jobs follows.</summary>
    Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;
}
