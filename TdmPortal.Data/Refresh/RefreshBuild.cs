using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Refresh;

/// <summary>How a run makes its version: rows of a schema, or masked rows of a source. Begun by its check, which refuses what cannot be made.</summary>
internal abstract class RefreshBuild : IAsyncDisposable
{
    /// <summary>The tables that it fills.</summary>
    public abstract GenerationPlan Plan { get; }

    /// <summary>How many rows are to come, as far as one knows.</summary>
    public abstract long Rows { get; }

    /// <summary>What they take on the disk, about.</summary>
    public abstract long Bytes { get; }

    /// <summary>The record of what the version is made from.</summary>
    public abstract DatasetVersion Describe();

    /// <returns>What was stored.</returns>
    public abstract Task<List<DatasetEntity>> LoadAsync(DatasetVersion version, CancellationToken cancellation);

    /// <summary>Looks at what was loaded.</summary>
    public abstract Task<RefreshFindings> ValidateAsync(CancellationToken cancellation);

    /// <summary>Whether a column that was filled in the live version may be empty now.</summary>
    public virtual bool MayBeEmpty(string entity, string column) => false;

    /// <summary>Keeps what is known of how it was made, in the caller's transaction.</summary>
    /// <param name="isReady">Whether the version is kept.</param>
    public virtual Task StoreAsync(PortalContext context, DatasetVersion version, bool isReady, TimeSpan took, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>For the record of the version.</summary>
    public abstract object Told(DatasetVersion version, Guid run);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
