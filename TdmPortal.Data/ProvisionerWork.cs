using Npgsql;

namespace TdmPortal.Data;

/// <summary>
/// A transaction of the provisioner's that also writes the portal's own rows: what is defined in the server and what the
/// portal knows of it come into being together. Rows are written as the system role, definitions as the provisioner.
/// </summary>
internal sealed class ProvisionerWork(PortalContext context, NpgsqlConnection connection, string systemRole)
{
    /// <summary>The portal's rows, as the system role.</summary>
    public PortalContext Context { get; } = context;

    /// <summary>The role that rows are written as.</summary>
    public static string AsSystem(string systemRole) => $"set local role {systemRole}";

    /// <summary>Creates, renames, grants: as the provisioner. Identifiers come quoted.</summary>
    public Task DefineAsync(string sql, CancellationToken cancellation) => DefineAsync(sql, TimeSpan.FromMinutes(1), cancellation);

    /// <param name="longest">What it may take; zero: as long as it needs, until it is cancelled.</param>
    public async Task DefineAsync(string sql, TimeSpan longest, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"set local role none; {sql}; {AsSystem(systemRole)}", connection) { CommandTimeout = (int)longest.TotalSeconds };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
