using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Refresh;
using TdmPortal.Data.Reviews;

namespace TdmPortal.Data.Changes;

/// <summary>Says who uses a schema, before it is changed.</summary>
public sealed class SchemaUses(PortalDatabase database, TimeProvider time)
{
    private const int Listed = 50;

    /// <summary>
    /// The datasets made from a schema. Of other teams, whom an edit of a shared schema reaches too, the actor sees names
    /// only as their member (or as an administrator); else their number.
    /// </summary>
    /// <param name="ownOnly">Whether only the actor's own team is meant: an override reaches nobody else.</param>
    /// <exception cref="NotFoundException">The actor does not see the schema.</exception>
    public async Task<SchemaUse> OfAsync(Actor actor, Guid schemaId, bool ownOnly, CancellationToken cancellation)
    {
        // As the actor: what is not theirs to see is not there.
        var (isOwn, isReviewed) = await database.ReadAsync(actor, async (context, token) =>
            (await context.Schemas.Where(schema => schema.Id == schemaId && schema.DeletedAt == null).Select(schema => (bool?)(schema.TeamId == actor.TeamId)).SingleOrDefaultAsync(token) ?? throw new NotFoundException("Schema"),
            await ReviewGate.IsSchemaReviewedAsync(context, schemaId, ownOnly, token)), cancellation);
        return await database.ReadAsSystemAsync(async (context, token) =>
        {
            var all = context.Set<Dataset>().AsNoTracking().Where(dataset => dataset.SchemaId == schemaId && dataset.DeletedAt == null);
            var seen = all.Where(dataset => dataset.TeamId == actor.TeamId);
            if (isOwn && !ownOnly)
                seen = all.Where(dataset => dataset.TeamId == actor.TeamId || actor.IsAdmin || context.Memberships.Any(member => member.TeamId == dataset.TeamId && member.UserId == actor.UserId));
            else
                all = seen;
            var total = await seen.CountAsync(token);
            var others = await all.Where(dataset => !seen.Contains(dataset)).GroupBy(dataset => dataset.TeamId).Select(team => team.Count()).ToListAsync(token);
            var rows = await seen.OrderByDescending(dataset => dataset.TeamId == actor.TeamId).ThenByDescending(dataset => dataset.CurrentVersionId != null).ThenBy(dataset => dataset.Name).ThenBy(dataset => dataset.Id).Take(Listed)
                .Select(dataset => new
                {
                    dataset.Id, dataset.Name, dataset.Title,
                    Team = dataset.TeamId == actor.TeamId ? null : context.Teams.Where(team => team.Id == dataset.TeamId).Select(team => team.Name).FirstOrDefault(),
                    Live = context.Set<DatasetVersion>().Where(version => version.Id == dataset.CurrentVersionId).Select(version => new { version.Number, version.Seed, version.AsOf, version.Scale, version.RowsAsked, version.Stable }).FirstOrDefault(),
                    Schedule = context.Set<StoredRefreshSchedule>().Where(schedule => schedule.DatasetId == dataset.Id).Select(schedule => new { schedule.Rule, schedule.Settings, schedule.NextAt }).FirstOrDefault(),
                })
                .ToListAsync(token);
            return new SchemaUse([.. rows.Select(row =>
            {
                var use = new DatasetUse(row.Id, row.Name, row.Title, row.Team, row.Live?.Number, row.Live is null ? new() : MoreOptions.Options(row.Live.Seed, row.Live.AsOf, row.Live.Scale, row.Live.RowsAsked, row.Live.Stable));
                if (row.Schedule is null)
                    return use;
                var (rule, settings) = (StoredJson.Read<RefreshRule>(row.Schedule.Rule), StoredJson.Read<RefreshSettings>(row.Schedule.Settings));
                return use with { Settings = settings.Options(row.Schedule.NextAt ?? time.GetUtcNow(), rule.Zone), Schedule = rule.Describe(), PinnedTo = settings.SchemaVersion };
            })], total, others.Count, others.Sum()) { NeedsReview = isReviewed };
        }, cancellation);
    }
}
