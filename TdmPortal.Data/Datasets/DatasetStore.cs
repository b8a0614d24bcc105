using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;

namespace TdmPortal.Data.Datasets;

/// <summary>A team's datasets: asking for one, listing, deleting and taking away.</summary>
public sealed class DatasetStore(PortalDatabase database, OverrideStore overrides, DiskSpace disk, PreparedFiles files, TimeProvider time)
{
    private const string Building = "building", Failed = "failed", Cancelled = "cancelled";

    /// <summary>The team's datasets, the last changed first.</summary>
    public Task<Page<DatasetSummary>> ListAsync(Actor actor, string? search, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var datasets = Of(context, actor);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = ListCursor.Containing(search);
            datasets = datasets.Where(dataset => EF.Functions.ILike(dataset.Name, pattern, @"\") || EF.Functions.ILike(dataset.Title, pattern, @"\") || EF.Functions.ILike(dataset.SchemaName, pattern, @"\"));
        }

        var total = await datasets.LongCountAsync(token);
        if (ListCursor.Parse(after) is { } cursor)
            datasets = datasets.Where(dataset => EF.Functions.LessThan(ValueTuple.Create(dataset.ChangedAt, dataset.Id), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await datasets.OrderByDescending(dataset => dataset.ChangedAt).ThenByDescending(dataset => dataset.Id).Take(take + 1).ToListAsync(token);
        var shown = found.Take(take).ToList();
        var ids = shown.Select(dataset => dataset.Id).ToList();
        var current = shown.Select(dataset => dataset.CurrentVersionId).OfType<Guid>().ToList();
        var versions = await context.Set<DatasetVersion>().Where(version => current.Contains(version.Id))
            .Select(version => new { version.DatasetId, version.Number, version.Entities, version.RowCount, version.Bytes }).ToDictionaryAsync(version => version.DatasetId, token);
        var jobs = await LatestJobsAsync(context, ids, token);
        var items = shown.Select(dataset =>
        {
            var job = jobs.GetValueOrDefault(dataset.Id);
            var version = versions.GetValueOrDefault(dataset.Id);
            var entities = version is null ? 0 : StoredJson.Read<List<DatasetEntity>>(version.Entities).Count;
            return new DatasetSummary(dataset.Id, dataset.Name, dataset.Title, dataset.SchemaName, version?.Number ?? 0, version is not null ? DatasetVersion.Ready : StateOf(job), entities, version?.RowCount ?? 0, version?.Bytes ?? 0,
                dataset.ChangedBy, dataset.ChangedAt, job is { IsRunning: true } ? job.Id : null);
        }).ToList();
        return new Page<DatasetSummary>(items, found.Count > take ? new ListCursor(shown[^1].ChangedAt, shown[^1].Id).ToString() : null, total);
    }, cancellation);

    /// <summary>What the team has, all datasets together, with the oldest of those that were not changed since <paramref name="staleBefore"/>.</summary>
    public Task<DatasetTotals> TotalsAsync(Actor actor, DateTimeOffset freshSince, DateTimeOffset staleBefore, int mostStale, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var ready = Of(context, actor).Join(context.Set<DatasetVersion>(), dataset => dataset.CurrentVersionId, version => version.Id, (dataset, version) => new { dataset.Id, dataset.Name, dataset.Title, dataset.ChangedAt, version.RowCount, version.Bytes });
        var sums = await ready.GroupBy(_ => 1).Select(all => new { Ready = all.LongCount(), Fresh = all.LongCount(row => row.ChangedAt >= freshSince), Stale = all.LongCount(row => row.ChangedAt < staleBefore), Rows = all.Sum(row => row.RowCount), Bytes = all.Sum(row => row.Bytes) }).SingleOrDefaultAsync(token);
        var stale = sums is null or { Stale: 0 } ? [] : await ready.Where(row => row.ChangedAt < staleBefore).OrderBy(row => row.ChangedAt).Take(mostStale).Select(row => new StaleDataset(row.Id, row.Name, row.Title, row.ChangedAt)).ToListAsync(token);
        return new DatasetTotals(await Of(context, actor).LongCountAsync(token), sums?.Ready ?? 0, sums?.Fresh ?? 0, sums?.Rows ?? 0, sums?.Bytes ?? 0, sums?.Stale ?? 0, stale);
    }, cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<DatasetDetail> GetAsync(Actor actor, Guid id, CancellationToken cancellation) => DetailAsync(actor, datasets => datasets.Where(dataset => dataset.Id == id), cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<DatasetDetail> GetByNameAsync(Actor actor, string name, CancellationToken cancellation) => DetailAsync(actor, datasets => datasets.Where(dataset => dataset.Name == name), cancellation);

    /// <summary>Compiles the plan (all problems at once), checks names and disk, and queues the job.</summary>
    /// <returns>The job's id.</returns>
    /// <exception cref="SchemaInvalidException"/>
    /// <exception cref="ConflictException">dataset.busy: a job works on this dataset already.</exception>
    /// <exception cref="PortalException">dataset.bad_name, dataset.bad_request, dataset.disk_full, team.quota_exceeded</exception>
    public async Task<Guid> GenerateAsync(Actor actor, GenerateRequest request, CancellationToken cancellation)
    {
        GenerateRules.Check(request);
        var effective = await overrides.GetAsync(actor, request.SchemaId, request.SchemaVersion, cancellation);
        var schema = effective.Base with { Document = effective.Document };
        var applied = effective.Overrides.Where(one => one.Verdict.IsApplied).Select(one => one.Verdict.Override.Place).ToList();
        var now = time.GetUtcNow();
        var settled = request with
        {
            Title = string.IsNullOrWhiteSpace(request.Title) ? request.Name : request.Title.Trim(),
            SchemaVersion = schema.Version,
            AsOf = request.AsOf ?? new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
        };
        GenerateRules.CheckRows(settled, schema.Document);
        settled = settled with { Scenarios = await database.ReadAsync(actor, (context, token) => QualityRuleStore.MadeAsync(context, actor.TeamId, request.SchemaId, token), cancellation) };
        var (rows, bytes) = await Task.Run(() =>
        {
            var plan = GenerateWork.Compile(schema.Document, GenerateWork.Options(settled));
            return (plan.Entities.Sum(entity => entity.Rows), DatasetSize.Estimate(plan, cancellation));
        }, cancellation);
        await disk.CheckAsync(bytes, cancellation);
        try
        {
            return await database.ChangeAsync(actor, (context, token) => QueueAsync(context, actor, settled, schema, applied, rows, bytes, token), cancellation);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw Busy(request.Name);
        }
    }

    /// <summary>Deletes the dataset with all versions; its tables are dropped by the sweeper.</summary>
    /// <exception cref="ForbiddenException">A tester may delete their own datasets only.</exception>
    /// <exception cref="ConflictException">dataset.version_pinned, dataset.version_copied: somebody needs one of its versions.</exception>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        var dataset = await Of(context, actor).SingleOrDefaultAsync(candidate => candidate.Id == id, token) ?? throw new NotFoundException("The dataset");
        if (!MayDelete(dataset, actor))
            throw new ForbiddenException($"The dataset {dataset.Name} was made by {dataset.CreatedBy}. Only they or a lead of the team may delete it.");
        var now = time.GetUtcNow();
        var pinned = await context.Set<StoredPin>().Where(pin => pin.Until > now && context.Set<DatasetVersion>().Any(version => version.Id == pin.VersionId && version.DatasetId == id && version.State == DatasetVersion.Ready))
            .Select(pin => context.Users.Where(user => user.Id == pin.UserId).Select(user => user.DisplayName).First()).Distinct().OrderBy(who => who).Take(5).ToListAsync(token);
        if (pinned.Count > 0)
            throw new ConflictException("dataset.version_pinned", $"{string.Join(", ", pinned)} pinned a version of {dataset.Name} and still needs it.") { SuggestedActions = ["Ask them to release it: the dataset's versions show until when it is pinned"] };
        if (await context.Set<StoredScratchCopy>().AnyAsync(copy => context.Set<DatasetVersion>().Any(version => version.Id == copy.VersionId && version.DatasetId == id), token))
            throw new ConflictException("dataset.version_copied", $"A scratch copy takes its rows from a version of {dataset.Name}.") { SuggestedActions = ["Delete the dataset's scratch copies first", "Wait until they end"] };
        await context.Set<Dataset>().Where(candidate => candidate.Id == id).ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.DeletedAt, now).SetProperty(candidate => candidate.CurrentVersionId, (Guid?)null), token);
        await context.Set<DatasetVersion>().Where(version => version.DatasetId == id && version.State == DatasetVersion.Ready).ExecuteUpdateAsync(set => set.SetProperty(version => version.State, DatasetVersion.Deleted), token);
        await context.Set<Job>().Where(job => job.DatasetId == id && job.State == Job.Running).ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelRequested, true), token);
        await context.Set<Job>().Where(job => job.DatasetId == id && job.State == Job.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelRequested, true).SetProperty(job => job.State, Job.Cancelled).SetProperty(job => job.FinishedAt, now), token);
        context.Audit.Add(AuditAction.DatasetDeleted, AuditObject.Dataset(id, dataset.Name));
        await JobQueue.NotifyAsync(context, id, token);
        return true;
    }, cancellation);

    /// <summary>Streams one entity (with the same filters, columns and order as the grid), or all entities as a .zip (SQL: one script with tables and keys) when <paramref name="entity"/> is null.</summary>
    /// <exception cref="NotFoundException">Thrown before anything is written.</exception>
    public async Task ExportAsync(Actor actor, Guid versionId, string? entity, RowQuery? query, RowFormat format, Stream output, CancellationToken cancellation)
    {
        _ = ExportNames.Extension(format);
        var version = await StoredVersion.FindAsync(database, actor, versionId, cancellation);
        var described = entity is null ? null : version.Entity(entity).Entity;
        // Before the first row leaves: a download that breaks off has given rows away as well.
        await database.RecordAsync(AuditSource.Of(actor), AuditAction.RowsDownloaded, version.About,
            new { format, entity, columns = query?.Columns is { Count: > 0 } columns ? columns : null, filters = query?.Filters.Count ?? 0 }, cancellation);
        try
        {
            if (described is not null)
            {
                await database.ReadRowsAsync(actor, async (connection, token) => { await RowExporter.ExportAsync(connection, version, described, query ?? new RowQuery(), format, output, token); return true; }, cancellation);
                return;
            }

            var plan = await PlanAsync(actor, versionId, cancellation);
            await database.ReadRowsAsync(actor, async (connection, token) => { await RowExporter.ExportAllAsync(connection, version, plan, format, output, token); return true; }, cancellation);
        }
        catch (PostgresException error) when (RowErrors.Explains(error))
        {
            throw RowErrors.Explain(error);
        }
    }

    /// <summary>The kept versions of a dataset, newest first.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<IReadOnlyList<DatasetVersionSummary>> VersionsAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<DatasetVersionSummary>>(actor, async (context, token) =>
    {
        if (!await Of(context, actor).AnyAsync(dataset => dataset.Id == id, token))
            throw new NotFoundException("The dataset");
        return await context.Set<DatasetVersion>().Where(version => version.DatasetId == id && version.State == DatasetVersion.Ready).OrderByDescending(version => version.Number)
            .Select(version => new DatasetVersionSummary(version.Id, version.Number, version.State, version.SchemaVersion, version.Seed, version.AsOf, version.RowCount, version.Bytes, TimeSpan.FromSeconds(version.TookSeconds), version.CreatedBy, version.CreatedAt))
            .ToListAsync(token);
    }, cancellation);

    /// <exception cref="NotFoundException"/>
    public Task<DatasetVersionDetail> GetVersionAsync(Actor actor, Guid versionId, CancellationToken cancellation) =>
        database.ReadAsync(actor, async (context, token) => Describe(await FindVersionAsync(context, actor, versionId, token)), cancellation);

    /// <summary>What the team asked for when it last generated from this schema: the defaults of the next run. Null: never.</summary>
    public Task<GenerateRequest?> LastRequestAsync(Actor actor, Guid schemaId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var input = await context.Set<Job>().Where(job => job.TeamId == actor.TeamId && job.SchemaId == schemaId && job.Kind == GenerateWork.KindName).OrderByDescending(job => job.QueuedAt).Select(job => job.Input).FirstOrDefaultAsync(token);
        return input is null ? null : StoredJson.Read<GenerateInput>(input).Request;
    }, cancellation);

    /// <summary>The files that were prepared with a version.</summary>
    /// <exception cref="NotFoundException"/>
    public Task<IReadOnlyList<PreparedFile>> PreparedFilesAsync(Actor actor, Guid versionId, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<PreparedFile>>(actor, async (context, token) => StoredJson.Read<List<PreparedFile>>((await FindVersionAsync(context, actor, versionId, token)).Files), cancellation);

    /// <exception cref="NotFoundException"/>
    public async Task<Stream> OpenPreparedAsync(Actor actor, Guid versionId, string fileName, CancellationToken cancellation)
    {
        var listed = await PreparedFilesAsync(actor, versionId, cancellation);
        // Only a name of the version's own list is opened, so no path that somebody types can lead out of the folder.
        var file = listed.FirstOrDefault(candidate => candidate.Name == fileName) ?? throw new NotFoundException("The file");
        try
        {
            await database.RecordAsync(AuditSource.Of(actor), AuditAction.RowsDownloaded, new AuditObject("version", versionId.ToString(), file.Name), new { file.Format, prepared = true }, cancellation);
            return files.Open(versionId, file.Name);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotFoundException("The file");
        }
    }

    private async Task<GenerationPlan> PlanAsync(Actor actor, Guid versionId, CancellationToken cancellation)
    {
        var version = await GetVersionAsync(actor, versionId, cancellation);
        return await Task.Run(() => GenerateWork.Compile(version.Document, version.Options), cancellation);
    }

    private async Task<Guid> QueueAsync(PortalContext context, Actor actor, GenerateRequest request, SchemaRecord schema, List<string> overridden, long rows, long bytes, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await TeamQuotas.DemandAsync(context, actor.TeamId, rows, bytes, 1, cancellation);
        var dataset = await FindOrAddAsync(context, actor, request.Name, request.Title, schema.Id, schema.Document.Name, now, cancellation);
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, Kind = GenerateWork.KindName, Title = FormattableString.Invariant($"Generate {request.Name} ({rows:N0} {(rows == 1 ? "row" : "rows")})"), RowsTotal = rows, ReservedRows = rows, ReservedBytes = bytes, ReservedVersions = 1,
            DatasetId = dataset.Id, DatasetName = dataset.Name, SchemaId = schema.Id, Input = StoredJson.Write(new GenerateInput(actor.TeamKey, schema.Document.Name, request)),
            Document = System.Text.Encoding.UTF8.GetString(SchemaWriter.Write(schema.Document)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now,
        };
        return await JobQueue.AddAsync(context, job, new { job.Kind, dataset = dataset.Name, schema = schema.Document.Name, request.SchemaVersion, request.Seed, request.AsOf, request.Scale, rows, request.QualityLevel, request.Publish, overrides = overridden.Count == 0 ? null : overridden }, cancellation);
    }

    /// <summary>The team's dataset of a name, made where there is none; whoever asks is about to give it a version.</summary>
    internal static async Task<Dataset> FindOrAddAsync(PortalContext context, Actor actor, string name, string title, Guid? schemaId, string schemaName, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await Of(context, actor).SingleOrDefaultAsync(candidate => candidate.Name == name, cancellation) is { } found)
            return found;
        var made = new Dataset
        {
            Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, TeamKey = actor.TeamKey, Name = name, Title = title, SchemaId = schemaId, SchemaName = schemaName,
            CreatedById = actor.UserId, CreatedBy = actor.UserName, CreatedAt = now, ChangedBy = actor.UserName, ChangedAt = now,
        };
        context.Add(made);
        await context.SaveChangesAsync(cancellation);
        return made;
    }

    /// <summary>What the database says by a unique violation when a job is queued for a dataset that another works on.</summary>
    internal static ConflictException Busy(string name) => new("dataset.busy", $"A job is already working on the dataset {name}.") { SuggestedActions = ["Wait until it has ended, or cancel it.", "Choose another name."] };

    private Task<DatasetDetail> DetailAsync(Actor actor, Func<IQueryable<Dataset>, IQueryable<Dataset>> which, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var dataset = await which(Of(context, actor)).SingleOrDefaultAsync(token) ?? throw new NotFoundException("The dataset");
        var version = dataset.CurrentVersionId is { } current ? await context.Set<DatasetVersion>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == current, token) : null;
        var job = (await LatestJobsAsync(context, [dataset.Id], token)).GetValueOrDefault(dataset.Id);
        return new DatasetDetail(dataset.Id, dataset.Name, dataset.Title, LiveViews.SchemaOf(dataset.TeamKey, dataset.Name), dataset.CreatedBy, dataset.CreatedAt, version is null ? null : Describe(version), job is { IsRunning: true } ? job.Id : null, MayDelete(dataset, actor));
    }, cancellation);

    internal static DatasetVersionDetail Describe(DatasetVersion version)
    {
        var document = SchemaReader.Read(System.Text.Encoding.UTF8.GetBytes(version.Document)).Document ?? throw new InvalidOperationException($"The document of version {version.Id} cannot be read.");
        var options = MoreOptions.Options(version.Seed, version.AsOf, version.Scale, version.RowsAsked, version.Stable);
        return new DatasetVersionDetail(version.Id, version.Number, version.State, version.SchemaId, version.SchemaVersion, version.Seed, version.AsOf, version.Scale, version.EngineVersion, version.QualityLevel, document, options,
            StoredJson.Read<List<DatasetEntity>>(version.Entities), version.RowCount, version.Bytes, TimeSpan.FromSeconds(version.TookSeconds), version.CreatedBy, version.CreatedAt);
    }

    internal static async Task<DatasetVersion> FindVersionAsync(PortalContext context, Actor actor, Guid id, CancellationToken cancellation) => await context.Set<DatasetVersion>().AsNoTracking()
        .Where(version => version.Id == id && version.TeamId == actor.TeamId && version.State == DatasetVersion.Ready).SingleOrDefaultAsync(cancellation) ?? throw new NotFoundException("The dataset's version");

    private static async Task<Dictionary<Guid, LatestJob>> LatestJobsAsync(PortalContext context, List<Guid> datasets, CancellationToken cancellation) => (await context.Set<Job>()
        .Where(job => job.DatasetId != null && datasets.Contains(job.DatasetId.Value)).GroupBy(job => job.DatasetId!.Value)
        .Select(jobs => new { Dataset = jobs.Key, Latest = jobs.OrderByDescending(job => job.QueuedAt).Select(job => new { job.Id, job.State }).First() }).ToListAsync(cancellation))
        .ToDictionary(found => found.Dataset, found => new LatestJob(found.Latest.Id, found.Latest.State));

    private static IQueryable<Dataset> Of(PortalContext context, Actor actor) => context.Set<Dataset>().AsNoTracking().Where(dataset => dataset.TeamId == actor.TeamId && dataset.DeletedAt == null);

    private static bool MayDelete(Dataset dataset, Actor actor) => actor.IsLead || dataset.CreatedById == actor.UserId;

    private static string StateOf(LatestJob? job) => job?.State switch
    {
        Job.Pending or Job.Running => Building,
        Job.Cancelled => Cancelled,
        _ => Failed,
    };

    private sealed record LatestJob(Guid Id, string State)
    {
        public bool IsRunning => State is Job.Pending or Job.Running;
    }
}
