using TdmPortal.Core;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Datasets;

/// <summary>A team's datasets: asking for one, listing, deleting and taking away.</summary>
public sealed class DatasetStore
{
    public Task<Page<DatasetSummary>> ListAsync(Actor actor, string? search, string? after, int take, CancellationToken cancellation) => throw new NotImplementedException();
    /// <exception cref="Core.Errors.NotFoundException"/>
    public Task<DatasetDetail> GetAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    public Task<DatasetDetail> GetByNameAsync(Actor actor, string name, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Compiles the plan (all problems at once), checks names and disk, and queues the job.</summary>
    /// <returns>The job's id.</returns>
    public Task<Guid> GenerateAsync(Actor actor, GenerateRequest request, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Deletes the dataset with all versions; its tables are dropped by the sweeper.</summary>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Streams one entity (with the same filters, columns and order as the grid), or all entities as a .zip when <paramref name="entity"/> is null.</summary>
    public Task ExportAsync(Actor actor, Guid versionId, string? entity, RowQuery? query, RowFormat format, Stream output, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>The kept versions of a dataset, newest first.</summary>
    public Task<IReadOnlyList<DatasetVersionSummary>> VersionsAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    /// <exception cref="Core.Errors.NotFoundException"/>
    public Task<DatasetVersionDetail> GetVersionAsync(Actor actor, Guid versionId, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>What the team asked for when it last generated from this schema: the defaults of the next run. Null: never.</summary>
    public Task<GenerateRequest?> LastRequestAsync(Actor actor, Guid schemaId, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>The files that were prepared with a version.</summary>
    public Task<IReadOnlyList<PreparedFile>> PreparedFilesAsync(Actor actor, Guid versionId, CancellationToken cancellation) => throw new NotImplementedException();
    /// <exception cref="Core.Errors.NotFoundException"/>
    public Task<Stream> OpenPreparedAsync(Actor actor, Guid versionId, string fileName, CancellationToken cancellation) => throw new NotImplementedException();
}
