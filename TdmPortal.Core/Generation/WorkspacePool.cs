using System.Collections.Concurrent;

namespace TdmPortal.Core.Generation;

/// <summary>The workspaces of a plan that no thread uses now.</summary>
internal sealed class WorkspacePool(int entities)
{
    private readonly ConcurrentBag<Workspace> free = [];

    public Workspace Rent() => free.TryTake(out var workspace) ? workspace : new(entities);

    public void Return(Workspace workspace) => free.Add(workspace);
}
