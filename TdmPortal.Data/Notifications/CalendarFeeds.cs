using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Data.Notifications;

/// <summary>A team's coming refreshes as a calendar at a secret address, for clients that cannot sign in.</summary>
public sealed class CalendarFeeds(PortalDatabase database, TimeProvider time)
{
    /// <summary>How far a calendar looks ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(365);

    private const string LeadsOnly = "Only a lead of the team or an administrator makes and renews the calendar's address.";
    private static readonly TimeSpan ShortestLength = TimeSpan.FromMinutes(5), UsualLength = TimeSpan.FromMinutes(15);

    /// <summary>Null: the team's calendar has no address.</summary>
    public Task<CalendarFeed?> FindAsync(Actor actor, CancellationToken cancellation) => database.ReadAsync(actor, (context, token) =>
        context.Set<StoredCalendarFeed>().Where(feed => feed.TeamId == actor.TeamId).Select(feed => new CalendarFeed(feed.MadeBy, feed.MadeAt)).SingleOrDefaultAsync(token), cancellation);

    /// <summary>Makes an address, in place of the one that there was.</summary>
    /// <returns>What makes it secret: shown now and never again.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    public async Task<string> MakeAsync(Actor lead, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        var address = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var stored = await context.Set<StoredCalendarFeed>().SingleOrDefaultAsync(feed => feed.TeamId == lead.TeamId, token);
            context.Audit.Add(stored is null ? AuditAction.CalendarMade : AuditAction.CalendarRenewed, AuditObject.Team(lead.TeamId, lead.TeamKey));
            if (stored is null)
                context.Add(stored = new StoredCalendarFeed { TeamId = lead.TeamId });
            (stored.AddressHash, stored.MadeBy, stored.MadeAt) = (Hash(address), lead.UserName, time.GetUtcNow());
            return true;
        }, cancellation);
        return address;
    }

    /// <summary>The address leads nowhere any more.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    public async Task RemoveAsync(Actor lead, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            await context.Set<StoredCalendarFeed>().Where(feed => feed.TeamId == lead.TeamId).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.CalendarRemoved, AuditObject.Team(lead.TeamId, lead.TeamKey));
            return true;
        }, cancellation);
    }

    /// <summary>What is at an address: the calendar's name and the team's runs of the coming year.</summary>
    /// <param name="origin">Scheme and host of the portal, for links.</param>
    /// <returns>Null: nothing is there.</returns>
    public async Task<(string Name, IEnumerable<CalendarEvent> Events)?> ReadAsync(string address, string origin, CancellationToken cancellation)
    {
        // By its hash: how long a look-up takes says nothing about the address.
        var hash = Hash(address);
        var team = await database.ReadAsSystemAsync((context, token) => context.Set<StoredCalendarFeed>().Where(feed => feed.AddressHash == hash)
            .Join(context.Teams, feed => feed.TeamId, team => team.Id, (_, team) => new { team.Id, team.Key, team.Name }).SingleOrDefaultAsync(token), cancellation);
        if (team is null)
            return null;
        // From here on as nobody in that team: row-level security shows no other's.
        var nobody = new Actor(Guid.Empty, "calendar", false, team.Id, team.Key, TeamRole.Tester);
        var schedules = await database.ReadAsync(nobody, (context, token) => context.Set<StoredRefreshSchedule>().AsNoTracking().Where(schedule => schedule.TeamId == team.Id && !schedule.Paused)
            .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), schedule => schedule.DatasetId, dataset => dataset.Id, (schedule, dataset) => new Scheduled(schedule, dataset.Title != "" ? dataset.Title : dataset.Name,
                context.Set<StoredRefreshRun>().Where(run => run.DatasetId == dataset.Id && run.State == RefreshState.Succeeded).OrderByDescending(run => run.CreatedAt).Select(run => run.FinishedAt - run.StartedAt).FirstOrDefault()))
            .ToListAsync(token), cancellation);
        var followers = schedules.Where(one => one.Schedule.AfterId is not null).ToLookup(one => one.Schedule.AfterId!.Value);
        return ($"Refreshes of {team.Name}", schedules.Where(one => one.Schedule.NextAt is not null).SelectMany(one => EventsOf(one, followers, origin)));
    }

    private IEnumerable<CalendarEvent> EventsOf(Scheduled one, ILookup<Guid, Scheduled> followers, string origin)
    {
        var (schedule, rule) = (one.Schedule, StoredJson.Read<RefreshRule>(one.Schedule.Rule));
        var now = time.GetUtcNow();
        var length = one.Took is { } took ? TimeSpan.FromMinutes(Math.Ceiling(Math.Max(took.TotalMinutes, ShortestLength.TotalMinutes))) : UsualLength;
        var chain = Chain(schedule.Id, followers);
        var then = chain.Count == 0 ? "" : "\nThen " + string.Join(", ", chain) + ".";
        // All runs up to the watermark were started; those after it that are due now are about to.
        return FireTimes.After(rule, schedule.Watermark).SkipWhile(run => run.At < now - UsualLength).TakeWhile(run => run.At <= now + Ahead)
            .Select(run => new CalendarEvent(FormattableString.Invariant($"{schedule.Id:N}-{run.PlannedFor:yyyyMMdd}@tdmportal"), run.At, length, $"{one.Dataset} is refreshed", rule.Describe() + "." + then, schedule.ChangedAt, $"{origin}/datasets/{schedule.DatasetId}/refresh"));
    }

    /// <summary>What is refreshed after it, in order. Chains have no cycles.</summary>
    private static List<string> Chain(Guid schedule, ILookup<Guid, Scheduled> followers) =>
        [.. followers[schedule].OrderBy(next => next.Dataset, StringComparer.Ordinal).SelectMany(next => (string[])[next.Dataset, .. Chain(next.Schedule.Id, followers)])];

    private static byte[] Hash(string address) => SHA256.HashData(Encoding.UTF8.GetBytes(address));

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsLead, LeadsOnly, cancellation);

    private sealed record Scheduled(StoredRefreshSchedule Schedule, string Dataset, TimeSpan? Took);
}
