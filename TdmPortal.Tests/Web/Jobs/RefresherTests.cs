using TdmPortal.Web.Jobs;
using Xunit;

namespace TdmPortal.Tests.Web.Jobs;

public sealed class RefresherTests
{
    [Fact]
    public async Task Signal_WhileItReads_ReadsOnceMoreForAllOfThem()
    {
        var reads = 0;
        var gate = new TaskCompletionSource();
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        using var refresher = new Refresher(async _ =>
        {
            if (Interlocked.Increment(ref reads) == 1)
            {
                first.SetResult();
                await gate.Task;
            }
            else
            {
                second.SetResult();
            }
        }, TimeProvider.System, TimeSpan.Zero);

        refresher.Signal();
        await first.Task;
        for (var i = 0; i < 50; i++)
            refresher.Signal();
        gate.SetResult();
        await second.Task;

        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Signal_AfterOneThatWasCancelled_ReadsAgain()
    {
        var reads = 0;
        var again = new TaskCompletionSource();
        using var refresher = new Refresher(_ =>
        {
            if (Interlocked.Increment(ref reads) == 1)
                throw new OperationCanceledException();
            again.TrySetResult();
            return Task.CompletedTask;
        }, TimeProvider.System, TimeSpan.Zero);

        refresher.Signal();
        refresher.Signal();
        while (!again.Task.IsCompleted)
        {
            refresher.Signal();
            await Task.Yield();
        }

        Assert.True(reads >= 2);
    }
}
