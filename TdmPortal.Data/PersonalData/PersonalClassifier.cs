using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Data.PersonalData;

/// <summary>Takes what leads say of columns in the report into the schemas of their datasets, many at once: searching and masking go by it from then on.</summary>
public sealed class PersonalClassifier(PortalDatabase database, SchemaStore schemas)
{
    /// <summary>Columns that are said something of at once.</summary>
    public const int Most = 500;

    /// <summary>Says what columns hold. Each schema gets one new version, or a proposal of it where it wants a review; all or nothing.</summary>
    /// <exception cref="ForbiddenException">For leads: what is not personal is masked by no policy.</exception>
    /// <exception cref="NotFoundException">One of the columns is not in the team's report any more.</exception>
    /// <exception cref="ConflictException">schema.stale: a schema was saved at the same moment.</exception>
    /// <exception cref="PortalException">personal.bad_class</exception>
    public async Task<PersonalClassified> ClassifyAsync(Actor lead, IReadOnlyList<PersonalClass> wanted, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team says which columns are personal: what is not is masked by no policy.", cancellation);
        if (wanted.Count is 0 or > Most || wanted.FirstOrDefault(one => one.Kind is not (null or PersonalKinds.None) && PersonalKinds.Find(one.Kind) is null) is not null)
            throw new PortalException("personal.bad_class", $"It needs 1 to {Most} columns, each with a known kind of personal data.") { SuggestedActions = ["Choose columns of the report"] };
        return await database.ChangeAsync(lead, async (context, token) =>
        {
            var ids = wanted.Select(one => one.ColumnId).ToHashSet();
            var found = await context.Set<StoredPersonalFinding>().Where(finding => ids.Contains(finding.Id) && finding.TeamId == lead.TeamId)
                .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), finding => finding.DatasetId, dataset => dataset.Id, (finding, dataset) => new Said(finding, dataset.SchemaId)).ToListAsync(token);
            if (found.Count < ids.Count)
                throw new NotFoundException(ids.Count == 1 ? "The column" : "One of the columns");
            var kinds = wanted.ToDictionary(one => one.ColumnId, one => one.Kind);
            var (former, skipped, proposed) = (new List<PersonalClass>(), new List<string>(), 0);
            foreach (var group in found.GroupBy(one => one.SchemaId))
            {
                if (group.Key is not { } schemaId || await DocumentAsync(context, lead, schemaId, token) is not { } latest)
                {
                    skipped.AddRange(group.Select(one => Place(one.Finding)));
                    continue;
                }

                var document = latest.Document;
                var changes = new List<(StoredPersonalFinding Finding, string? Before, string? After)>();
                foreach (var (finding, _) in group)
                {
                    if (document.Entities.FirstOrDefault(entity => entity.Name == finding.Entity)?.Fields.FirstOrDefault(one => one.Name == finding.Field) is not { } field)
                    {
                        skipped.Add(Place(finding));
                        continue;
                    }

                    changes.Add((finding, field.Personal, kinds[finding.Id]));
                    document = With(document, finding, kinds[finding.Id]);
                }

                if (changes.Count == 0)
                    continue;
                var isNew = changes.Exists(change => change.Before != change.After);
                var outcome = isNew ? await schemas.SaveAsync(context, lead, schemaId, latest.Version, document, Note(changes), token) : null;
                if (outcome?.Proposal is not null)
                {
                    proposed += changes.Count;
                    continue;
                }

                // The same column in other datasets of the schema is the same column.
                var (entities, fields) = (changes.ConvertAll(change => change.Finding.Entity), changes.ConvertAll(change => change.Finding.Field));
                var alike = await context.Set<StoredPersonalFinding>().Where(finding => finding.TeamId == lead.TeamId && entities.Contains(finding.Entity) && fields.Contains(finding.Field)
                    && context.Set<Dataset>().Any(dataset => dataset.Id == finding.DatasetId && dataset.SchemaId == schemaId)).ToListAsync(token);
                foreach (var (finding, before, after) in changes)
                {
                    foreach (var one in alike.Where(one => one.Entity == finding.Entity && one.Field == finding.Field))
                        one.Said = after;
                    former.Add(new(finding.Id, before));
                }

                context.Audit.Add(AuditAction.PersonalClassified, AuditObject.Schema(schemaId, document.Name), before: new { columns = changes.Select(change => new { column = Place(change.Finding), personal = change.Before }) },
                    after: new { columns = changes.Select(change => new { column = Place(change.Finding), personal = change.After }) }, details: new { version = outcome?.Version ?? latest.Version });
                await context.SaveChangesAsync(token);
                foreach (var dataset in alike.Select(one => one.DatasetId).Distinct())
                    await JobQueue.NotifyAsync(context, dataset, token);
            }

            // What changes nothing is no change; the transaction still says that somebody asked.
            if (former.Count == 0 && proposed == 0)
                context.Audit.Add(AuditAction.PersonalClassified, AuditObject.Team(lead.TeamId, lead.TeamKey), details: new { skipped });
            return new PersonalClassified(former, proposed, skipped);
        }, cancellation);
    }

    private static async Task<(SchemaDocument Document, int Version)?> DocumentAsync(PortalContext context, Actor lead, Guid schemaId, CancellationToken cancellation)
    {
        var stored = await context.Schemas.AsNoTracking().Where(schema => schema.Id == schemaId && schema.TeamId == lead.TeamId && schema.DeletedAt == null)
            .Join(context.SchemaVersions, schema => new { schema.Id, Version = schema.LatestVersion }, version => new { Id = version.SchemaId, version.Version }, (schema, version) => new { version.Document, version.Version }).SingleOrDefaultAsync(cancellation);
        return stored is not null && SchemaReader.Read(Encoding.UTF8.GetBytes(stored.Document)).Document is { } document ? (document, stored.Version) : null;
    }

    private static SchemaDocument With(SchemaDocument document, StoredPersonalFinding finding, string? kind) => document with
    {
        Entities = [.. document.Entities.Select(entity => entity.Name != finding.Entity ? entity : entity with { Fields = [.. entity.Fields.Select(field => field.Name == finding.Field ? field with { Personal = kind } : field)] })],
    };

    private static string Note(List<(StoredPersonalFinding Finding, string? Before, string? After)> changes)
    {
        var none = changes.Count(change => change.After == PersonalKinds.None);
        var personal = changes.Count(change => change.After is not (null or PersonalKinds.None));
        return string.Join(", ", new[] { (personal, "confirmed as personal"), (none, "said not to be personal"), (changes.Count - none - personal, "not decided any more") }.Where(one => one.Item1 > 0).Select(one => $"{one.Item1} {(one.Item1 == 1 ? "column" : "columns")} {one.Item2}"));
    }

    private static string Place(StoredPersonalFinding finding) => $"{finding.Entity}.{finding.Field}";

    private sealed record Said(StoredPersonalFinding Finding, Guid? SchemaId);
}
