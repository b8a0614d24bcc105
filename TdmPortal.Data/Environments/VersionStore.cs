using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Environments;

/// <summary>The versions of a dataset as people keep them: named, tagged, pinned, deleted.</summary>
public sealed partial class VersionStore(PortalDatabase database, TimeProvider time)
{
    /// <summary>Tags of one version.</summary>
    public const int MostTags = 10;

    /// <summary>How far ahead a pin may reach.</summary>
    public static readonly TimeSpan LongestPin = TimeSpan.FromDays(366);

    private const int LongestReason = 200;

    /// <summary>The kept versions of a dataset, newest first.</summary>
    /// <param name="search">Part of a note, a tag or a creator's name, or a number.</param>
    /// <param name="after">The number that the page before ended with.</param>
    /// <exception cref="NotFoundException"/>
    public Task<Page<KeptVersion>> ListAsync(Actor actor, Guid datasetId, string? search, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var dataset = await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == datasetId && dataset.TeamId == actor.TeamId && dataset.DeletedAt == null, token) ?? throw new NotFoundException("The dataset");
        var kept = context.Set<DatasetVersion>().AsNoTracking().Where(version => version.DatasetId == datasetId && version.State == DatasetVersion.Ready);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var (pattern, number) = (ListCursor.Containing(search), int.TryParse(search.Trim(), CultureInfo.InvariantCulture, out var parsed) ? parsed : -1);
            kept = kept.Where(version => version.Number == number || EF.Functions.ILike(version.Note!, pattern, @"\") || EF.Functions.ILike(version.CreatedBy, pattern, @"\") || version.Tags.Any(tag => EF.Functions.ILike(tag, pattern, @"\")));
        }

        var total = await kept.LongCountAsync(token);
        if (int.TryParse(after, CultureInfo.InvariantCulture, out var below))
            kept = kept.Where(version => version.Number < below);
        var found = await kept.OrderByDescending(version => version.Number).Take(take + 1)
            .Select(version => new { version.Id, version.Number, version.DatabaseSchema, version.SchemaVersion, version.Seed, version.AsOf, version.EngineVersion, version.RowCount, version.Bytes, version.CreatedBy, version.CreatedAt, version.Note, version.Tags, version.Origin }).ToListAsync(token);
        var shown = found.Take(take).ToList();
        var pins = await PinsAsync(context, actor, shown.ConvertAll(version => version.Id), token);
        var items = shown.ConvertAll(version => new KeptVersion(version.Id, version.Number, version.Id == dataset.CurrentVersionId, version.DatabaseSchema, version.SchemaVersion, version.Seed, version.AsOf, version.EngineVersion, version.RowCount, version.Bytes,
            version.CreatedBy, version.CreatedAt, version.Note, version.Tags, [.. pins[version.Id]], MayChange(actor, version.CreatedBy), version.Origin));
        return new Page<KeptVersion>(items, found.Count > take ? FormattableString.Invariant($"{shown[^1].Number}") : null, total);
    }, cancellation);

    /// <summary>Says what a version is for. Anybody of the team may.</summary>
    /// <exception cref="PortalException">dataset.note_too_long, dataset.bad_tag</exception>
    public Task DescribeAsync(Actor actor, Guid versionId, string? note, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        note = Remark.Note(note);
        var wanted = tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (Array.Find(wanted, tag => !Tag().IsMatch(tag)) is { } bad)
            throw new PortalException("dataset.bad_tag", $"\"{bad}\" is no tag: lower-case letters, digits and . _ - , up to 40, the first a letter or digit.") { SuggestedActions = ["Write release-4.2 for Release 4.2"] };
        if (wanted.Length > MostTags)
            throw new PortalException("dataset.bad_tag", $"A version has {MostTags} tags at most; these are {wanted.Length}.") { SuggestedActions = ["Remove some"] };
        return ChangeAsync(actor, versionId, async (context, version, token) =>
        {
            context.Audit.Add(AuditAction.VersionDescribed, await AboutAsync(context, version.Id, token), new { version.Note, version.Tags }, new { note, Tags = wanted });
            await context.Set<DatasetVersion>().Where(known => known.Id == version.Id).ExecuteUpdateAsync(set => set.SetProperty(known => known.Note, note).SetProperty(known => known.Tags, wanted), token);
        }, cancellation);
    }

    /// <summary>Keeps a version until a day, in the actor's name. A second pin of the same person takes the place of the first.</summary>
    /// <exception cref="PortalException">dataset.bad_pin</exception>
    public Task PinAsync(Actor actor, Guid versionId, DateTimeOffset until, string? reason, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (until <= now || until > now + LongestPin)
            throw new PortalException("dataset.bad_pin", "A pin ends in the future, within a year.") { SuggestedActions = ["Choose a day from tomorrow on"] };
        reason = Remark.Check(reason, LongestReason, "dataset.bad_pin", "reason");
        return ChangeAsync(actor, versionId, async (context, version, token) =>
        {
            await context.Set<StoredPin>().Where(pin => pin.VersionId == version.Id && pin.UserId == actor.UserId).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.VersionPinned, await AboutAsync(context, version.Id, token), after: new { until, reason });
            context.Add(new StoredPin { Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, VersionId = version.Id, UserId = actor.UserId, Reason = reason, PinnedAt = now, Until = until.ToUniversalTime() });
        }, cancellation);
    }

    /// <summary>Ends a pin before its day.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ForbiddenException">Somebody else's, and the actor is no lead.</exception>
    public Task ReleaseAsync(Actor actor, Guid pinId, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        var pin = await context.Set<StoredPin>().SingleOrDefaultAsync(pin => pin.Id == pinId && pin.TeamId == actor.TeamId, token) ?? throw new NotFoundException("The pin");
        if (pin.UserId != actor.UserId && !actor.IsLead)
            throw new ForbiddenException("Only the one who pinned the version or a lead of the team may release it.");
        context.Remove(pin);
        context.Audit.Add(AuditAction.PinReleased, await AboutAsync(context, pin.VersionId, token), before: new { holder = pin.UserId, pin.Until, pin.Reason });
        return true;
    }, cancellation);

    /// <summary>Gives a version up; its tables are dropped when nobody reads them any more.</summary>
    /// <exception cref="ConflictException">dataset.version_live, dataset.version_pinned, dataset.version_copied</exception>
    /// <exception cref="ForbiddenException">Somebody else's, and the actor is no lead.</exception>
    public Task DeleteAsync(Actor actor, Guid versionId, CancellationToken cancellation) => ChangeAsync(actor, versionId, async (context, version, token) =>
    {
        if (!MayChange(actor, version.CreatedBy))
            throw new ForbiddenException($"Version {version.Number} was made by {version.CreatedBy}. Only they or a lead of the team may delete it.");
        if (await context.Set<Dataset>().AnyAsync(dataset => dataset.CurrentVersionId == versionId, token))
            throw new ConflictException("dataset.version_live", $"Version {version.Number} is live.") { SuggestedActions = ["Make another version live first", "Delete the whole dataset"] };
        if ((await PinsAsync(context, actor, [versionId], token))[versionId].FirstOrDefault() is { } pin)
            throw new ConflictException("dataset.version_pinned", $"{pin.Who} needs version {version.Number} until {pin.Until:yyyy-MM-dd}{(pin.Reason is null ? "" : $" ({pin.Reason})")}.") { SuggestedActions = [$"Ask {pin.Who} to release it", "Wait until then"] };
        if (await context.Set<StoredScratchCopy>().AnyAsync(copy => copy.VersionId == versionId, token))
            throw new ConflictException("dataset.version_copied", $"A scratch copy takes its rows from version {version.Number}.") { SuggestedActions = ["Delete the scratch copy first", "Wait until it ends"] };
        context.Audit.Add(AuditAction.VersionDeleted, await AboutAsync(context, versionId, token), details: new { version.RowCount, version.Bytes });
        await context.Set<DatasetVersion>().Where(known => known.Id == versionId).ExecuteUpdateAsync(set => set.SetProperty(known => known.State, DatasetVersion.Deleted), token);
    }, cancellation);

    private Task ChangeAsync(Actor actor, Guid versionId, Func<PortalContext, DatasetVersion, CancellationToken, Task> change, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        // Held until the commit: a version cannot go live, be pinned and be deleted at the same moment.
        var version = await context.Set<DatasetVersion>().FromSql($"select * from portal.dataset_version where id = {versionId} and team_id = {actor.TeamId} and state = 'ready' for update").AsNoTracking().SingleOrDefaultAsync(token)
            ?? throw new NotFoundException("The dataset's version");
        await change(context, version, token);
        await JobQueue.NotifyAsync(context, version.DatasetId, token);
        return true;
    }, cancellation);

    private static async Task<AuditObject> AboutAsync(PortalContext context, Guid versionId, CancellationToken cancellation)
    {
        var version = await context.Set<DatasetVersion>().Where(version => version.Id == versionId).Join(context.Set<Dataset>(), version => version.DatasetId, dataset => dataset.Id, (version, dataset) => new { version.Number, dataset.Name }).SingleAsync(cancellation);
        return AuditObject.Version(versionId, version.Name, version.Number);
    }

    private async Task<ILookup<Guid, VersionPin>> PinsAsync(PortalContext context, Actor actor, List<Guid> versions, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = await context.Set<StoredPin>().AsNoTracking().Where(pin => versions.Contains(pin.VersionId) && pin.Until > now).OrderByDescending(pin => pin.Until)
            .Select(pin => new { pin.VersionId, pin.Id, pin.UserId, pin.Reason, pin.Until, Who = context.Users.Where(user => user.Id == pin.UserId).Select(user => user.DisplayName).FirstOrDefault() }).ToListAsync(cancellation);
        return found.ToLookup(pin => pin.VersionId, pin => new VersionPin(pin.Id, pin.Who ?? "somebody", pin.Reason, pin.Until, pin.UserId == actor.UserId || actor.IsLead));
    }

    private static bool MayChange(Actor actor, string createdBy) => actor.IsLead || createdBy == actor.UserName;

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,39}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
