using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Server;

namespace TdmPortal.Data.Migrations;

/// <summary>Brings the database to this program's state: makes it, its roles and its tables. Safe for several nodes at once.</summary>
internal sealed class DatabaseMigrator(string administrator, NpgsqlDataSource provisioner, ILogger logger)
{
    // Any number, as long as nobody else takes this lock in the portal's database.
    private const long LockKey = 0x54444D5F4D494752;

    /// <returns>The installation's roles.</returns>
    /// <exception cref="PortalException">platform.migration_changed, platform.database_newer, platform.key_mismatch</exception>
    public async Task<DatabaseRoles> MigrateAsync(PortalKey key, CancellationToken cancellation)
    {
        await using var connection = await OpenOrCreateAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellation);
        try
        {
            await ExecuteAsync(connection, """
                set client_min_messages = warning;
                create schema if not exists portal;
                create table if not exists portal.installation (
                    only_one boolean primary key default true check (only_one),
                    role_prefix text not null, key_check text not null);
                create table if not exists portal.migration (name text primary key, hash text not null, applied_at timestamptz not null default now());
                reset client_min_messages;
                """, cancellation);
            var roles = await InstallationAsync(connection, key, cancellation);
            var applied = await AppliedAsync(connection, cancellation);
            Check(applied);
            await roles.CreateMissingAsync(connection, key, cancellation);
            foreach (var script in MigrationScript.All.Where(s => !applied.ContainsKey(s.Name)))
                await ApplyAsync(connection, script, roles, cancellation);
            return roles;
        }
        finally
        {
            // The session goes back to the pool: it must not keep the lock.
            if (connection.State == System.Data.ConnectionState.Open) await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private async Task<NpgsqlConnection> OpenOrCreateAsync(CancellationToken cancellation)
    {
        try
        {
            return await provisioner.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(cancellation);
            return await provisioner.OpenConnectionAsync(cancellation);
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(administrator) { Pooling = false };
        var name = settings.Database!;
        settings.Database = "postgres";
        await using var server = new NpgsqlConnection(settings.ConnectionString);
        await server.OpenAsync(cancellation);
        try
        {
            await ExecuteAsync(server, $"create database {DatabaseRoles.Quote(name)}", cancellation);
            logger.LogInformation("Made the database {Database}.", name);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // another node was faster
        }
    }

    private static async Task<DatabaseRoles> InstallationAsync(NpgsqlConnection connection, PortalKey key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into portal.installation (role_prefix, key_check) values ($1, $2) on conflict do nothing;
            """, connection)
        {
            Parameters = { new() { Value = "tdm_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) }, new() { Value = key.Check } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
        await using var read = new NpgsqlCommand("select role_prefix, key_check from portal.installation", connection);
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetString(1) != key.Check)
            throw new PortalException("platform.key_mismatch", "The portal's key is not the one that this database was set up with, so what is encrypted in it cannot be read.")
            {
                SuggestedActions =
                [
                    "Set PORTAL_KEY to the key that the other nodes use, or bring portal.key back into the data folder",
                    "If the key is lost: as administrator, update portal.installation set key_check to the new key's (it is in this error's details); everybody has to sign in again",
                ],
                Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["newKeyCheck"] = key.Check },
            };
        return new DatabaseRoles(reader.GetString(0));
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select name, hash from portal.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) applied[reader.GetString(0)] = reader.GetString(1);
        return applied;
    }

    private static void Check(Dictionary<string, string> applied)
    {
        foreach (var (name, hash) in applied)
        {
            var script = MigrationScript.All.FirstOrDefault(s => s.Name == name)
                ?? throw new PortalException("platform.database_newer", $"The database was migrated by a newer portal: this one does not know {name}.")
                {
                    SuggestedActions = ["Start the newer portal"],
                };
            if (script.Hash != hash)
                throw new PortalException("platform.migration_changed", $"The migration {name} has been edited since it ran here; a migration that ran must stay as it was.")
                {
                    SuggestedActions = ["Put the change in a new migration", "A development database: delete the data folder and start again"],
                };
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, DatabaseRoles roles, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, roles.FillIn(script.Sql), cancellation);
        }
        catch (PostgresException fault)
        {
            throw new PortalException("platform.migration_failed", $"The migration {script.Name} failed: {fault.MessageText} (at character {fault.Position})", fault);
        }
        await using var note = new NpgsqlCommand("insert into portal.migration (name, hash) values ($1, $2)", connection) { Parameters = { new() { Value = script.Name }, new() { Value = script.Hash } } };
        await note.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        logger.LogInformation("Applied migration {Migration}.", script.Name);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
