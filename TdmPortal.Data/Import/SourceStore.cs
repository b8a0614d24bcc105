using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Npgsql;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Import;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Refresh;
using TdmPortal.Postgres;

namespace TdmPortal.Data.Import;

/// <summary>A team's sources. Everybody of the team sees them; connections to databases are its leads' to make, change and remove.</summary>
public sealed class SourceStore(PortalDatabase database, SourceConnector connector, UploadVault vault, FileDesk desk, IDataProtectionProvider protection, TimeProvider time)
{
    private const string LeadsOnly = "Only a lead of the team makes, changes and removes connections to databases.";
    private readonly IDataProtector protector = protection.CreateProtector("TdmPortal.Source");

    /// <summary>The team's, the latest changed first.</summary>
    public Task<Page<SourceSummary>> ListAsync(Actor actor, string? search, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var sources = context.Set<StoredImportSource>().Where(source => source.TeamId == actor.TeamId);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = ListCursor.Containing(search);
            sources = sources.Where(source => EF.Functions.ILike(source.Name, pattern, @"\"));
        }

        var total = await sources.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            sources = sources.Where(source => EF.Functions.LessThan(ValueTuple.Create(source.ChangedAt, source.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await sources.OrderByDescending(source => source.ChangedAt).ThenByDescending(source => source.Id).Take(take + 1).Select(source => new
        {
            source.Id, source.Name, source.Kind, source.Settings, source.SchemaId, source.LookedAt, source.Problem, source.ChangedBy, source.ChangedAt,
            SchemaName = context.Schemas.Where(schema => schema.Id == source.SchemaId && schema.DeletedAt == null).Select(schema => schema.Name).FirstOrDefault(),
        }).ToListAsync(token);
        var ids = found.ConvertAll(source => source.Id);
        // Structures are large, and only their size is shown.
        var tables = await context.Database.SqlQuery<TableCount>($"select id, jsonb_array_length(structure -> 'tables') as tables from portal.source where id = any({ids}) and structure is not null").ToDictionaryAsync(row => row.id, row => row.tables, token);
        var policies = await context.Set<StoredMaskingPolicy>().Where(policy => policy.SourceId != null && ids.Contains(policy.SourceId.Value)).GroupBy(policy => policy.SourceId!.Value).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, token);
        var items = found.Take(take).Select(source => new SourceSummary(source.Id, source.Name, source.Kind, PlaceOf(source.Kind, StoredJson.Read<SourceSettings>(source.Settings)),
            tables.TryGetValue(source.Id, out var count) ? count : null, source.SchemaName is null ? null : source.SchemaId, source.SchemaName, source.LookedAt, source.Problem, policies.GetValueOrDefault(source.Id), source.ChangedBy, source.ChangedAt)).ToList();
        return new Page<SourceSummary>(items, found.Count > take ? new ListCursor(items[^1].ChangedAt, items[^1].Id).ToString() : null, total);
    }, cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<SourceRecord> GetAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var found = await context.Set<StoredImportSource>().Where(source => source.Id == id && source.TeamId == actor.TeamId).Select(source => new
        {
            source.Name, source.Kind, source.Settings, source.SchemaId, source.Structure, source.LookedAt, source.Problem, source.CreatedBy, source.CreatedAt, source.ChangedBy, source.ChangedAt,
            SchemaName = context.Schemas.Where(schema => schema.Id == source.SchemaId && schema.DeletedAt == null).Select(schema => schema.Name).FirstOrDefault(),
        }).SingleOrDefaultAsync(token) ?? throw new NotFoundException("The source");
        return new SourceRecord(id, found.Name, found.Kind, StoredJson.Read<SourceSettings>(found.Settings), found.Kind == SourceKind.Postgres, found.SchemaName is null ? null : found.SchemaId, found.SchemaName,
            found.Structure is null ? null : StoredJson.Read<DatabaseStructure>(found.Structure), found.LookedAt, found.Problem, found.CreatedBy, found.CreatedAt, found.ChangedBy, found.ChangedAt);
    }, cancellation);

    /// <summary>Keeps a connection.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="PortalException">source.bad_settings, source.bad_host</exception>
    /// <exception cref="ConflictException">source.name_taken</exception>
    public async Task<Guid> CreateAsync(Actor lead, string name, SourceSettings settings, string? password, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        (name, settings) = (CheckName(name), Check(settings));
        var (id, now) = (Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow());
        return await NamedAsync(name, () => database.ChangeAsync(lead, async (context, token) =>
        {
            context.Add(new StoredImportSource
            {
                Id = id, TeamId = lead.TeamId, Name = name, Kind = SourceKind.Postgres, Settings = StoredJson.Write(settings), Password = Protect(password),
                CreatedBy = lead.UserName, CreatedAt = now, ChangedBy = lead.UserName, ChangedAt = now,
            });
            context.Audit.Add(AuditAction.SourceMade, AuditObject.Source(id, name), after: Described(settings));
            await context.SaveChangesAsync(token);
            return id;
        }, cancellation));
    }

    /// <param name="password">Null: as it was; needed anew where server, account or encryption change, since it was given for those of before.</param>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">source.bad_settings, source.bad_host, source.password_needed</exception>
    /// <exception cref="ConflictException">source.name_taken</exception>
    public async Task ChangeAsync(Actor lead, Guid id, string name, SourceSettings settings, string? password, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        (name, settings) = (CheckName(name), Check(settings));
        await NamedAsync(name, () => database.ChangeAsync(lead, async (context, token) =>
        {
            var before = await FindAsync(context, lead.TeamId, id, token);
            if (password is null && !before.Settings.IsSameAccount(settings))
                throw PasswordNeeded();
            var (stored, now, kept) = (StoredJson.Write(settings), time.GetUtcNow(), Protect(password));
            var which = context.Set<StoredImportSource>().Where(source => source.Id == id);
            await which.ExecuteUpdateAsync(set => set.SetProperty(source => source.Name, name).SetProperty(source => source.Settings, stored).SetProperty(source => source.Problem, (string?)null)
                .SetProperty(source => source.ChangedBy, lead.UserName).SetProperty(source => source.ChangedAt, now), token);
            if (kept is not null)
                await which.ExecuteUpdateAsync(set => set.SetProperty(source => source.Password, kept), token);
            context.Audit.Add(AuditAction.SourceChanged, AuditObject.Source(id, name), Described(before.Settings), Described(settings), details: password is null ? null : new { credentialsChanged = true });
            return true;
        }, cancellation));
    }

    /// <summary>Forgets it with its password; the schema that came from it stays.</summary>
    /// <exception cref="ForbiddenException">Connections are for leads.</exception>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="ConflictException">refresh.needs_it: a schedule reads it.</exception>
    public async Task RemoveAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var found = await GetAsync(actor, id, cancellation);
        if (found.Kind == SourceKind.Postgres)
            await DemandAsync(actor, cancellation);
        await database.ChangeAsync(actor, async (context, token) =>
        {
            await FindAsync(context, actor.TeamId, id, token);
            await MaskedRefreshes.DemandUnusedAsync(context, actor.TeamId, from => from.SourceId == id, found.Name, token);
            await context.Set<StoredImportSource>().Where(source => source.Id == id && source.TeamId == actor.TeamId).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.SourceRemoved, AuditObject.Source(id, found.Name), before: Described(found.Settings));
            return true;
        }, cancellation);
    }

    /// <summary>Tries settings before they are kept.</summary>
    /// <param name="id">Of the source whose password is used where none is given; null: a new one.</param>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="PortalException">Why it does not work.</exception>
    public async Task<SourceCheck> TestAsync(Actor lead, Guid? id, SourceSettings settings, string? password, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        settings = Check(settings);
        if (password is null && id is { } kept)
        {
            var (_, former, own) = await SecretAsync(lead.TeamId, kept, cancellation);
            password = former.IsSameAccount(settings) ? own : throw PasswordNeeded();
        }

        string? failure = null;
        try
        {
            return await connector.TestAsync(settings, password, cancellation);
        }
        catch (PortalException error)
        {
            failure = error.Code;
            throw;
        }
        finally
        {
            await database.RecordAsync(AuditSource.Of(lead), AuditAction.SourceTested, AuditObject.Source(id, null), new { settings.Host, settings.Port, settings.Database, settings.UserName, failure }, CancellationToken.None);
        }
    }

    /// <summary>With its password, for opening. A job works for a team and has no actor.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">source.password_lost</exception>
    internal async Task<(string Name, SourceSettings Settings, string? Password)> SecretAsync(Guid teamId, Guid id, CancellationToken cancellation)
    {
        var stored = await database.ReadAsSystemAsync((context, token) => context.Set<StoredImportSource>().AsNoTracking().Where(source => source.Id == id && source.TeamId == teamId)
            .Select(source => new { source.Name, source.Settings, source.Password }).SingleOrDefaultAsync(token), cancellation) ?? throw new NotFoundException("The source");
        try
        {
            return (stored.Name, StoredJson.Read<SourceSettings>(stored.Settings), stored.Password is null ? null : Encoding.UTF8.GetString(protector.Unprotect(stored.Password)));
        }
        catch (CryptographicException)
        {
            throw new PortalException("source.password_lost", $"The password of {stored.Name} cannot be read any more: the key that protects it is another one now.") { SuggestedActions = ["Enter the password again"] };
        }
    }

    /// <summary>Reads the structure of a database anew, keeps it, and says what changed since the look before. Anybody of the team may: no row is read.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">Why it cannot be read; kept with the source, too.</exception>
    public async Task<SourceLook> LookAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var before = await GetAsync(actor, id, cancellation);
        if (before.Kind == SourceKind.Files)
            throw new PortalException("source.is_files", "Files are looked at when they are uploaded.") { SuggestedActions = ["Import the files again"] };
        var now = time.GetUtcNow();
        try
        {
            var (_, settings, password) = await SecretAsync(actor.TeamId, id, cancellation);
            var structure = WithoutStatistics(await StructureAsync(settings with { Tables = [] }, password, cancellation));
            var text = StoredJson.Write(structure);
            var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var changes = before.Structure is null ? null : StructureChange.Between(before.Structure, structure);
            await NoteAsync(set => set.SetProperty(source => source.Structure, text).SetProperty(source => source.Fingerprint, fingerprint).SetProperty(source => source.LookedAt, now).SetProperty(source => source.Problem, (string?)null), new { tables = structure.Tables.Count, changes = changes?.Count });
            return new SourceLook(structure, changes);
        }
        catch (PortalException error)
        {
            await NoteAsync(set => set.SetProperty(source => source.Problem, error.Message[..Math.Min(error.Message.Length, 1000)]), new { failure = error.Code });
            throw;
        }

        // The look of a tester is kept, too, and says nothing that the connection did not: so it is the portal that writes.
        Task NoteAsync(Action<UpdateSettersBuilder<StoredImportSource>> set, object details) => database.ChangeAsSystemAsync(AuditSource.Of(actor), async (context, token) =>
        {
            context.Audit.Add(AuditAction.SourceLookedAt, AuditObject.Source(id, before.Name), details: details, team: actor.TeamId);
            return await context.Set<StoredImportSource>().Where(source => source.Id == id && source.TeamId == actor.TeamId).ExecuteUpdateAsync(set, token);
        }, cancellation);
    }

    /// <summary>Opens a source to read its rows, and records that the actor did.</summary>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">Why it cannot be read.</exception>
    public async Task<OpenedSource> OpenAsync(Actor actor, Guid sourceId, CancellationToken cancellation)
    {
        var opened = await OpenAsync(actor.TeamId, sourceId, cancellation);
        try
        {
            await database.RecordAsync(AuditSource.Of(actor), AuditAction.SourceOpened, AuditObject.Source(sourceId, opened.Name), new { entities = opened.Document.Entities.Count }, cancellation);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a source for a job, which records what it does itself.</summary>
    /// <inheritdoc cref="OpenAsync(Actor, Guid, CancellationToken)" path="/exception"/>
    internal async Task<OpenedSource> OpenAsync(Guid teamId, Guid sourceId, CancellationToken cancellation)
    {
        var source = await database.ReadAsSystemAsync((context, token) => context.Set<StoredImportSource>().Where(one => one.Id == sourceId && one.TeamId == teamId).Select(one => new { one.Kind, one.SchemaId }).SingleOrDefaultAsync(token), cancellation) ?? throw new NotFoundException("The source");
        var (name, settings, password) = await SecretAsync(teamId, sourceId, cancellation);
        var saved = await SavedAsync(teamId, sourceId, cancellation);
        if (source.Kind == SourceKind.Files)
            return OpenFiles(teamId, sourceId, name, settings, saved ?? throw new PortalException("source.no_schema", $"The schema of {name} is gone.") { SuggestedActions = ["Import the files again"] }, source.SchemaId, cancellation);
        var structure = await StructureAsync(settings, password, cancellation);
        var document = StructureImport.Make(structure, new ImportOptions(saved?.Name ?? LegalNames.ToLegal(name, "source"))).Document;
        return await OpenAsync(sourceId, name, settings, password, saved is null ? document : WithKinds(document, saved), structure, cancellation, source.SchemaId);
    }

    /// <summary>Opens a database as a document has it.</summary>
    internal async Task<OpenedSource> OpenAsync(Guid sourceId, string name, SourceSettings settings, string? password, SchemaDocument document, DatabaseStructure structure, CancellationToken cancellation, Guid? schema = null)
    {
        var sessions = await connector.SessionsAsync(settings, password, SourceConnector.ForRows, cancellation);
        try
        {
            var rows = await SnapshotSource.OpenAsync(sessions, document, cancellation);
            return new OpenedSource(sourceId, name, rows, document, structure, rows, sessions) { SchemaId = schema };
        }
        catch (Exception fault)
        {
            await sessions.DisposeAsync();
            if (SourceFailure.Explains(fault))
                throw SourceFailure.Translate(fault, settings);
            throw;
        }
    }

    private OpenedSource OpenFiles(Guid team, Guid sourceId, string name, SourceSettings settings, SchemaDocument document, Guid? schema, CancellationToken cancellation)
    {
        var files = settings.Files.ToDictionary(file => file.Name, file => (File: file, Inspected: desk.Inspect(team, file, settings.BadLines, null, cancellation)), StringComparer.Ordinal);
        // An entity is known by the table or name that its file or list gave it.
        var places = document.Entities.Select(entity => (entity.Name, Place: files.Values.SelectMany(file => file.Inspected.Entities.Select(rows => (file.Inspected, Rows: rows))).FirstOrDefault(place => place.Rows.Name == entity.Name || place.Rows.Original == entity.Table?.Name)))
            .Where(entity => entity.Place.Rows is not null).Select(entity => (entity.Name, entity.Place.Inspected, entity.Place.Rows)).ToList();
        return new OpenedSource(sourceId, name, new SampleSource(document, places, file => vault.Open(team, files[file].File.Upload)), document with { Entities = [.. document.Entities.Where(entity => places.Exists(place => place.Name == entity.Name))] }, null) { SchemaId = schema };
    }

    /// <summary>What a database says of its tables, those that are wanted.</summary>
    internal Task<DatabaseStructure> StructureAsync(SourceSettings settings, string? password, CancellationToken cancellation) => connector.AskAsync(settings, password, (connection, token) =>
        StructureReader.ReadAsync(connection, null, settings.Tables.Count == 0 ? null : [.. settings.Tables.Select(table => table.ToString())], token), cancellation);

    private static DatabaseStructure WithoutStatistics(DatabaseStructure structure) => structure with { Tables = [.. structure.Tables.Select(table => table with { Columns = [.. table.Columns.Select(column => column with { Statistics = null })] })] };

    /// <summary>The latest version of the schema that was imported from a source; null: there is none, or it was deleted.</summary>
    private async Task<SchemaDocument?> SavedAsync(Guid teamId, Guid sourceId, CancellationToken cancellation)
    {
        var text = await database.ReadAsSystemAsync((context, token) => context.Set<StoredImportSource>().Where(source => source.Id == sourceId && source.TeamId == teamId)
            .Join(context.Schemas.Where(schema => schema.DeletedAt == null), source => source.SchemaId, schema => schema.Id, (source, schema) => schema)
            .Join(context.SchemaVersions, schema => new { schema.Id, Version = schema.LatestVersion }, saved => new { Id = saved.SchemaId, saved.Version }, (schema, saved) => saved.Document).SingleOrDefaultAsync(token), cancellation);
        return text is null ? null : SchemaReader.Read(Encoding.UTF8.GetBytes(text)).Document ?? throw new InvalidDataException($"The schema of the source {sourceId} cannot be read.");
    }

    /// <summary>What people said of fields stays said: kinds of personal data are taken over by table and column.</summary>
    internal static SchemaDocument WithKinds(SchemaDocument document, SchemaDocument saved)
    {
        var kinds = saved.Entities.SelectMany(entity => entity.Fields.Where(field => field.Personal is not null).Select(field => KeyValuePair.Create((TableOf(entity), field.Column ?? field.Name), field.Personal))).DistinctBy(kind => kind.Key).ToDictionary();
        return document with { Entities = [.. document.Entities.Select(entity => entity with { Fields = [.. entity.Fields.Select(field => kinds.TryGetValue((TableOf(entity), field.Column ?? field.Name), out var kind) ? field with { Personal = kind } : field)] })] };

        static TableName TableOf(EntityDefinition entity) => entity.Table ?? new(null, entity.Name);
    }

    internal static string PlaceOf(SourceKind kind, SourceSettings settings) => kind == SourceKind.Files ? "uploaded files"
        : settings.Port == 5432 ? $"{settings.Host}/{settings.Database}" : string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}/{settings.Database}");

    private static async Task<(string Name, SourceSettings Settings)> FindAsync(PortalContext context, Guid team, Guid id, CancellationToken cancellation)
    {
        var found = await context.Set<StoredImportSource>().Where(source => source.Id == id && source.TeamId == team).Select(source => new { source.Name, source.Settings }).SingleOrDefaultAsync(cancellation) ?? throw new NotFoundException("The source");
        return (found.Name, StoredJson.Read<SourceSettings>(found.Settings));
    }

    private static string CheckName(string name) => name.Trim() is { Length: > 0 and <= 60 } fine ? fine
        : throw Bad("A source's name has 1 to 60 characters.", "Name it after what is in it, such as Shop, production copy");

    private static SourceSettings Check(SourceSettings settings)
    {
        var (host, data, user) = (SourceHosts.NameOf(settings.Host), settings.Database.Trim(), settings.UserName.Trim());
        if (settings.Port is < 1 or > 65535)
            throw Bad($"{settings.Port} is no port.", "Write a number from 1 to 65535, usually 5432");
        if (data.Length is 0 or > 63)
            throw Bad("It needs the name of a database, of up to 63 characters.", "Name the database on that server");
        if (user.Length is 0 or > 63)
            throw Bad("It needs the name of a user, of up to 63 characters.", "Name a role that may read the tables");
        return settings with { Host = host, Database = data, UserName = user, Authority = string.IsNullOrWhiteSpace(settings.Authority) ? null : settings.Authority.Trim() };
    }

    private static PortalException Bad(string message, string action) => new("source.bad_settings", message) { SuggestedActions = [action] };

    private static PortalException PasswordNeeded() => new("source.password_needed", "The password was given for another server, account or encryption, and is not handed to this one.") { SuggestedActions = ["Enter the password for the new settings"] };

    private static object Described(SourceSettings settings) => new { settings.Host, settings.Port, settings.Database, settings.UserName, settings.Tls, authority = settings.Authority is not null, tables = settings.Tables.Count };

    private byte[]? Protect(string? password) => string.IsNullOrEmpty(password) ? null : protector.Protect(Encoding.UTF8.GetBytes(password));

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsLead, LeadsOnly, cancellation);

    private static async Task<T> NamedAsync<T>(string name, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when ((fault as PostgresException ?? fault.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "source_name" })
        {
            throw new ConflictException("source.name_taken", $"The team already has a source named \"{name}\".") { SuggestedActions = ["Choose another name"] };
        }
    }

#pragma warning disable IDE1006, SA1300 // names of columns
    private sealed record TableCount(Guid id, int tables);
#pragma warning restore IDE1006, SA1300
}
