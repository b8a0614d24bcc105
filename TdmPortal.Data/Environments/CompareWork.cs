using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Environments;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Environments;

/// <summary>Compares two versions: the database counts, under the team's reader role; only what it counted comes here.</summary>
public sealed class CompareWork(PortalDatabase database, JobQueue queue, TimeProvider time) : IJobWork
{
    public const string KindName = "compare";

    public string Kind => KindName;

    /// <summary>Somebody waits for it, and it takes seconds.</summary>
    public bool IsShort => true;

    public async Task RunAsync(JobExecution job, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var id = StoredJson.Read<CompareInput>(job.Input).ComparisonId;
        var (asked, teamKey) = await database.ReadAsSystemAsync(async (context, token) =>
            (await FindAsync(context, job, id, token), await context.Teams.Where(team => team.Id == job.TeamId).Select(team => team.Key).SingleAsync(token)), cancellation);
        var report = await CompareAsync(new Actor(job.StartedById, job.StartedBy, false, job.TeamId, teamKey, TeamRole.Tester), asked.BeforeId, asked.AfterId, job.Progress, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(job), async (context, token) =>
        {
            var comparison = await FindAsync(context, job, id, token);
            (comparison.Report, comparison.TookSeconds) = (StoredJson.Write(report), time.GetElapsedTime(started).TotalSeconds);
            await context.SaveChangesAsync(token);
            if (!await queue.CompleteAsync(context, job, token))
                throw new OperationCanceledException("The job was cancelled or taken over just before its end.");
            return true;
        }, cancellation);
    }

    /// <summary>The whole report, entity by entity.</summary>
    /// <exception cref="NotFoundException">One of them is no kept version of the actor's team.</exception>
    public async Task<ComparisonReport> CompareAsync(Actor actor, Guid beforeId, Guid afterId, JobProgress progress, CancellationToken cancellation)
    {
        var (before, after) = (await StoredVersion.FindAsync(database, actor, beforeId, cancellation), await StoredVersion.FindAsync(database, actor, afterId, cancellation));
        progress.Step = "Comparing the schemas";
        var schema = SchemaDiff.Compare(await DocumentAsync(actor, beforeId, cancellation), await DocumentAsync(actor, afterId, cancellation)).Select(change => change.Text).ToList();
        var shared = after.Entities.Select(other => (One: before.Entities.FirstOrDefault(one => one.Name == other.Name), Other: other)).Where(pair => pair.One is not null)
            .Select(pair => new ComparedEntity(before, after, pair.One!, pair.Other)).ToList();
        progress.RowsTotal = shared.Sum(entity => (entity.Before.Rows + entity.After.Rows) * (entity.Shared.Count + 1));
        var entities = new List<EntityComparison>();
        foreach (var entity in shared)
            entities.Add(await CompareAsync(actor, entity, progress, cancellation));
        entities.AddRange(after.Entities.Where(entity => shared.All(one => one.After != entity)).Select(entity => new EntityComparison { Name = entity.Name, RowsAfter = entity.Rows, Added = entity.Rows }));
        entities.AddRange(before.Entities.Where(entity => shared.All(one => one.Before != entity)).Select(entity => new EntityComparison { Name = entity.Name, RowsBefore = entity.Rows, Removed = entity.Rows }));
        return new(schema, [.. entities.OrderBy(entity => entity.RowsBefore is not null && entity.RowsAfter is not null).ThenByDescending(entity => entity.Columns.Select(column => column.Surprise).DefaultIfEmpty().Max()).ThenBy(entity => entity.IsSame)]);
    }

    private async Task<EntityComparison> CompareAsync(Actor actor, ComparedEntity entity, JobProgress progress, CancellationToken cancellation)
    {
        progress.Step = $"Comparing {entity.After.Name}";
        var rows = entity.Before.Rows + entity.After.Rows;
        // Side by side, on a connection each: versions never change, so both see the same.
        var counting = ReadAsync(actor, (connection, token) => DifferencesAsync(connection, entity, token), cancellation);
        var spreading = ReadAsync(actor, async (connection, token) =>
        {
            var columns = new List<ColumnComparison>();
            foreach (var (before, after) in entity.Shared)
            {
                columns.Add(await new ColumnSpread(connection, entity, before, after).CompareAsync(token));
                progress.AddRows(rows);
            }

            return columns;
        }, cancellation);
        await Task.WhenAll(counting, spreading);
        var counts = await counting;
        progress.AddRows(rows);
        var changed = entity.Compared.Select((pair, index) => (pair.After.Name, Cells: counts[index + 5])).ToDictionary(cell => cell.Name, cell => cell.Cells, StringComparer.Ordinal);
        var columns = (await spreading).ConvertAll(column => column with { ChangedCells = changed.GetValueOrDefault(column.Name) });
        columns.AddRange(entity.After.Columns.Where(column => columns.TrueForAll(one => one.Name != column.Name)).Select(column => Alone(column) with { TypeAfter = column.SqlType }).ToList());
        columns.AddRange(entity.Before.Columns.Where(column => columns.TrueForAll(one => one.Name != column.Name)).Select(column => Alone(column) with { TypeBefore = column.SqlType }).ToList());
        return new()
        {
            Name = entity.After.Name, RowsBefore = counts[0], RowsAfter = counts[1], Key = entity.Key, KeyNote = entity.KeyNote, Added = counts[2], Removed = counts[3], Changed = counts[4],
            Columns = [.. columns.OrderByDescending(column => column.Surprise).ThenByDescending(column => column.ChangedCells)],
        };
    }

    private static ColumnComparison Alone(ColumnDescription column) => new() { Name = column.Name, Surprise = 1 };

    private static async Task<long[]> DifferencesAsync(NpgsqlConnection connection, ComparedEntity entity, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(entity.CountDifferences(), connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var counts = new long[reader.FieldCount];
        for (var index = 0; index < counts.Length; index++)
            counts[index] = reader.GetInt64(index);
        return counts;
    }

    private Task<T> ReadAsync<T>(Actor actor, Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellation) => database.ReadRowsAsync(actor, async (connection, token) =>
    {
        // Room to hash a million rows; the planner's machine code takes longer to make than it saves.
        await using (var command = new NpgsqlCommand("set local work_mem = '128MB'; set local jit = off; set local statement_timeout = 0", connection))
            await command.ExecuteNonQueryAsync(token);
        return await read(connection, token);
    }, cancellation);

    private Task<SchemaDocument> DocumentAsync(Actor actor, Guid id, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
        DatasetStore.Describe(await context.Set<DatasetVersion>().AsNoTracking().SingleAsync(version => version.Id == id, token)).Document, cancellation);

    private static async Task<StoredComparison> FindAsync(PortalContext context, JobExecution job, Guid id, CancellationToken cancellation) =>
        await context.Set<StoredComparison>().SingleOrDefaultAsync(comparison => comparison.Id == id && comparison.TeamId == job.TeamId, cancellation) ?? throw new NotFoundException("The comparison");
}
