using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.PersonalData;

/// <summary>The report of personal data: which columns of which datasets hold it, how they are protected, and what leads let pass.</summary>
public sealed class PersonalDataStore(PortalDatabase database, PersonalDataLook look, TimeProvider time)
{
    private const int LongestReason = 300;

    /// <summary>Columns with personal data, the newest first.</summary>
    public async Task<Page<PersonalColumn>> ListAsync(Actor actor, PersonalDataQuery query, string? after, int take, CancellationToken cancellation)
    {
        await look.LookAsync(cancellation);
        return await ReadAsync(actor, query.AllTeams, async (context, token) =>
        {
            var rows = Filter(Rows(context, actor, query), query);
            var total = await rows.LongCountAsync(token);
            if (ListCursor.Parse(after) is { } cursor)
                rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Finding.Since, row.Finding.Id), ValueTuple.Create(cursor.At, cursor.Id)));
            var found = await rows.OrderByDescending(row => row.Finding.Since).ThenByDescending(row => row.Finding.Id).Take(take + 1).ToListAsync(token);
            var shown = found.Take(take).ToList();
            return new Page<PersonalColumn>(shown.ConvertAll(Describe), found.Count > take ? new ListCursor(shown[^1].Finding.Since, shown[^1].Finding.Id).ToString() : null, total);
        }, cancellation);
    }

    /// <summary>How many columns of each kind are protected how, by dataset; the query's filters but not its protection count.</summary>
    public async Task<IReadOnlyList<PersonalCount>> CountAsync(Actor actor, PersonalDataQuery query, CancellationToken cancellation)
    {
        await look.LookAsync(cancellation);
        return await ReadAsync<IReadOnlyList<PersonalCount>>(actor, query.AllTeams, async (context, token) =>
            (await Filter(Rows(context, actor, query), query with { Protection = null, Kinds = null })
                .GroupBy(row => new { row.Finding.DatasetId, row.Finding.Kind, Protection = row.SignOff != null && row.Finding.Protection == "open" ? "signedoff" : row.Finding.Protection })
                .Select(group => new { group.Key.DatasetId, group.Key.Kind, group.Key.Protection, Columns = group.Count() }).ToListAsync(token))
            .ConvertAll(row => new PersonalCount(row.DatasetId, row.Kind, Protection(row.Protection), row.Columns)), cancellation);
    }

    /// <summary>What the latest version of a dataset holds, in the order of names.</summary>
    /// <exception cref="NotFoundException"/>
    public async Task<IReadOnlyList<PersonalColumn>> OfDatasetAsync(Actor actor, Guid datasetId, CancellationToken cancellation)
    {
        await look.LookAsync(cancellation);
        return await database.ReadAsync<IReadOnlyList<PersonalColumn>>(actor, async (context, token) =>
        {
            await DatasetAsync(context, actor, datasetId, token);
            return (await Rows(context, actor, new()).Where(row => row.Finding.DatasetId == datasetId).OrderBy(row => row.Finding.Entity).ThenBy(row => row.Finding.Field).ToListAsync(token)).ConvertAll(Describe);
        }, cancellation);
    }

    /// <summary>Lets a column with personal data go live as it is. A former sign-off of it is replaced.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="PortalException">personal.bad_sign_off</exception>
    public async Task SignOffAsync(Actor lead, Guid datasetId, string entity, string field, string reason, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may sign off a column: it lets personal data go live unmasked.", cancellation);
        reason = reason.Trim();
        if (reason.Length is 0 or > LongestReason)
            throw new PortalException("personal.bad_sign_off", $"It needs a reason of 1 to {LongestReason} characters.") { SuggestedActions = ["Say why the column may go live as it is"] };
        if (entity.Length is 0 or > 200 || field.Length is 0 or > 200)
            throw new PortalException("personal.bad_sign_off", "That is no column.") { SuggestedActions = ["Choose a column of the report"] };
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var dataset = await DatasetAsync(context, lead, datasetId, token);
            var now = time.GetUtcNow();
            await context.Set<StoredSignOff>().Where(former => former.DatasetId == datasetId && former.Entity == entity && former.Field == field).ExecuteDeleteAsync(token);
            context.Add(new StoredSignOff { Id = Guid.CreateVersion7(now), TeamId = lead.TeamId, DatasetId = datasetId, Entity = entity, Field = field, Reason = reason, SignedBy = lead.UserName, SignedAt = now });
            context.Audit.Add(AuditAction.PersonalSignedOff, AuditObject.Dataset(datasetId, dataset.Name), after: new { column = $"{entity}.{field}", reason });
            await JobQueue.NotifyAsync(context, datasetId, token);
            return true;
        }, cancellation);
    }

    /// <summary>Takes a sign-off back.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task WithdrawAsync(Actor lead, Guid signOffId, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may withdraw a sign-off.", cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var signOff = await context.Set<StoredSignOff>().SingleOrDefaultAsync(one => one.Id == signOffId && one.TeamId == lead.TeamId, token) ?? throw new NotFoundException("The sign-off");
            var dataset = await DatasetAsync(context, lead, signOff.DatasetId, token);
            context.Remove(signOff);
            context.Audit.Add(AuditAction.PersonalSignOffWithdrawn, AuditObject.Dataset(dataset.Id, dataset.Name), before: new { column = $"{signOff.Entity}.{signOff.Field}", signOff.Reason, signOff.SignedBy });
            await JobQueue.NotifyAsync(context, dataset.Id, token);
            return true;
        }, cancellation);
    }

    /// <summary>Columns (entity.field) of a dataset that leads let pass.</summary>
    internal static async Task<IReadOnlySet<string>> SignedOffAsync(PortalContext context, Guid datasetId, CancellationToken cancellation) =>
        (await context.Set<StoredSignOff>().Where(signOff => signOff.DatasetId == datasetId).Select(signOff => signOff.Entity + "." + signOff.Field).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);

    // Several teams are read as the portal, of those only that the actor may see.
    private Task<T> ReadAsync<T>(Actor actor, bool allTeams, Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        allTeams ? database.ReadAsSystemAsync(work, cancellation) : database.ReadAsync(actor, work, cancellation);

    private static IQueryable<Row> Rows(PortalContext context, Actor actor, PersonalDataQuery query) =>
        from finding in context.Set<StoredPersonalFinding>().AsNoTracking()
        join dataset in context.Set<Dataset>() on finding.DatasetId equals dataset.Id
        join team in context.Teams on finding.TeamId equals team.Id
        where dataset.DeletedAt == null && (finding.TeamId == actor.TeamId || (query.AllTeams && (actor.IsAdmin || context.Memberships.Any(member => member.TeamId == finding.TeamId && member.UserId == actor.UserId))))
        from signOff in context.Set<StoredSignOff>().Where(one => one.DatasetId == finding.DatasetId && one.Entity == finding.Entity && one.Field == finding.Field).DefaultIfEmpty()
        select new Row { Finding = finding, Dataset = dataset.Name, Title = dataset.Title, Team = team.Name, SignOff = signOff };

    private static IQueryable<Row> Filter(IQueryable<Row> rows, PersonalDataQuery query)
    {
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var pattern = ListCursor.Containing(query.Search);
            rows = rows.Where(row => EF.Functions.ILike(row.Dataset, pattern, @"\") || EF.Functions.ILike(row.Title, pattern, @"\") || EF.Functions.ILike(row.Team, pattern, @"\") || EF.Functions.ILike(row.Finding.Entity + "." + row.Finding.Field, pattern, @"\"));
        }

        rows = query.NotPersonal ? rows.Where(row => row.Finding.Said == PersonalKinds.None) : rows.Where(row => row.Finding.Said == null || row.Finding.Said != PersonalKinds.None || row.Finding.Protection == "open");
        if (query.Kinds is { } kinds)
            rows = rows.Where(row => kinds.Contains(row.Finding.Kind));
        return query.Protection switch
        {
            null => rows,
            PersonalProtection.SignedOff => rows.Where(row => row.SignOff != null && row.Finding.Protection == "open"),
            PersonalProtection.Open => rows.Where(row => row.SignOff == null && row.Finding.Protection == "open"),
            { } protection => rows.Where(row => row.Finding.Protection == PersonalDataLook.Name(protection)),
        };
    }

    private static PersonalColumn Describe(Row row) => new(row.Finding.Id, row.Finding.DatasetId, row.Title.Length > 0 ? row.Title : row.Dataset, row.Finding.TeamId, row.Team, row.Finding.VersionNumber, row.Finding.Entity, row.Finding.Field, row.Finding.Kind, row.Finding.Confidence,
        Protection(row.SignOff != null && row.Finding.Protection == "open" ? "signedoff" : row.Finding.Protection), row.Finding.Masker, row.Finding.Others, StoredJson.Read<List<PersonalEvidence>>(row.Finding.Evidence), row.Finding.Since)
    {
        Said = row.Finding.Said,
        SignOff = row.SignOff is { } signOff ? new(signOff.Id, signOff.Reason, signOff.SignedBy, signOff.SignedAt) : null,
    };

    private static PersonalProtection Protection(string name) => Enum.Parse<PersonalProtection>(name, ignoreCase: true);

    private static async Task<Dataset> DatasetAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == id && dataset.TeamId == actor.TeamId && dataset.DeletedAt == null, cancellation) ?? throw new NotFoundException("The dataset");

    private sealed class Row
    {
        public required StoredPersonalFinding Finding { get; init; }
        public required string Dataset { get; init; }
        public required string Title { get; init; }
        public required string Team { get; init; }
        public StoredSignOff? SignOff { get; init; }
    }
}
