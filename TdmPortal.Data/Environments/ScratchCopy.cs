namespace TdmPortal.Data.Environments;

/// <summary>A writable private clone of a version.</summary>
/// <param name="Schema">Its schema in the database, where it has been made.</param>
/// <param name="UserName">The role to sign in as.</param>
/// <param name="Entity">An entity of it to ask for.</param>
/// <param name="JobId">The work that fills it, or filled it last.</param>
/// <param name="Problem">Why its rows could not be copied.</param>
/// <param name="Bytes">What it takes, as measured last.</param>
/// <param name="FilledAt">When its rows were last taken from the version.</param>
/// <param name="MayChange">Whether the asker may reset, extend or delete it and set its password.</param>
public sealed record ScratchCopy(Guid Id, string Name, Guid DatasetId, string Dataset, Guid VersionId, int Version, ScratchState State, DatabaseAddress Address, string Schema, string UserName, string Entity,
    string Owner, bool IsOwn, Guid? JobId, string? Problem, long QuotaBytes, long Bytes, DateTimeOffset CreatedAt, DateTimeOffset? FilledAt, DateTimeOffset ExpiresAt, bool MayChange);
