using TdmPortal.Core.Import;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Subsets;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Import;
using TdmPortal.Postgres;

namespace TdmPortal.Data.Masking;

/// <summary>Says before a run how many rows it would take: counted in the source while there is time, the small tables first; estimated from then on. Nothing of a row is kept.</summary>
public sealed class RunForecast(SourceStore sources, TimeProvider time)
{
    /// <summary>Rows of which an estimate looks at the condition.</summary>
    private const long SampleRows = 5_000;

    /// <param name="subset">The part that is taken; null: all.</param>
    /// <param name="limit">For counting the tables, and again for following the part's keys.</param>
    /// <returns>In the order of the schema.</returns>
    /// <exception cref="Core.Errors.NotFoundException"/>
    /// <exception cref="Core.Errors.PortalException">subset.invalid, or why the source cannot be read.</exception>
    public async Task<IReadOnlyList<TableForecast>> CountAsync(Actor actor, Guid sourceId, SubsetRequest? subset, TimeSpan limit, CancellationToken cancellation)
    {
        await using var source = await sources.OpenAsync(actor, sourceId, cancellation);
        var rows = await RowsAsync(source, limit, cancellation);
        if (subset is null)
            return [.. source.Rows.Entities.Select(entity => new TableForecast(entity.Name, rows[entity.Name].Rows, rows[entity.Name].IsCounted, rows[entity.Name].Rows, rows[entity.Name].IsCounted))];
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(limit);
        try
        {
            var taken = await Task.Run(() => Subset.Take(source.Rows, source.Document, subset, null, limited.Token), limited.Token);
            return [.. taken.Entities.Select(entity => new TableForecast(entity.Name, rows[entity.Name].Rows, rows[entity.Name].IsCounted, entity.Rows, true))];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return await Task.Run(() => Estimate(source.Rows, source.Document, subset, rows, cancellation), cancellation);
        }
    }

    private async Task<Dictionary<string, (long? Rows, bool IsCounted)>> RowsAsync(OpenedSource source, TimeSpan limit, CancellationToken cancellation)
    {
        if (source.Rows is not SnapshotSource snapshot)
            return source.Rows.Entities.ToDictionary(entity => entity.Name, entity => (entity.Rows, entity.Rows is not null), StringComparer.Ordinal);
        var estimates = Estimates(source.Document, source.Structure);
        var found = new Dictionary<string, (long?, bool)>(StringComparer.Ordinal);
        var started = time.GetTimestamp();
        foreach (var entity in snapshot.Entities.OrderBy(entity => estimates.GetValueOrDefault(entity.Name) ?? long.MaxValue))
        {
            var left = limit - time.GetElapsedTime(started);
            var counted = left > TimeSpan.Zero ? await snapshot.CountAsync(entity, left, cancellation) : null;
            found[entity.Name] = (counted ?? estimates.GetValueOrDefault(entity.Name), counted is not null);
        }

        return found;
    }

    private static Dictionary<string, long?> Estimates(SchemaDocument document, DatabaseStructure? structure) => document.Entities.ToDictionary(entity => entity.Name,
        entity => structure?.Tables.FirstOrDefault(table => table.Name == (entity.Table?.Name ?? entity.Name) && table.Schema == (entity.Table?.Schema ?? table.Schema))?.EstimatedRows, StringComparer.Ordinal);

    /// <summary>Of chosen tables what the condition takes of some of their rows; what comes along with them stays open.</summary>
    private static List<TableForecast> Estimate(RowSource source, SchemaDocument document, SubsetRequest subset, Dictionary<string, (long? Rows, bool IsCounted)> rows, CancellationToken cancellation)
    {
        return [.. source.Entities.Select(entity => new TableForecast(entity.Name, rows[entity.Name].Rows, rows[entity.Name].IsCounted, Taken(entity.Name), false))];

        long? Taken(string entity)
        {
            if (rows[entity].Rows is not { } all || subset.Whole.Contains(entity))
                return rows[entity].Rows;
            if (subset.Chosen.FirstOrDefault(choice => choice.Entity == entity) is not { } chosen)
                return null;
            if (chosen.Where is null)
                return (long)Math.Round(all * chosen.Percent / 100);
            var sample = Subset.Take(new LimitedSource(source, SampleRows), document, new SubsetRequest([chosen]) { Children = false }, null, cancellation);
            return (long)Math.Round((double)sample.Entities.First(one => one.Name == entity).Rows!.Value / Math.Clamp(all, 1, SampleRows) * all);
        }
    }
}
