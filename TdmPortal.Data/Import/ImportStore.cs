using System.Text;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Data.Import;

/// <summary>Imports on their way from a source to a schema: asked for, proposed by a job, corrected, saved. The whole team sees them.</summary>
public sealed class ImportStore(PortalDatabase database, SchemaStore schemas, UploadVault vault, UploadPlaces places, TimeProvider time)
{
    private const string CorrectionsAreNotRecorded = "A proposal is scratch paper until it is saved as a schema, which is recorded.";

    /// <summary>Those that are not saved yet, the latest changed first.</summary>
    public Task<IReadOnlyList<ImportSummary>> ListAsync(Actor actor, int take, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<ImportSummary>>(actor, async (context, token) =>
        await context.Set<StoredImport>().Where(import => import.TeamId == actor.TeamId && import.SchemaId == null).OrderByDescending(import => import.ChangedAt).ThenByDescending(import => import.Id).Take(take)
            .Select(import => new ImportSummary(import.Id, import.Name, import.Origin, import.Proposal != null, import.Author, import.ChangedAt)).ToListAsync(token), cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<ImportRecord> GetAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var import = await FindAsync(context, actor, id, token);
        var source = import.SourceId is { } own ? await context.Set<StoredImportSource>().Where(one => one.Id == own).Select(one => one.Name).SingleOrDefaultAsync(token) : null;
        var proposal = import.Proposal is null ? null : StoredJson.Read<ImportProposal>(import.Proposal);
        return new ImportRecord(id, import.Name, import.Origin, import.SourceId, source, StoredJson.Read<ImportChoices>(import.Choices), import.JobId, proposal, proposal is null ? null : Read(proposal.Document), import.SchemaId, import.Author, import.CreatedAt);
    }, cancellation);

    /// <summary>Begins an import; a job makes the proposal.</summary>
    /// <param name="name">Of the schema to be.</param>
    /// <param name="source">The database; null for what was uploaded.</param>
    /// <returns>The import's id.</returns>
    /// <exception cref="NotFoundException">No such source.</exception>
    /// <exception cref="PortalException">import.nothing_chosen, import.same_name, upload.gone</exception>
    public async Task<Guid> StartAsync(Actor actor, string name, ImportOrigin origin, Guid? source, ImportChoices choices, CancellationToken cancellation)
    {
        if (origin == ImportOrigin.Database ? source is null : choices.Files.Count == 0)
            throw new PortalException("import.nothing_chosen", "There is nothing to import yet.") { SuggestedActions = [origin == ImportOrigin.Database ? "Choose a database" : "Upload a file or paste a text"] };
        foreach (var file in choices.Files)
            vault.Get(actor, file.Upload);
        if (choices.Files.GroupBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new PortalException("import.same_name", $"Two files are called {twice.Key}.") { SuggestedActions = ["Remove one of them", "Rename one and upload it again"] };
        name = name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, 200)] : "import";
        var node = await places.OfAsync(actor.TeamId, [.. choices.Files.Select(file => file.Upload)], cancellation);
        return await database.ChangeAsync(actor, async (context, token) =>
        {
            if (source is { } own && !await context.Set<StoredImportSource>().AnyAsync(one => one.Id == own && one.TeamId == actor.TeamId, token))
                throw new NotFoundException("The source");
            var (now, id) = (time.GetUtcNow(), Guid.CreateVersion7(time.GetUtcNow()));
            var job = new Job { Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, Kind = ImportWork.KindName, Title = $"Import of {name}", ForNode = node, Input = StoredJson.Write(new ImportInput(id)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now };
            context.Add(new StoredImport { Id = id, TeamId = actor.TeamId, AuthorId = actor.UserId, Author = actor.UserName, Name = name, Origin = origin, SourceId = source, Choices = StoredJson.Write(choices), JobId = job.Id, CreatedAt = now, ChangedAt = now });
            context.Audit.Add(AuditAction.ImportStarted, AuditObject.Import(id, name), details: new { origin, source, choices.LookAtRows, files = choices.Files.Select(file => file.Name), tables = choices.Tables.Count });
            await JobQueue.AddAsync(context, job, new { job.Kind, import = id }, token);
            return id;
        }, cancellation);
    }

    /// <summary>Queues the job again, after it failed or was cancelled.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">upload.gone</exception>
    public async Task<Guid> RetryAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var files = (await GetAsync(actor, id, cancellation)).Choices.Files;
        foreach (var file in files.Where(file => vault.Find(actor.TeamId, file.Upload) is not null))
            vault.Get(actor, file.Upload);
        var node = await places.OfAsync(actor.TeamId, [.. files.Select(file => file.Upload)], cancellation);
        return await database.ChangeAsync(actor, (context, token) => RetryAsync(context, actor, id, node, token), cancellation);
    }

    private async Task<Guid> RetryAsync(PortalContext context, Actor actor, Guid id, string? node, CancellationToken cancellation)
    {
        var import = await FindAsync(context, actor, id, cancellation);
        var now = time.GetUtcNow();
        var job = new Job { Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, Kind = ImportWork.KindName, Title = $"Import of {import.Name}", ForNode = node, Input = StoredJson.Write(new ImportInput(id)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now };
        await context.Set<StoredImport>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.JobId, job.Id).SetProperty(one => one.ChangedAt, now), cancellation);
        return await JobQueue.AddAsync(context, job, new { job.Kind, import = id, again = true }, cancellation);
    }

    /// <summary>Keeps a proposal as it was corrected, so that nothing is lost with the page.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">import.saved</exception>
    public Task CorrectAsync(Actor actor, Guid id, SchemaDocument document, IReadOnlyList<ProposedField> fields, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        context.Audit.NothingOwed(CorrectionsAreNotRecorded);
        var import = await FindAsync(context, actor, id, token);
        if (import.SchemaId is not null)
            throw new ConflictException("import.saved", "This import is a schema already.") { SuggestedActions = ["Go on in the schema's designer"] };
        var proposal = StoredJson.Read<ImportProposal>(import.Proposal ?? throw new NotFoundException("The proposal")) with { Document = Encoding.UTF8.GetString(SchemaWriter.Write(document)), Fields = fields };
        var (text, now) = (StoredJson.Write(proposal), time.GetUtcNow());
        return await context.Set<StoredImport>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Proposal, text).SetProperty(one => one.ChangedAt, now), token);
    }, cancellation);

    /// <summary>Saves the proposal as a schema, which its source remembers. Uploads stay for masking until nobody uses them.</summary>
    /// <param name="name">Of the schema.</param>
    /// <returns>The schema's id.</returns>
    /// <exception cref="SchemaInvalidException"/>
    /// <exception cref="ConflictException">schema.name_taken, import.saved</exception>
    public async Task<Guid> SaveAsync(Actor actor, Guid id, string name, CancellationToken cancellation)
    {
        var import = await GetAsync(actor, id, cancellation);
        if (import.SchemaId is not null)
            throw new ConflictException("import.saved", "This import is a schema already.") { SuggestedActions = ["Open the schema"] };
        var document = (import.Document ?? throw new NotFoundException("The proposal")) with { Name = name.Trim() };
        var schema = await schemas.CreateAsync(actor, document, $"Imported from {import.SourceName ?? string.Join(", ", import.Choices.Files.Select(file => file.Name))}", cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(actor), async (context, token) =>
        {
            var now = time.GetUtcNow();
            context.Audit.Add(AuditAction.ImportSaved, AuditObject.Import(id, import.Name), details: new { schema, name = document.Name }, team: actor.TeamId);
            await context.Set<StoredImport>().Where(one => one.Id == id && one.TeamId == actor.TeamId).ExecuteUpdateAsync(set => set.SetProperty(one => one.SchemaId, schema).SetProperty(one => one.ChangedAt, now), token);
            var source = import.SourceId ?? (import.Origin == ImportOrigin.Files ? await AddFilesAsync(context, actor, id, import, now, token) : null);
            if (source is { } own)
            {
                await context.Set<StoredImportSource>().Where(one => one.Id == own && one.TeamId == actor.TeamId).ExecuteUpdateAsync(set => set.SetProperty(one => one.SchemaId, schema), token);
                await context.Set<StoredImport>().Where(one => one.Id == id && one.TeamId == actor.TeamId).ExecuteUpdateAsync(set => set.SetProperty(one => one.SourceId, own), token);
            }

            return true;
        }, cancellation);
        return schema;
    }

    /// <summary>Gives it up, with its uploads.</summary>
    /// <exception cref="ForbiddenException">A tester may discard their own imports only.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task DiscardAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var import = await GetAsync(actor, id, cancellation);
        await database.ChangeAsync(actor, async (context, token) =>
        {
            var stored = await FindAsync(context, actor, id, token);
            if (!actor.IsLead && stored.AuthorId != actor.UserId)
                throw new ForbiddenException($"The import was begun by {stored.Author}. Only they or a lead of the team may discard it.");
            if (stored.JobId is { } job)
                await JobQueue.CancelAsync(context, job, token);
            await context.Set<StoredImport>().Where(one => one.Id == id && one.TeamId == actor.TeamId).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.ImportDiscarded, AuditObject.Import(id, stored.Name));
            return true;
        }, cancellation);
        foreach (var file in import.Choices.Files)
            vault.Remove(actor, file.Upload);
    }

    /// <summary>A source of the uploaded files, so that they can be masked as long as they are there.</summary>
    private static async Task<Guid> AddFilesAsync(PortalContext context, Actor actor, Guid id, ImportRecord import, DateTimeOffset now, CancellationToken cancellation)
    {
        var taken = await context.Set<StoredImportSource>().Where(source => source.TeamId == actor.TeamId).Select(source => source.Name).ToListAsync(cancellation);
        var stem = import.Name[..Math.Min(import.Name.Length, 50)];
        var name = Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? stem : $"{stem} ({number})").First(one => !taken.Contains(one, StringComparer.OrdinalIgnoreCase));
        var source = Guid.CreateVersion7(now);
        context.Add(new StoredImportSource { Id = source, TeamId = actor.TeamId, Name = name, Kind = SourceKind.Files, Settings = StoredJson.Write(new SourceSettings { Files = import.Choices.Files, BadLines = import.Choices.BadLines }), LookedAt = now, CreatedBy = actor.UserName, CreatedAt = now, ChangedBy = actor.UserName, ChangedAt = now });
        context.Audit.Add(AuditAction.SourceMade, AuditObject.Source(source, name), after: new { import = id, files = import.Choices.Files.Select(file => file.Name) }, team: actor.TeamId);
        await context.SaveChangesAsync(cancellation);
        return source;
    }

    private static async Task<StoredImport> FindAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) =>
        await context.Set<StoredImport>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == id && import.TeamId == actor.TeamId, cancellation) ?? throw new NotFoundException("The import");

    private static SchemaDocument Read(string text) => SchemaReader.Read(Encoding.UTF8.GetBytes(text)).Document ?? throw new InvalidDataException("A proposed schema cannot be read.");
}
