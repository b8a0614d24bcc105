using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Refresh;

/// <summary>
/// When all teams' runs are: they share the machine, so who looks for a quiet hour must see them all. Names are only those
/// of the reader's own teams, and all for administrators.
/// </summary>
public sealed class RefreshCalendar(PortalDatabase database, TimeProvider time)
{
    /// <summary>The runs between two instants, in order: those that were, and from now on those to come.</summary>
    /// <param name="most">No more than so many of each kind.</param>
    public async Task<IReadOnlyList<CalendarRun>> ReadAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation)
    {
        (from, to) = (from.ToUniversalTime(), to.ToUniversalTime());
        var now = time.GetUtcNow();
        var (own, past, schedules) = await database.ReadAsSystemAsync(async (context, token) =>
        {
            var teams = await context.Set<Membership>().Where(membership => membership.UserId == actor.UserId).Select(membership => membership.TeamId).ToListAsync(token);
            return (teams.Append(actor.TeamId).ToHashSet(), await PastAsync(context, from, to, most, token), to > now ? await SchedulesAsync(context, to, token) : []);
        }, cancellation);
        var begin = (from > now ? from : now).AddTicks(-1);
        var planned = schedules.SelectMany(row => FireTimes.After(StoredJson.Read<RefreshRule>(row.Schedule.Rule), begin > row.Schedule.Watermark ? begin : row.Schedule.Watermark).TakeWhile(time => time.At < to).Take(most)
                .Select(time => new CalendarRun(null, row.Schedule.DatasetId, row.Name, row.Schedule.TeamId, row.TeamKey, time.At.ToUniversalTime(), row.Took, null, row.Rows)))
            .OrderBy(run => run.At).Take(most);
        return [.. past.Concat(planned).Select(run => actor.IsAdmin || (run.TeamId is { } team && own.Contains(team)) ? run : new CalendarRun(null, null, "", null, "", run.At, run.Took, run.State, null)).OrderBy(run => run.At).ThenBy(run => run.DatasetName, StringComparer.Ordinal)];
    }

    private static Task<List<CalendarRun>> PastAsync(PortalContext context, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellation) => context.Set<StoredRefreshRun>().AsNoTracking()
        .Where(run => (run.StartedAt ?? run.PlannedFor) >= from && (run.StartedAt ?? run.PlannedFor) < to)
        .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), run => run.DatasetId, dataset => dataset.Id, (run, dataset) => new { run, dataset.Name, dataset.TeamKey })
        .OrderByDescending(row => row.run.CreatedAt).Take(most)
        .Select(row => new CalendarRun(row.run.Id, row.run.DatasetId, row.Name, row.run.TeamId, row.TeamKey, row.run.StartedAt ?? row.run.PlannedFor, row.run.FinishedAt - row.run.StartedAt, row.run.State, row.run.RowCount)).ToListAsync(cancellation);

    /// <summary>With what the last run that succeeded took and gave.</summary>
    private static Task<List<PlannedRow>> SchedulesAsync(PortalContext context, DateTimeOffset to, CancellationToken cancellation) =>
        (from schedule in context.Set<StoredRefreshSchedule>().AsNoTracking().Where(schedule => schedule.NextAt != null && schedule.NextAt < to)
         join dataset in context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null) on schedule.DatasetId equals dataset.Id
         from last in context.Set<StoredRefreshRun>().Where(run => run.DatasetId == dataset.Id && run.State == RefreshState.Succeeded).OrderByDescending(run => run.CreatedAt).Take(1).DefaultIfEmpty()
         select new PlannedRow(schedule, dataset.Name, dataset.TeamKey, last!.FinishedAt - last.StartedAt, last.RowCount)).ToListAsync(cancellation);

    private sealed record PlannedRow(StoredRefreshSchedule Schedule, string Name, string TeamKey, TimeSpan? Took, long? Rows);
}
