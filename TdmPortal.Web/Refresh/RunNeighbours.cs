using TdmPortal.Data.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>The runs next to one that made a version too: what it is measured by.</summary>
/// <param name="Earlier">Null: it was the first.</param>
/// <param name="Later">Null: none came after it.</param>
public sealed record RunNeighbours(RefreshRun? Earlier, RefreshRun? Later)
{
    /// <param name="runs">The latest first.</param>
    public static RunNeighbours Of(IReadOnlyList<RefreshRun> runs, Guid id)
    {
        var place = 0;
        while (place < runs.Count && runs[place].Id != id)
            place++;
        return new(runs.Skip(place + 1).FirstOrDefault(HasMade), runs.Take(place).LastOrDefault(HasMade));
    }

    private static bool HasMade(RefreshRun run) => run is { Rows: not null, State: Core.Refresh.RefreshState.Succeeded };
}
