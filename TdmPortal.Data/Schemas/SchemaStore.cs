using TdmPortal.Core;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Schemas;

/// <summary>A team's schemas and the samples: versions, drafts, history. Every saved version is immutable.</summary>
public sealed class SchemaStore
{
    public Task<Page<SchemaSummary>> ListAsync(Actor actor, string? search, bool samples, string? after, int take, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>At a version, or the latest.</summary>
    /// <exception cref="Core.Errors.NotFoundException"/>
    public Task<SchemaRecord> GetAsync(Actor actor, Guid id, int? version, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Stores version 1. Refuses documents with errors of form or reference (<see cref="Core.Errors.SchemaInvalidException"/>) and a taken name (<c>schema.name_taken</c>).</summary>
    public Task<Guid> CreateAsync(Actor actor, SchemaDocument document, string? note, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Stores the next version and drops the actor's draft.</summary>
    /// <returns>The new version's number.</returns>
    /// <exception cref="Core.Errors.ConflictException">schema.stale: another version was saved since <paramref name="baseVersion"/>; merge and try again.</exception>
    public Task<int> SaveAsync(Actor actor, Guid id, int baseVersion, SchemaDocument document, string? note, CancellationToken cancellation) => throw new NotImplementedException();
    public Task<IReadOnlyList<SchemaVersionSummary>> VersionsAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Takes it out of the list; datasets made from it stay. <see cref="UndeleteAsync"/> brings it back.</summary>
    public Task DeleteAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    public Task UndeleteAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
    public Task<SchemaDraft?> FindDraftAsync(Actor actor, Guid? schemaId, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>One draft a user and schema (one for a new schema); the latest wins.</summary>
    public Task SaveDraftAsync(Actor actor, Guid? schemaId, int baseVersion, byte[] document, CancellationToken cancellation) => throw new NotImplementedException();
    public Task DropDraftAsync(Actor actor, Guid? schemaId, CancellationToken cancellation) => throw new NotImplementedException();
    /// <summary>Others with a draft of this schema touched in the last five minutes.</summary>
    public Task<IReadOnlyList<SchemaEditor>> OthersEditingAsync(Actor actor, Guid id, CancellationToken cancellation) => throw new NotImplementedException();
}
