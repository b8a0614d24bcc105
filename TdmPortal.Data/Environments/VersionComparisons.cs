using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Environments;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Environments;

/// <summary>Comparisons of two versions of a dataset: found once by a job, then kept as long as both versions are.</summary>
public sealed class VersionComparisons(PortalDatabase database, ViewedRows viewed, TimeProvider time)
{
    /// <summary>Most rows of one page.</summary>
    public const int MaxTake = 200;

    /// <summary>What is known of a pair; null: nobody asked yet.</summary>
    public Task<VersionComparison?> FindAsync(Actor actor, Guid beforeId, Guid afterId, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
        await context.Set<StoredComparison>().AsNoTracking().SingleOrDefaultAsync(comparison => comparison.TeamId == actor.TeamId && comparison.BeforeId == beforeId && comparison.AfterId == afterId, token) is not { } found ? null
            : new VersionComparison(found.Id, beforeId, afterId, found.JobId, found.Report is null ? null : StoredJson.Read<ComparisonReport>(found.Report), TimeSpan.FromSeconds(found.TookSeconds), found.AskedBy, found.AskedAt), cancellation);

    /// <summary>Has a pair compared, unless that is done or under way.</summary>
    /// <exception cref="NotFoundException">One of them is no kept version of the team.</exception>
    /// <exception cref="PortalException">version.not_comparable: one and the same, or of two datasets.</exception>
    public Task StartAsync(Actor actor, Guid beforeId, Guid afterId, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        // Held until the commit: two who ask at once get one job.
        var versions = await context.Set<DatasetVersion>().FromSql($"select * from portal.dataset_version where id in ({beforeId}, {afterId}) and team_id = {actor.TeamId} and state = 'ready' order by id for update").AsNoTracking().ToListAsync(token);
        var (before, after) = (versions.Find(version => version.Id == beforeId) ?? throw new NotFoundException("The dataset's version"), versions.Find(version => version.Id == afterId) ?? throw new NotFoundException("The dataset's version"));
        if (beforeId == afterId || before.DatasetId != after.DatasetId)
            throw new PortalException("version.not_comparable", beforeId == afterId ? "A version is the same as itself." : "These are versions of two datasets.") { SuggestedActions = ["Choose two versions of one dataset"] };
        var dataset = await context.Set<Dataset>().AsNoTracking().SingleAsync(known => known.Id == after.DatasetId, token);
        var now = time.GetUtcNow();
        var comparison = await context.Set<StoredComparison>().SingleOrDefaultAsync(known => known.BeforeId == beforeId && known.AfterId == afterId, token);
        context.Audit.Add(AuditAction.VersionsCompared, AuditObject.Version(afterId, dataset.Name, after.Number), details: new { with = before.Number, known = comparison?.Report is not null });
        if (comparison is null)
            context.Add(comparison = new() { Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, BeforeId = beforeId, AfterId = afterId, AskedBy = actor.UserName, AskedAt = now });
        else if (comparison.Report is not null || await context.Set<Job>().AnyAsync(job => job.Id == comparison.JobId && (job.State == Job.Pending || job.State == Job.Running), token))
            return true;
        var job = new Job
        {
            Id = Guid.CreateVersion7(now), TeamId = actor.TeamId, Kind = CompareWork.KindName, Title = FormattableString.Invariant($"Compare {dataset.Name} v{before.Number} with v{after.Number}"),
            Input = StoredJson.Write(new CompareInput(comparison.Id)), StartedById = actor.UserId, StartedBy = actor.UserName, QueuedAt = now,
        };
        context.Add(job);
        await context.SaveChangesAsync(token);
        comparison.JobId = job.Id;
        await JobQueue.NotifyAsync(context, job.Id, token);
        return true;
    }, cancellation);

    /// <summary>A page of the rows of an entity that differ, by row number.</summary>
    /// <param name="column">Only changed rows in which this column differs; null: any.</param>
    /// <param name="after">The last row number of the page before; null: the first page.</param>
    /// <exception cref="NotFoundException">No such version or entity, or another team's.</exception>
    /// <exception cref="PortalException">dataset.query_timeout</exception>
    public async Task<ComparedRows> RowsAsync(Actor actor, Guid beforeId, Guid afterId, string entity, RowDifference kind, string? column, long? after, int take, CancellationToken cancellation)
    {
        var (earlier, later) = (await StoredVersion.FindAsync(database, actor, beforeId, cancellation), await StoredVersion.FindAsync(database, actor, afterId, cancellation));
        var compared = new ComparedEntity(earlier, later, earlier.Entity(entity).Entity, later.Entity(entity).Entity);
        take = Math.Clamp(take, 1, MaxTake);
        var columns = Columns(compared, kind);
        var sql = kind switch
        {
            RowDifference.Added => compared.Added(columns, take + 1),
            RowDifference.Removed => compared.Removed(columns, take + 1),
            _ => compared.Changed(columns, column, take + 1),
        };
        await viewed.RecordAsync(actor, later.About, entity, cancellation);
        if (kind != RowDifference.Added)
            await viewed.RecordAsync(actor, earlier.About, entity, cancellation);
        var rows = await ReadAsync(actor, sql, after ?? -1, columns.Length, kind, cancellation);
        var more = rows.Count > take;
        return new([.. columns.Select(shown => shown.Name)], more ? rows[..take] : rows, more ? rows[take - 1].Row : null);
    }

    /// <summary>All rows of an entity that differ, a line of JSON each, as the database makes them: changed, then added, then removed.</summary>
    /// <exception cref="NotFoundException">No such version or entity, or another team's.</exception>
    public async Task ExportAsync(Actor actor, Guid beforeId, Guid afterId, string entity, Stream output, CancellationToken cancellation)
    {
        var (earlier, later) = (await StoredVersion.FindAsync(database, actor, beforeId, cancellation), await StoredVersion.FindAsync(database, actor, afterId, cancellation));
        var compared = new ComparedEntity(earlier, later, earlier.Entity(entity).Entity, later.Entity(entity).Entity);
        await database.RecordAsync(AuditSource.Of(actor), AuditAction.RowsDownloaded, later.About, new { entity, differencesFrom = earlier.Number }, cancellation);
        await database.ReadRowsAsync(actor, async (connection, token) =>
        {
            await using (var settings = new NpgsqlCommand("set local statement_timeout = 0; set local work_mem = '128MB'; set local jit = off", connection))
                await settings.ExecuteNonQueryAsync(token);
            await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            foreach (var kind in Enum.GetValues<RowDifference>())
            {
                await using var command = new NpgsqlCommand(compared.Lines(kind), connection) { CommandTimeout = 0 };
                await using var reader = await command.ExecuteReaderAsync(token);
                while (await reader.ReadAsync(token))
                    await text.WriteLineAsync(reader.GetString(0).AsMemory(), token);
            }

            await text.FlushAsync(token);
            return true;
        }, cancellation);
    }

    private static ColumnDescription[] Columns(ComparedEntity compared, RowDifference kind)
    {
        IEnumerable<ColumnDescription> columns = kind switch
        {
            RowDifference.Added => compared.After.Columns,
            RowDifference.Removed => compared.Before.Columns,
            _ => compared.Shared.Select(pair => pair.After),
        };
        return [.. columns.OrderByDescending(column => compared.Key.Contains(column.Name, StringComparer.Ordinal))];
    }

    private async Task<List<ComparedRow>> ReadAsync(Actor actor, string sql, long after, int columns, RowDifference kind, CancellationToken cancellation)
    {
        try
        {
            return await database.ReadRowsAsync(actor, async (connection, token) =>
            {
                await using (var settings = new NpgsqlCommand("set local statement_timeout = '10s'; set local work_mem = '64MB'", connection))
                    await settings.ExecuteNonQueryAsync(token);
                await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter { Value = after } } };
                await using var reader = await command.ExecuteReaderAsync(token);
                var rows = new List<ComparedRow>();
                while (await reader.ReadAsync(token))
                {
                    // Of a changed row the columns come in pairs.
                    string?[] Texts(int first, int step) => [.. Enumerable.Range(0, columns).Select(index => 1 + first + (index * step)).Select(place => reader.IsDBNull(place) ? null : reader.GetString(place))];
                    rows.Add(kind switch
                    {
                        RowDifference.Added => new(reader.GetInt64(0), [], Texts(0, 1)),
                        RowDifference.Removed => new(reader.GetInt64(0), Texts(0, 1), []),
                        _ => new(reader.GetInt64(0), Texts(0, 2), Texts(1, 2)),
                    });
                }

                return rows;
            }, cancellation);
        }
        catch (PostgresException error) when (RowErrors.Explains(error))
        {
            throw RowErrors.Explain(error);
        }
    }
}
