using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Refresh;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Data.Quality;

/// <summary>Quality reports of a team's dataset versions: reading them, asking for them, accepting what they found.</summary>
public sealed class QualityStore(PortalDatabase database, TimeProvider time)
{
    /// <summary>How far ahead a finding may be accepted.</summary>
    public static readonly TimeSpan LongestAcceptance = TimeSpan.FromDays(366);

    private const int LongestReason = 300, LongestOwner = 100, ScoresShown = 12;

    private static readonly TimeSpan GatesShown = TimeSpan.FromDays(30);

    /// <summary>
    /// Cells a second at basic, standard and premium where this team has no report of the level yet
    /// (customers-orders on the machine of docs/performance.md), and what a report takes at least.
    /// </summary>
    private static readonly double[] UsualCellsPerSecond = [12e6, 5e6, 3e6];
    private static readonly TimeSpan LeastTook = TimeSpan.FromSeconds(0.3);

    /// <summary>The report of a version, or of the live one; null: there is none.</summary>
    /// <exception cref="NotFoundException">No such dataset.</exception>
    public Task<QualityReportRecord?> FindAsync(Actor actor, Guid datasetId, int? version, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var dataset = await DatasetAsync(context, actor, datasetId, token);
        return await FindAsync(context, Of(context, actor).Where(report => report.DatasetId == datasetId && (version != null ? report.VersionNumber == version : report.VersionId == dataset.CurrentVersionId)), token);
    }, cancellation);

    /// <summary>A report by its id: also of a version that the gate stopped.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<QualityReportRecord> GetAsync(Actor actor, Guid reportId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
        await FindAsync(context, Of(context, actor).Where(report => report.Id == reportId), token) ?? throw new NotFoundException("The report"), cancellation);

    /// <summary>The figures of a dataset's reports, the latest version first.</summary>
    public Task<IReadOnlyList<QualitySummary>> HistoryAsync(Actor actor, Guid datasetId, int take, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<QualitySummary>>(actor, async (context, token) =>
        (await Of(context, actor).Where(report => report.DatasetId == datasetId).OrderByDescending(report => report.VersionNumber).ThenByDescending(report => report.CreatedAt).Take(Math.Clamp(take, 1, 200)).ToListAsync(token)).ConvertAll(QualitySummary.Of), cancellation);

    /// <summary>About how long a report of a version takes at each level, by what the dataset's and the team's reports took.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<IReadOnlyDictionary<QualityLevel, TimeSpan>> EstimateAsync(Actor actor, Guid versionId, CancellationToken cancellation) => database.ReadAsync<IReadOnlyDictionary<QualityLevel, TimeSpan>>(actor, async (context, token) =>
    {
        var version = DatasetStore.Describe(await DatasetStore.FindVersionAsync(context, actor, versionId, token));
        var cells = version.Entities.Sum(entity => (double)entity.Rows * entity.Columns.Count);
        var estimates = new Dictionary<QualityLevel, TimeSpan>();
        foreach (var level in Enum.GetValues<QualityLevel>())
        {
            // Rows of the same dataset have the same columns, so rows will do; small ones are all overhead.
            var past = await Of(context, actor).Where(report => report.Level == level && report.Origin == "asked" && report.RowCount > 10_000 && context.Set<DatasetVersion>().Any(own => own.Id == versionId && own.DatasetId == report.DatasetId))
                .OrderByDescending(report => report.CreatedAt).Select(report => new { report.RowCount, report.TookSeconds }).FirstOrDefaultAsync(token);
            var took = past is { TookSeconds: > 0 } ? TimeSpan.FromSeconds(past.TookSeconds * version.Rows / past.RowCount) : TimeSpan.FromSeconds(cells / UsualCellsPerSecond[(int)level]);
            estimates[level] = took < LeastTook ? LeastTook : took;
        }

        return estimates;
    }, cancellation);

    /// <summary>Has a report made of a version; it takes the place of the version's former one.</summary>
    /// <param name="referenceId">The version to compare with; null: the one before.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="NotFoundException">No kept version of the team.</exception>
    /// <exception cref="PortalException">quality.no_reference: no report at level standard or above is there of that version.</exception>
    public Task<Guid> StartAsync(Actor actor, Guid versionId, QualityLevel level, Guid? referenceId, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        var version = await DatasetStore.FindVersionAsync(context, actor, versionId, token);
        var dataset = await DatasetAsync(context, actor, version.DatasetId, token);
        if (referenceId is { } reference && (level == QualityLevel.Basic || !await context.Set<StoredQualityDetail>().AnyAsync(detail => detail.TeamId == actor.TeamId && detail.VersionId == reference && detail.Profile != null && reference != versionId, token)))
            throw new PortalException("quality.no_reference", "There is nothing to compare with in that version.") { SuggestedActions = ["Make a report of it at level standard or premium first", "Choose level standard or premium for this one"] };
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, Kind = QualityWork.KindName, Title = string.Create(CultureInfo.InvariantCulture, $"Quality report of {dataset.Name} v{version.Number}"), RowsTotal = version.RowCount,
            Input = StoredJson.Write(new QualityInput(versionId, level, referenceId)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now,
        };
        context.Add(job);
        context.Audit.Add(AuditAction.QualityAsked, AuditObject.Version(version.Id, dataset.Name, version.Number), details: new { level, job = job.Id });
        await context.SaveChangesAsync(token);
        await JobQueue.NotifyAsync(context, job.Id, token);
        return job.Id;
    }, cancellation);

    /// <summary>What was accepted as known for a dataset, expired ones too.</summary>
    public Task<IReadOnlyList<AcceptedFinding>> AcceptedAsync(Actor actor, Guid datasetId, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<AcceptedFinding>>(actor, async (context, token) =>
    {
        var now = time.GetUtcNow();
        return await context.Set<StoredAcceptedFinding>().AsNoTracking().Where(finding => finding.TeamId == actor.TeamId && finding.DatasetId == datasetId).OrderBy(finding => finding.Kind).ThenBy(finding => finding.Name)
            .Select(finding => new AcceptedFinding(finding.Id, finding.Kind, finding.Name, finding.Reason, finding.Owner, finding.ExpiresAt, finding.ExpiresAt <= now, finding.AcceptedBy, finding.AcceptedAt)).ToListAsync(token);
    }, cancellation);

    /// <summary>Accepts a finding as known until a day: gate and alerts leave it out. A former acceptance of it is replaced.</summary>
    /// <param name="kind"><c>rule</c> or <c>scenario</c>.</param>
    /// <exception cref="ForbiddenException">For leads: it lets through what rules forbid.</exception>
    /// <exception cref="PortalException">quality.bad_acceptance</exception>
    public async Task AcceptAsync(Actor lead, Guid datasetId, string kind, string name, string reason, string owner, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may accept a finding: it lets through what the rules forbid.", cancellation);
        var now = time.GetUtcNow();
        (reason, owner) = (reason.Trim(), owner.Trim());
        if (kind is not ("rule" or "scenario") || name.Length is 0 or > 120)
            throw Bad("That is no finding that can be accepted.", "Choose a rule or a scenario of the report");
        if (reason.Length is 0 or > LongestReason)
            throw Bad($"It needs a reason of 1 to {LongestReason} characters.", "Say why it may stay as it is");
        if (owner.Length is 0 or > LongestOwner)
            throw Bad($"It needs an owner of 1 to {LongestOwner} characters.", "Name who sees to it");
        if (expiresAt <= now || expiresAt > now + LongestAcceptance)
            throw Bad("It ends in the future, within a year.", "Choose a day from tomorrow on");
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var dataset = await DatasetAsync(context, lead, datasetId, token);
            await context.Set<StoredAcceptedFinding>().Where(former => former.DatasetId == datasetId && former.Kind == kind && former.Name == name).ExecuteDeleteAsync(token);
            context.Add(new StoredAcceptedFinding { Id = Guid.CreateVersion7(now), TeamId = lead.TeamId, DatasetId = datasetId, Kind = kind, Name = name, Reason = reason, Owner = owner, ExpiresAt = expiresAt.ToUniversalTime(), AcceptedBy = lead.UserName, AcceptedAt = now });
            context.Audit.Add(AuditAction.FindingAccepted, AuditObject.Dataset(datasetId, dataset.Name), after: new { kind, name, reason, owner, expiresAt });
            await JobQueue.NotifyAsync(context, datasetId, token);
            return true;
        }, cancellation);

        static PortalException Bad(string message, string action) => new("quality.bad_acceptance", message) { SuggestedActions = [action] };
    }

    /// <summary>Lets an accepted finding count again.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task TakeBackAsync(Actor lead, Guid acceptedId, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may take back what was accepted.", cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var finding = await context.Set<StoredAcceptedFinding>().SingleOrDefaultAsync(finding => finding.Id == acceptedId && finding.TeamId == lead.TeamId, token) ?? throw new NotFoundException("What was accepted");
            var dataset = await DatasetAsync(context, lead, finding.DatasetId, token);
            context.Remove(finding);
            context.Audit.Add(AuditAction.FindingTakenBack, AuditObject.Dataset(dataset.Id, dataset.Name), before: new { finding.Kind, finding.Name, finding.Reason, finding.Owner, finding.ExpiresAt });
            await JobQueue.NotifyAsync(context, dataset.Id, token);
            return true;
        }, cancellation);
    }

    /// <summary>Datasets with a report by when it was made, the latest first: of all teams for administrators, else of the actor's teams.</summary>
    public Task<Page<QualityOverview>> OverviewAsync(Actor actor, string? search, bool failedOnly, string? after, int take, CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
    {
        var teams = context.Teams.Where(team => actor.IsAdmin || team.Id == actor.TeamId || context.Memberships.Any(member => member.TeamId == team.Id && member.UserId == actor.UserId));
        var latest = context.Set<StoredQualityReport>().AsNoTracking().Where(report => !context.Set<StoredQualityReport>().Any(later => later.DatasetId == report.DatasetId && (later.CreatedAt > report.CreatedAt || (later.CreatedAt == report.CreatedAt && later.Id > report.Id))))
            .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), report => report.DatasetId, dataset => dataset.Id, (report, dataset) => new { Report = report, dataset.Name, dataset.Title })
            .Join(teams, row => row.Report.TeamId, team => team.Id, (row, team) => new { row.Report, row.Name, row.Title, Team = team.Name });
        if (failedOnly)
            latest = latest.Where(row => !row.Report.Passed);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = ListCursor.Containing(search);
            latest = latest.Where(row => EF.Functions.ILike(row.Name, pattern, @"\") || EF.Functions.ILike(row.Title, pattern, @"\") || EF.Functions.ILike(row.Team, pattern, @"\"));
        }

        var total = await latest.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            latest = latest.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Report.CreatedAt, row.Report.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await latest.OrderByDescending(row => row.Report.CreatedAt).ThenByDescending(row => row.Report.Id).Take(take + 1).ToListAsync(token);
        var shown = found.Take(take).ToList();
        var ids = shown.ConvertAll(row => row.Report.DatasetId);
        var scores = (await context.Set<StoredQualityReport>().Where(report => ids.Contains(report.DatasetId) && report.Score != null).GroupBy(report => report.DatasetId)
            .Select(group => new { group.Key, Scores = group.OrderByDescending(report => report.CreatedAt).Take(ScoresShown).Select(report => report.Score!.Value).ToList() }).ToListAsync(token)).ToDictionary(row => row.Key, row => row.Scores);
        var since = time.GetUtcNow() - GatesShown;
        // The error is json, which the database does not search as text; failed runs of a page's datasets are few.
        var gates = (await context.Set<StoredRefreshRun>().Where(run => ids.Contains(run.DatasetId) && run.State == RefreshState.Failed && run.FinishedAt > since && run.Error != null).Select(run => new { run.DatasetId, run.Error }).ToListAsync(token))
            .Where(run => run.Error!.Contains("refresh.gate_failed", StringComparison.Ordinal)).GroupBy(run => run.DatasetId).ToDictionary(runs => runs.Key, runs => runs.Count());
        return new Page<QualityOverview>(shown.ConvertAll(row => new QualityOverview(row.Report.DatasetId, row.Name, row.Title, row.Report.TeamId, row.Team, QualitySummary.Of(row.Report),
            [.. Enumerable.Reverse(scores.GetValueOrDefault(row.Report.DatasetId) ?? [])], gates.GetValueOrDefault(row.Report.DatasetId))), found.Count > take ? new ListCursor(shown[^1].Report.CreatedAt, shown[^1].Report.Id).ToString() : null, total);
    }, cancellation);

    private static async Task<QualityReportRecord?> FindAsync(PortalContext context, IQueryable<StoredQualityReport> which, CancellationToken cancellation)
    {
        var found = await which.Join(context.Set<StoredQualityDetail>(), report => report.Id, detail => detail.ReportId, (report, detail) => new { Report = report, Whole = detail.Report }).OrderByDescending(row => row.Report.CreatedAt).FirstOrDefaultAsync(cancellation);
        return found is null ? null : new(QualitySummary.Of(found.Report), StoredJson.Read<QualityReport>(found.Whole));
    }

    private static IQueryable<StoredQualityReport> Of(PortalContext context, Actor actor) => context.Set<StoredQualityReport>().AsNoTracking().Where(report => report.TeamId == actor.TeamId);

    private static async Task<Dataset> DatasetAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == id && dataset.TeamId == actor.TeamId && dataset.DeletedAt == null, cancellation) ?? throw new NotFoundException("The dataset");
}
