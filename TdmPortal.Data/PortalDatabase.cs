using Npgsql;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data;

/// <summary>
/// The portal's database at run time. Every piece of work runs in one transaction in which the actor's user and team
/// are set for row-level security, so that a pooled connection carries nothing over and a forgotten filter returns nothing.
/// </summary>
public sealed class PortalDatabase
{
    /// <summary>The portal's own tables, as the actor.</summary>
    public Task<T> RunAsync<T>(Actor actor, Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The portal's own tables, for the portal itself (job runner, sweeper, sign-in): sees all teams.</summary>
    public Task<T> RunAsSystemAsync<T>(Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Rows of datasets: a transaction under SET LOCAL ROLE of the team's reader role.</summary>
    public Task<T> ReadRowsAsync<T>(Actor actor, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>As the provisioner (schemas, tables, loading, grants). For the dataset store and migrations only.</summary>
    internal Task<T> ProvisionAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>An unpooled connection of the run-time role for LISTEN.</summary>
    internal Task<NpgsqlConnection> OpenListenerAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The role under which a team's rows are read.</summary>
    internal string ReaderRole(string teamKey) => throw new NotImplementedException();

    /// <summary>Where the portal keeps its own files.</summary>
    public string DataFolder => throw new NotImplementedException();
}
