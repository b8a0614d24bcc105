using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Masking;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Masking;

namespace TdmPortal.Data.PersonalData;

/// <summary>
/// Looks at the latest version of each dataset that was not looked at yet. Of a masked version it is known from its run what the
/// source held and what became of it; rows that the portal made up hold what their schema says, with no original behind it.
/// </summary>
public sealed class PersonalDataLook(PortalDatabase database, TimeProvider time)
{
    /// <summary>Versions that are looked at in one transaction.</summary>
    private const int AtOnce = 50;

    /// <summary>Looks until nothing is left to look at; a report asks for it first.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        // Most often there is nothing, and that is found out by reading.
        while (await database.ReadAsSystemAsync((context, token) => Pending(context).AnyAsync(token), cancellation)
            && await database.MaintainAsync(LookAsync, cancellation) == AtOnce)
        {
        }
    }

    /// <summary>As the table has it.</summary>
    internal static string Name(PersonalProtection protection) => protection.ToString().ToLowerInvariant();

    private static IQueryable<DatasetVersion> Pending(PortalContext context) => context.Set<DatasetVersion>().AsNoTracking().Where(version => version.State == DatasetVersion.Ready
        && context.Set<Dataset>().Any(dataset => dataset.Id == version.DatasetId && dataset.DeletedAt == null)
        && !context.Set<DatasetVersion>().Any(later => later.DatasetId == version.DatasetId && later.State == DatasetVersion.Ready && later.Number > version.Number)
        && !context.Set<StoredPersonalLook>().Any(look => look.DatasetId == version.DatasetId && look.VersionId == version.Id));

    private async Task<int> LookAsync(PortalContext context, CancellationToken cancellation)
    {
        // Two pages that are opened at once would write the same rows.
        await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(7205759403792793)", cancellation);
        var versions = await Pending(context).OrderBy(version => version.CreatedAt).Take(AtOnce).ToListAsync(cancellation);
        foreach (var version in versions)
        {
            var found = await FindAsync(context, version, cancellation);
            var known = await context.Set<StoredPersonalFinding>().Where(finding => finding.DatasetId == version.DatasetId).ToDictionaryAsync(finding => (finding.Entity, finding.Field), cancellation);
            foreach (var (finding, protection, masker) in found)
            {
                if (!known.Remove((finding.Entity, finding.Field), out var stored))
                    context.Add(stored = new() { Id = Guid.CreateVersion7(time.GetUtcNow()), TeamId = version.TeamId, DatasetId = version.DatasetId, Entity = finding.Entity, Field = finding.Field, Since = version.CreatedAt });
                (stored.VersionNumber, stored.Kind, stored.Confidence, stored.Others, stored.Protection, stored.Masker) = (version.Number, finding.Kind, finding.Confidence, [.. finding.Others], Name(protection), masker);
                // From the next version on its schema says it.
                stored.Said = null;
                stored.Evidence = StoredJson.Write(finding.Evidence);
            }

            context.RemoveRange(known.Values);
            if (await context.Set<StoredPersonalLook>().SingleOrDefaultAsync(look => look.DatasetId == version.DatasetId, cancellation) is not { } looked)
                context.Add(looked = new() { DatasetId = version.DatasetId, TeamId = version.TeamId });
            (looked.VersionId, looked.LookedAt) = (version.Id, time.GetUtcNow());
        }

        await context.SaveChangesAsync(cancellation);
        return versions.Count;
    }

    private static async Task<List<(PersonalFinding Finding, PersonalProtection Protection, string? Masker)>> FindAsync(PortalContext context, DatasetVersion version, CancellationToken cancellation)
    {
        // What was brought back from the archive is as its dataset's last run left it.
        var runs = context.Set<StoredMaskingRun>().AsNoTracking().Where(run => run.Kind == StoredMaskingRun.Run && run.DatasetId == version.DatasetId);
        var run = await runs.SingleOrDefaultAsync(run => run.VersionId == version.Id, cancellation)
            ?? (version.Origin == "restored" ? await runs.OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(cancellation) : null);
        if (run is null)
        {
            return SchemaReader.Read(Encoding.UTF8.GetBytes(version.Document)).Document is { } document
                ? [.. PersonalDataSearch.FindByNames(document).Where(finding => finding.Confidence >= PersonalFinding.Counts).Select(finding => (finding, PersonalProtection.Synthetic, (string?)null))]
                : [];
        }

        return [.. StoredJson.Read<List<ColumnDecision>>(run.Decisions)
            .Where(decision => decision is { Personal: not null and not PersonalKinds.None, Confidence: >= PersonalFinding.Counts })
            .Select(decision => (new PersonalFinding(decision.Entity, decision.Field, decision.Personal!, decision.Confidence, [new(decision.Reason, 0, 0, [])]), Of(decision, run), decision.Masker))];
    }

    private static PersonalProtection Of(ColumnDecision decision, StoredMaskingRun run) =>
        run.OpenColumns.Contains($"{decision.Entity}.{decision.Field}", StringComparer.Ordinal) ? PersonalProtection.Open
        : decision.Masker is not (null or "keep") ? PersonalProtection.Masked
        : decision.By is DecidedBy.Column or DecidedBy.Kind ? PersonalProtection.Kept
        : PersonalProtection.Open;
}
