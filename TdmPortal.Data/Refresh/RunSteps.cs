using Microsoft.EntityFrameworkCore;

namespace TdmPortal.Data.Refresh;

/// <summary>Keeps the times of a run's steps, in its row as they happen.</summary>
internal sealed class RunSteps(PortalDatabase database, TimeProvider time, Guid runId, Guid jobId)
{
    private readonly List<RefreshStep> steps = [];

    public string Json => StoredJson.Write(steps);

    /// <summary>Ends the step before and begins the next.</summary>
    public async Task BeginAsync(string name, CancellationToken cancellation)
    {
        End();
        steps.Add(new RefreshStep(name, time.GetUtcNow(), null));
        await StoreAsync(cancellation);
    }

    /// <summary>Ends the last step; its time is stored by whoever stores the run's end.</summary>
    public void End()
    {
        if (steps is [.., { Took: null } last])
            steps[^1] = last with { Took = time.GetUtcNow() - last.StartedAt };
    }

    private Task StoreAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var (json, began) = (Json, steps[0].StartedAt);
        await context.Set<StoredRefreshRun>().Where(run => run.Id == runId && run.JobId == jobId).ExecuteUpdateAsync(set => set.SetProperty(run => run.Steps, json).SetProperty(run => run.StartedAt, began), token);
        return true;
    }, cancellation);
}
