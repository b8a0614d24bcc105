using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Datasets;

/// <summary>Reads windows of stored rows under the team's reader role: by row number or keyset, never by OFFSET.</summary>
public sealed class RowBrowser
{
    public Task<RowPage> ReadAsync(Actor actor, Guid versionId, string entity, RowQuery query, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Makes sure that an index serves the sort or filter on a column; reports 0..1.</summary>
    public Task EnsureIndexAsync(Actor actor, Guid versionId, string entity, string column, IProgress<double>? progress, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Looks for a value in all columns of all entities; at most <paramref name="take"/> hits an entity.</summary>
    public Task<IReadOnlyList<RowHit>> FindAsync(Actor actor, Guid versionId, string value, int take, CancellationToken cancellation) => throw new NotImplementedException();
}
