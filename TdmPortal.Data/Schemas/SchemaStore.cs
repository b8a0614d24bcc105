using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Reviews;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Reviews;

namespace TdmPortal.Data.Schemas;

/// <summary>A team's schemas and the samples: versions, drafts, history. Every saved version is immutable.</summary>
public sealed class SchemaStore(PortalDatabase database, TimeProvider time)
{
    // Who made what no person made: the samples.
    private const string Portal = "TdmPortal";

    private const string DraftsAreNotRecorded = "A draft is its author's scratch paper, written every few seconds; what is saved from it is recorded.";

    // How long a draft counts as somebody at work.
    private static readonly TimeSpan EditingFor = TimeSpan.FromMinutes(5);

    /// <summary>The team's schemas, those that others share, or the samples, the latest changed first.</summary>
    public Task<Page<SchemaSummary>> ListAsync(Actor actor, string? search, SchemaShelf shelf, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var schemas = context.Schemas.AsNoTracking().Where(schema => schema.DeletedAt == null);
        schemas = shelf switch
        {
            SchemaShelf.Samples => schemas.Where(schema => schema.TeamId == null),
            SchemaShelf.Shared => schemas.Where(schema => schema.SharedAt != null && schema.TeamId != actor.TeamId),
            _ => schemas.Where(schema => schema.TeamId == actor.TeamId),
        };
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = ListCursor.Containing(search);
            schemas = schemas.Where(schema => EF.Functions.ILike(schema.Name, pattern, @"\") || EF.Functions.ILike(schema.Title!, pattern, @"\"));
        }
        var total = await schemas.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            schemas = schemas.Where(schema => EF.Functions.LessThan(ValueTuple.Create(schema.ChangedAt, schema.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await schemas.OrderByDescending(schema => schema.ChangedAt).ThenByDescending(schema => schema.Id).Take(take + 1)
            .Select(schema => new SchemaSummary(schema.Id, schema.Name, schema.Title, schema.LatestVersion, schema.Entities, schema.Fields,
                context.Set<Dataset>().Count(dataset => dataset.SchemaId == schema.Id && dataset.DeletedAt == null),
                schema.TeamId == null,
                context.Users.Where(user => user.Id == schema.ChangedBy).Select(user => user.DisplayName).FirstOrDefault() ?? Portal,
                schema.ChangedAt) { IsShared = schema.SharedAt != null, SharedBy = schema.TeamId == actor.TeamId ? null : schema.SharedByTeam })
            .ToListAsync(token);
        return new Page<SchemaSummary>(found.Take(take).ToList(), found.Count > take ? new ListCursor(found[take - 1].ChangedAt, found[take - 1].Id).ToString() : null, total);
    }, cancellation);

    /// <summary>At a version, or the latest.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<SchemaRecord> GetAsync(Actor actor, Guid id, int? version, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var found = await Visible(context, actor).Where(schema => schema.Id == id)
            .Join(context.SchemaVersions, schema => schema.Id, saved => saved.SchemaId, (schema, saved) => new { schema, saved })
            .Where(row => row.saved.Version == (version ?? row.schema.LatestVersion))
            .Select(row => new
            {
                row.schema.LatestVersion, row.schema.TeamId, row.schema.SharedAt, row.schema.SharedByTeam, row.saved.Version, row.saved.Document, row.saved.ChangedAt, row.saved.Note,
                ChangedBy = context.Users.Where(user => user.Id == row.saved.ChangedBy).Select(user => user.DisplayName).FirstOrDefault() ?? Portal,
            })
            .SingleOrDefaultAsync(token) ?? throw new NotFoundException("Schema");
        var document = SchemaReader.Read(Encoding.UTF8.GetBytes(found.Document)).Document
            ?? throw new InvalidDataException($"Version {found.Version} of the schema {id} cannot be read.");
        return new SchemaRecord(id, found.Version, found.LatestVersion, document, found.TeamId is null, found.ChangedBy, found.ChangedAt, found.Note)
        {
            IsOwn = found.TeamId == actor.TeamId, IsShared = found.SharedAt is not null, SharedBy = found.TeamId == actor.TeamId ? null : found.SharedByTeam,
        };
    }, cancellation);

    /// <summary>Stores version 1.</summary>
    /// <exception cref="SchemaInvalidException">The document has errors of form or reference.</exception>
    /// <exception cref="ConflictException">schema.name_taken</exception>
    public Task<Guid> CreateAsync(Actor actor, SchemaDocument document, string? note, CancellationToken cancellation)
    {
        var text = Check(document);
        return NamedAsync(document.Name, () => database.ChangeAsync(actor, async (context, token) =>
        {
            var id = Guid.CreateVersion7();
            Add(context, id, actor.TeamId, actor.UserId, document, text, note);
            context.Audit.Add(AuditAction.SchemaCreated, AuditObject.Schema(id, document.Name), after: new { Version = 1, document.Title, Entities = document.Entities.Count, Fields = FieldsOf(document) }, details: new { note });
            await context.SaveChangesAsync(token);
            return id;
        }, cancellation));
    }

    /// <summary>Stores the next version, or a proposal of it where the team wants a review; drops the actor's draft.</summary>
    /// <exception cref="SchemaInvalidException">The document has errors of form or reference.</exception>
    /// <exception cref="ConflictException">
    /// schema.stale: another version was saved since <paramref name="baseVersion"/>; merge and try again. schema.name_taken.
    /// </exception>
    public Task<EditOutcome> SaveAsync(Actor actor, Guid id, int baseVersion, SchemaDocument document, string? note, CancellationToken cancellation)
    {
        var text = Check(document);
        return NamedAsync(document.Name, () => database.ChangeAsync(actor, async (context, token) =>
        {
            var outcome = await SaveAsync(context, actor, id, baseVersion, document, text, note, token);
            await context.SchemaDrafts.Where(draft => draft.SchemaId == id && draft.UserId == actor.UserId).ExecuteDeleteAsync(token);
            return outcome;
        }, cancellation));
    }

    /// <summary>The same within somebody's transaction, for what is no edit of the designer: a draft of the actor stays.</summary>
    internal Task<EditOutcome> SaveAsync(PortalContext context, Actor actor, Guid id, int baseVersion, SchemaDocument document, string? note, CancellationToken cancellation) =>
        SaveAsync(context, actor, id, baseVersion, document, Check(document), note, cancellation);

    private async Task<EditOutcome> SaveAsync(PortalContext context, Actor actor, Guid id, int baseVersion, SchemaDocument document, string text, string? note, CancellationToken cancellation) =>
        await ReviewGate.IsSchemaReviewedAsync(context, id, ownOnly: false, cancellation)
            ? new EditOutcome(await ProposeAsync(context, actor, id, baseVersion, document, text, note, cancellation))
            : new EditOutcome(null) { Version = await StoreAsync(context, actor, actor.UserId, id, baseVersion, document, text, note, cancellation) };

    /// <summary>Stores the next version within somebody's transaction.</summary>
    /// <param name="author">Whose edit it is: a proposal's, not that of the lead who approves it.</param>
    /// <returns>The new version's number.</returns>
    internal async Task<int> StoreAsync(PortalContext context, Actor actor, Guid author, Guid id, int baseVersion, SchemaDocument document, string text, string? note, CancellationToken cancellation)
    {
        await DemandLeadForNoneAsync(context, actor, id, baseVersion, document, cancellation);
        var now = time.GetUtcNow();
        var former = await Own(context, actor).AsNoTracking().Where(schema => schema.Id == id).Select(schema => new { Version = schema.LatestVersion, schema.Name, schema.Title, schema.Entities, schema.Fields }).SingleOrDefaultAsync(cancellation);
        var changed = await Own(context, actor).Where(schema => schema.Id == id && schema.LatestVersion == baseVersion)
            .ExecuteUpdateAsync(set => set
                .SetProperty(schema => schema.LatestVersion, baseVersion + 1)
                .SetProperty(schema => schema.Name, document.Name)
                .SetProperty(schema => schema.Title, document.Title)
                .SetProperty(schema => schema.Entities, document.Entities.Count)
                .SetProperty(schema => schema.Fields, FieldsOf(document))
                .SetProperty(schema => schema.ChangedBy, author)
                .SetProperty(schema => schema.ChangedAt, now), cancellation);
        if (changed == 0) throw await WhyNotAsync(context, actor, id, baseVersion, cancellation);
        context.Audit.Add(AuditAction.SchemaSaved, AuditObject.Schema(id, document.Name), former, new { Version = baseVersion + 1, document.Name, document.Title, Entities = document.Entities.Count, Fields = FieldsOf(document) }, new { note });
        context.SchemaVersions.Add(new StoredSchemaVersion { SchemaId = id, Version = baseVersion + 1, TeamId = actor.TeamId, Document = text, Note = note, ChangedBy = author, ChangedAt = now });
        return baseVersion + 1;
    }

    /// <summary>What is said to be nothing personal is masked by no policy and reported to nobody, so a lead says it, or approves it.</summary>
    private async Task DemandLeadForNoneAsync(PortalContext context, Actor actor, Guid id, int baseVersion, SchemaDocument document, CancellationToken cancellation)
    {
        if (actor.IsLead || NotPersonal(document).Count == 0)
            return;
        var former = await context.SchemaVersions.AsNoTracking().Where(version => version.SchemaId == id && version.Version == baseVersion && version.TeamId == actor.TeamId).Select(version => version.Document).SingleOrDefaultAsync(cancellation);
        var known = former is not null && SchemaReader.Read(Encoding.UTF8.GetBytes(former)).Document is { } before ? NotPersonal(before) : [];
        if (NotPersonal(document).Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault() is { } column)
            throw new ForbiddenException($"Only a lead of the team says that a column holds nothing personal: {column} would be masked by no policy. Leave its kind of personal data to be found, or ask a lead.");
    }

    private static HashSet<string> NotPersonal(SchemaDocument document) =>
        document.Entities.SelectMany(entity => entity.Fields.Where(field => field.Personal == PersonalKinds.None).Select(field => $"{entity.Name}.{field.Name}")).ToHashSet(StringComparer.Ordinal);

    private async Task<Guid> ProposeAsync(PortalContext context, Actor author, Guid id, int baseVersion, SchemaDocument document, string text, string? note, CancellationToken cancellation)
    {
        if (!await Own(context, author).AnyAsync(schema => schema.Id == id && schema.LatestVersion == baseVersion, cancellation)) throw await WhyNotAsync(context, author, id, baseVersion, cancellation);
        var overrides = await context.Set<StoredSchemaOverride>().AsNoTracking().Where(one => one.TeamId == author.TeamId && one.SchemaId == id).OrderBy(one => one.Id).ToListAsync(cancellation);
        return await ReviewGate.ProposeAsync(context, author, new StoredProposal
        {
            Kind = ProposalKind.Schema, SchemaId = id, Title = $"Schema {document.Name}", BaseVersion = baseVersion, Base = StoredJson.Write(overrides.ConvertAll(one => ProposedOverride.Of(one.ToOverride()))), Wanted = text, Note = note,
        }, time.GetUtcNow(), cancellation);
    }

    /// <summary>The schema's history, newest first.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<IReadOnlyList<SchemaVersionSummary>> VersionsAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        if (!await Visible(context, actor).AnyAsync(schema => schema.Id == id, token)) throw new NotFoundException("Schema");
        return (IReadOnlyList<SchemaVersionSummary>)await context.SchemaVersions.AsNoTracking().Where(saved => saved.SchemaId == id)
            .OrderByDescending(saved => saved.Version)
            .Select(saved => new SchemaVersionSummary(saved.Version, context.Users.Where(user => user.Id == saved.ChangedBy).Select(user => user.DisplayName).FirstOrDefault() ?? Portal, saved.ChangedAt, saved.Note))
            .ToListAsync(token);
    }, cancellation);

    /// <summary>Lets all teams use a schema of the team's own, with overrides of their own, or lets them no more: what they made of it stays.</summary>
    /// <exception cref="ForbiddenException">Only a lead of the team may share.</exception>
    public async Task ShareAsync(Actor lead, Guid id, bool shared, CancellationToken cancellation)
    {
        await database.DemandAsync(lead, lead.IsLead, "Only a lead of the team may share its schemas with other teams.", cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var schema = await Own(context, lead).SingleOrDefaultAsync(schema => schema.Id == id, token) ?? throw await WhyNotAsync(context, lead, id, 0, token);
            schema.SharedAt = shared ? schema.SharedAt ?? time.GetUtcNow() : null;
            schema.SharedByTeam = shared ? await context.Teams.Where(team => team.Id == lead.TeamId).Select(team => team.Name).SingleAsync(token) : null;
            context.Audit.Add(shared ? AuditAction.SchemaShared : AuditAction.SchemaUnshared, AuditObject.Schema(id, schema.Name));
            return true;
        }, cancellation);
    }

    /// <summary>Takes it out of the list; datasets made from it stay. <see cref="UndeleteAsync"/> brings it back.</summary>
    /// <exception cref="ForbiddenException">A tester may delete their own schemas only.</exception>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        var schema = await Own(context, actor).SingleOrDefaultAsync(schema => schema.Id == id, token) ?? throw await WhyNotAsync(context, actor, id, 0, token);
        DemandMayDelete(actor, schema);
        schema.DeletedAt = time.GetUtcNow();
        context.Audit.Add(AuditAction.SchemaDeleted, AuditObject.Schema(id, schema.Name));
        return true;
    }, cancellation);

    /// <summary>Brings a deleted schema back under its name.</summary>
    /// <exception cref="ConflictException">schema.name_taken in the meantime.</exception>
    public async Task UndeleteAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var name = "";
        await NamedAsync(() => name, () => database.ChangeAsync(actor, async (context, token) =>
        {
            var schema = await context.Schemas.SingleOrDefaultAsync(schema => schema.Id == id && schema.TeamId == actor.TeamId, token) ?? throw new NotFoundException("Schema");
            DemandMayDelete(actor, schema);
            name = schema.Name;
            schema.DeletedAt = null;
            context.Audit.Add(AuditAction.SchemaUndeleted, AuditObject.Schema(id, schema.Name));
            await context.SaveChangesAsync(token);
            return true;
        }, cancellation));
    }

    /// <summary>The actor's unsaved edit of a schema, or of a new one.</summary>
    public Task<SchemaDraft?> FindDraftAsync(Actor actor, Guid? schemaId, CancellationToken cancellation) => database.ReadAsync(actor, (context, token) =>
        context.SchemaDrafts.AsNoTracking().Where(draft => draft.TeamId == actor.TeamId && draft.UserId == actor.UserId && draft.SchemaId == schemaId)
            .Select(draft => new SchemaDraft(draft.Id, draft.SchemaId, draft.BaseVersion, draft.Document, draft.SavedAt))
            .SingleOrDefaultAsync(token), cancellation);

    /// <summary>One draft a user and schema (one for a new schema); the latest wins.</summary>
    /// <exception cref="PortalException">schema.too_large</exception>
    public Task SaveDraftAsync(Actor actor, Guid? schemaId, int baseVersion, byte[] document, CancellationToken cancellation)
    {
        DemandSize(document.Length);
        return database.ChangeAsync(actor, async (context, token) =>
        {
            context.Audit.NothingOwed(DraftsAreNotRecorded);
            if (schemaId is { } id && !await Visible(context, actor).AnyAsync(schema => schema.Id == id, token)) throw new NotFoundException("Schema");
            return await context.Database.ExecuteSqlAsync($"""
                insert into portal.schema_draft (id, team_id, user_id, schema_id, base_version, document, saved_at)
                values ({Guid.CreateVersion7()}, {actor.TeamId}, {actor.UserId}, {schemaId}, {baseVersion}, {document}, {time.GetUtcNow()})
                on conflict (team_id, user_id, schema_id) do update
                    set base_version = excluded.base_version, document = excluded.document, saved_at = excluded.saved_at
                """, token);
        }, cancellation);
    }

    /// <summary>Drops the actor's draft; nothing happens when there is none.</summary>
    public Task DropDraftAsync(Actor actor, Guid? schemaId, CancellationToken cancellation) => database.ChangeAsync(actor, (context, token) =>
    {
        context.Audit.NothingOwed(DraftsAreNotRecorded);
        return context.SchemaDrafts.Where(draft => draft.TeamId == actor.TeamId && draft.UserId == actor.UserId && draft.SchemaId == schemaId).ExecuteDeleteAsync(token);
    }, cancellation);

    /// <summary>Others with a draft of this schema touched in the last five minutes.</summary>
    public Task<IReadOnlyList<SchemaEditor>> OthersEditingAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var since = time.GetUtcNow() - EditingFor;
        return (IReadOnlyList<SchemaEditor>)await context.SchemaDrafts.AsNoTracking()
            .Where(draft => draft.SchemaId == id && draft.TeamId == actor.TeamId && draft.UserId != actor.UserId && draft.SavedAt > since)
            .OrderByDescending(draft => draft.SavedAt)
            .Select(draft => new SchemaEditor(draft.UserId, context.Users.Where(user => user.Id == draft.UserId).Select(user => user.DisplayName).First(), draft.SavedAt))
            .ToListAsync(token);
    }, cancellation);

    /// <summary>Puts in the samples that every team can open, by name: a new one as version 1, a changed one as its next version.</summary>
    /// <exception cref="SchemaInvalidException">A sample has errors; none is stored.</exception>
    public Task PublishSamplesAsync(IReadOnlyList<SchemaDocument> samples, CancellationToken cancellation)
    {
        var texts = samples.Select(Check).ToList();
        return database.ChangeAsSystemAsync(AuditSource.Portal, async (context, token) =>
        {
            context.Audit.NothingOwed("The samples may be as they were.");
            // Several nodes may start at once.
            await context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('portal.samples'))", token);
            var known = await context.Schemas.Where(schema => schema.TeamId == null && schema.DeletedAt == null).ToDictionaryAsync(schema => schema.Name, token);
            foreach (var (document, text) in samples.Zip(texts))
            {
                if (!known.TryGetValue(document.Name, out var schema))
                {
                    var id = Guid.CreateVersion7();
                    Add(context, id, null, null, document, text, null);
                    context.Audit.Add(AuditAction.SamplesPublished, AuditObject.Schema(id, document.Name), after: new { Version = 1 });
                    continue;
                }
                var current = await context.SchemaVersions.AsNoTracking().SingleAsync(saved => saved.SchemaId == schema.Id && saved.Version == schema.LatestVersion, token);
                if (current.Document == text) continue;
                schema.LatestVersion++;
                context.Audit.Add(AuditAction.SamplesPublished, AuditObject.Schema(schema.Id, schema.Name), new { Version = schema.LatestVersion - 1 }, new { Version = schema.LatestVersion });
                schema.Title = document.Title;
                schema.Entities = document.Entities.Count;
                schema.Fields = FieldsOf(document);
                schema.ChangedAt = time.GetUtcNow();
                context.SchemaVersions.Add(new StoredSchemaVersion { SchemaId = schema.Id, Version = schema.LatestVersion, Document = text, ChangedAt = schema.ChangedAt });
            }
            return true;
        }, cancellation);
    }

    private void Add(PortalContext context, Guid id, Guid? teamId, Guid? userId, SchemaDocument document, string text, string? note)
    {
        var now = time.GetUtcNow();
        context.Schemas.Add(new StoredSchema
        {
            Id = id, TeamId = teamId, Name = document.Name, Title = document.Title, LatestVersion = 1, Entities = document.Entities.Count, Fields = FieldsOf(document),
            CreatedBy = userId, ChangedBy = userId, ChangedAt = now,
        });
        context.SchemaVersions.Add(new StoredSchemaVersion { SchemaId = id, Version = 1, TeamId = teamId, Document = text, Note = note, ChangedBy = userId, ChangedAt = now });
    }

    private static IQueryable<StoredSchema> Own(PortalContext context, Actor actor) => context.Schemas.Where(schema => schema.TeamId == actor.TeamId && schema.DeletedAt == null);

    private static IQueryable<StoredSchema> Visible(PortalContext context, Actor actor) => context.Schemas.AsNoTracking()
        .Where(schema => (schema.TeamId == actor.TeamId || schema.TeamId == null || schema.SharedAt != null) && schema.DeletedAt == null);

    private static async Task<PortalException> WhyNotAsync(PortalContext context, Actor actor, Guid id, int baseVersion, CancellationToken cancellation)
    {
        var schema = await Visible(context, actor).SingleOrDefaultAsync(schema => schema.Id == id, cancellation);
        if (schema is null) return new NotFoundException("Schema");
        if (schema.TeamId is null) return new ForbiddenException("A sample cannot be changed. Make a copy of it for your team.");
        if (schema.TeamId != actor.TeamId) return new ForbiddenException($"\"{schema.Name}\" belongs to {schema.SharedByTeam}. Set overrides, or make a copy of it for your team.");
        return new ConflictException("schema.stale", $"\"{schema.Name}\" was saved by somebody else in the meantime: version {schema.LatestVersion} is there, and yours started from {baseVersion}.")
        {
            SuggestedActions = ["Merge your changes with theirs", "Save yours as a new schema"],
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["latestVersion"] = schema.LatestVersion, ["baseVersion"] = baseVersion },
        };
    }

    private static void DemandMayDelete(Actor actor, StoredSchema schema)
    {
        if (!actor.IsLead && schema.CreatedBy != actor.UserId) throw new ForbiddenException($"\"{schema.Name}\" was made by somebody else. Only they or a lead of the team may delete it.");
    }

    private static string Check(SchemaDocument document)
    {
        var errors = SchemaValidator.Validate(document).Where(problem => problem.Severity == ProblemSeverity.Error).ToList();
        if (errors.Count > 0) throw new SchemaInvalidException(errors);
        var text = SchemaWriter.Write(document);
        DemandSize(text.Length);
        return Encoding.UTF8.GetString(text);
    }

    private static void DemandSize(int bytes)
    {
        if (bytes > SchemaReader.MaxBytes)
            throw new PortalException("schema.too_large", $"The schema has {bytes / 1024.0 / 1024.0:F1} MB; at most {SchemaReader.MaxBytes / 1024 / 1024} MB are possible.") { SuggestedActions = ["Split it into several schemas"] };
    }

    private static int FieldsOf(SchemaDocument document) => document.Entities.Sum(entity => entity.Fields.Count);

    /// <summary>Says in words that a name is taken.</summary>
    internal static Task<T> NamedAsync<T>(string name, Func<Task<T>> work) => NamedAsync(() => name, work);

    private static async Task<T> NamedAsync<T>(Func<string> name, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when ((fault as PostgresException ?? fault.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "schema_name" })
        {
            throw new ConflictException("schema.name_taken", $"The team already has a schema named \"{name()}\".") { SuggestedActions = ["Choose another name", "Open the other one and save there"] };
        }
    }
}
