using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Migrations;
using TdmPortal.Data.Server;

namespace TdmPortal.Data;

/// <summary>
/// The portal's database at run time. Every piece of work runs in one transaction in which the actor's user and team
/// are set for row-level security, so that a pooled connection carries nothing over and a forgotten filter returns nothing.
/// </summary>
/// <remarks>
/// Three kinds of connections: the provisioner's (the administrator's account), the portal role's for work within a team,
/// and the system role's for work across teams. The portal role is no member of the system role: even a statement
/// smuggled into a team's work cannot see another team's rows in the portal's tables.
/// </remarks>
public sealed class PortalDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? server;
    private readonly NpgsqlDataSource provisioner;
    private readonly NpgsqlDataSource portal;
    private readonly NpgsqlDataSource system;
    private readonly string listener;
    private readonly DbContextOptions<PortalContext> contextOptions;

    private PortalDatabase(EmbeddedPostgres? server, NpgsqlDataSource provisioner, string administrator, DatabaseRoles roles, PortalKey key, string dataFolder)
    {
        this.server = server;
        this.provisioner = provisioner;
        Roles = roles;
        Key = key;
        DataFolder = dataFolder;
        var address = new NpgsqlConnectionStringBuilder(administrator);
        Address = new DatabaseAddress(server?.Host ?? address.Host!, address.Port, address.Database!);
        portal = NpgsqlDataSource.Create(RunTime(administrator, roles.Portal, key, pool: 40));
        system = NpgsqlDataSource.Create(RunTime(administrator, roles.System, key, pool: 20));
        listener = RunTime(administrator, roles.Portal, key, pool: 1) + ";Pooling=false;Keepalive=30;Application Name=TdmPortal.Listener";
        contextOptions = new DbContextOptionsBuilder<PortalContext>().UseNpgsql(system).Options;
        QuartzConnectionString = RunTime(administrator, roles.System, key, pool: 12) + ";Application Name=TdmPortal.Quartz";
    }

    /// <summary>For Quartz' job store, whose tables are <c>quartz.qrtz_*</c>.</summary>
    public string QuartzConnectionString { get; }

    /// <summary>Where the teams' own clients find the database.</summary>
    public DatabaseAddress Address { get; }

    /// <summary>Where the portal keeps files.</summary>
    public string DataFolder { get; }

    internal DatabaseRoles Roles { get; }
    internal PortalKey Key { get; }

    /// <summary>
    /// Starts the embedded server when no connection string is given, brings the database to this program's state and
    /// checks that the run-time roles can do no more than they should.
    /// </summary>
    /// <exception cref="PortalException">The portal cannot start; the message says why and what to do.</exception>
    public static async Task<PortalDatabase> OpenAsync(PortalDataOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellation = default)
    {
        var logger = loggers.CreateLogger<PortalDatabase>();
        EmbeddedPostgres? embedded = null;
        NpgsqlDataSource? pool = null;
        PortalDatabase? database = null;
        try
        {
            if (options.ConnectionString is null)
                embedded = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = options.DataFolder, Listen = options.Listen }, logger, time, cancellation);
            var administrator = options.ConnectionString ?? embedded!.ConnectionString("portal");
            pool = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(administrator) { ApplicationName = "TdmPortal.Provisioner", MaxPoolSize = 24, CommandTimeout = 0 }.ConnectionString);
            var key = options.Key is { } secret ? PortalKey.From(secret) : PortalKey.FromFolder(options.DataFolder);
            var roles = await new DatabaseMigrator(administrator, pool, logger).MigrateAsync(key, cancellation);
            database = new PortalDatabase(embedded, pool, administrator, roles, key, options.DataFolder);
            await database.CheckRolesAsync(cancellation);
            if (embedded is not null)
                await database.CloseOtherDatabasesAsync(cancellation);
            return database;
        }
        catch (Exception fault)
        {
            if (database is not null) await database.DisposeAsync();
            else
            {
                if (pool is not null) await pool.DisposeAsync();
                if (embedded is not null) await embedded.DisposeAsync();
            }
            if (DatabaseFailure.Explains(fault)) throw DatabaseFailure.Translate(fault)!;
            throw;
        }
    }

    /// <summary>As <see cref="OpenAsync"/>, also while a portal runs with the same data folder: then through its server.</summary>
    /// <inheritdoc cref="OpenAsync" path="/exception"/>
    public static async Task<PortalDatabase> OpenBesideAsync(PortalDataOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellation = default)
    {
        try
        {
            return await OpenAsync(options, loggers, time, cancellation);
        }
        catch (PortalException held) when (held.Code == "platform.data_folder_in_use" && options.ConnectionString is null && EmbeddedPostgres.RunningConnectionString(options.DataFolder, "portal") is { } running)
        {
            return await OpenAsync(options with { ConnectionString = running }, loggers, time, cancellation);
        }
    }

    /// <summary>Reads the portal's own tables as the actor, in a transaction in which the server refuses every change.</summary>
    public Task<T> ReadAsync<T>(Actor actor, Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RecordingRefusalAsync(AuditSource.Of(actor), () => RunAsync(portal, AuditSource.Of(actor), [ReadOnly, Settings(actor)], owesRecord: false, work, cancellation));

    /// <summary>
    /// Changes the portal's own tables as the actor. What the work changed in the context is saved and all is committed,
    /// with the records that the work added to <see cref="PortalContext.Audit"/>, when it returns; when it throws nothing is.
    /// </summary>
    /// <exception cref="InvalidOperationException">The work left no record in the audit.</exception>
    public Task<T> ChangeAsync<T>(Actor actor, Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RecordingRefusalAsync(AuditSource.Of(actor), () => RunAsync(portal, AuditSource.Of(actor), [Settings(actor)], owesRecord: true, work, cancellation));

    /// <summary>Reads the portal's own tables for the portal itself (sign-in, lists across teams): sees all teams.</summary>
    public Task<T> ReadAsSystemAsync<T>(Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(system, AuditSource.Portal, [ReadOnly, NoActor], owesRecord: false, work, cancellation);

    /// <summary>Changes the portal's own tables across teams, in somebody's name.</summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    public Task<T> ChangeAsSystemAsync<T>(AuditSource who, Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RecordingRefusalAsync(who, () => RunAsync(system, who, [NoActor], owesRecord: true, work, cancellation));

    /// <summary>The portal's own bookkeeping (leases, heartbeats, sweeps): nothing that anybody asked for, so no record is owed.</summary>
    public Task<T> MaintainAsync<T>(Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RunAsync(system, AuditSource.Portal, [NoActor], owesRecord: false, work, cancellation);

    /// <summary>Records what changes nothing: a read of rows, a sign-in, a refusal. In a transaction of its own.</summary>
    public Task RecordAsync(AuditSource who, AuditAction action, AuditObject? about, object? details, CancellationToken cancellation) => RunAsync(system, who, [NoActor], owesRecord: true, (context, _) =>
    {
        context.Audit.Add(action, about, details: details);
        return Task.FromResult(true);
    }, cancellation);

    /// <summary>Refuses what the actor may not do, and records that it was tried.</summary>
    /// <exception cref="ForbiddenException">Not allowed.</exception>
    public async Task DemandAsync(Actor actor, bool allowed, string refusal, CancellationToken cancellation)
    {
        if (!allowed)
            await RecordingRefusalAsync<bool>(AuditSource.Of(actor), () => throw new ForbiddenException(refusal));
    }

    /// <summary>Rows of datasets: a read-only transaction under SET LOCAL ROLE of the team's reader role.</summary>
    public async Task<T> ReadRowsAsync<T>(Actor actor, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await BeginAsync(portal, ["set transaction read only", $"set local role {DatabaseRoles.Quote(ReaderRole(actor.TeamKey))}"], cancellation);
            await using var connection = transaction.Connection!;
            var result = await work(connection, cancellation);
            await transaction.CommitAsync(cancellation);
            return result;
        }
        catch (Exception fault) when (DatabaseFailure.Explains(fault))
        {
            throw DatabaseFailure.Translate(fault)!;
        }
    }

    /// <summary>As <see cref="ReadRowsAsync"/>, for a reader that goes on at its own pace; whoever asks disposes connection and transaction.</summary>
    /// <param name="actor">Null: as the provisioner, of what is not yet anybody's to read.</param>
    internal async Task<NpgsqlTransaction> BeginRowsAsync(Actor? actor, CancellationToken cancellation)
    {
        try
        {
            return actor is null ? await BeginAsync(provisioner, ["set transaction read only"], cancellation)
                : await BeginAsync(portal, ["set transaction read only", $"set local role {DatabaseRoles.Quote(ReaderRole(actor.TeamKey))}"], cancellation);
        }
        catch (Exception fault) when (DatabaseFailure.Explains(fault))
        {
            throw DatabaseFailure.Translate(fault)!;
        }
    }

    /// <summary>The role that a team's rows are read under; grants on datasets go to it.</summary>
    internal string ReaderRole(string teamKey) => Roles.Reader(teamKey);

    /// <summary>As the provisioner (schemas, tables, loading, grants), on a pooled connection without a transaction. For the dataset store and teams only.</summary>
    internal async Task<T> ProvisionAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await provisioner.OpenConnectionAsync(cancellation);
            return await work(connection, cancellation);
        }
        catch (Exception fault) when (DatabaseFailure.Explains(fault))
        {
            throw DatabaseFailure.Translate(fault)!;
        }
    }

    /// <summary>
    /// As the provisioner and the portal itself in one transaction: for what must come into being in the server and in the
    /// portal's rows together. Committed with its records when the work returns; when it throws nothing is done.
    /// </summary>
    /// <inheritdoc cref="ChangeAsync" path="/exception"/>
    internal Task<T> ChangeAsProvisionerAsync<T>(AuditSource who, Func<ProvisionerWork, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RecordingRefusalAsync(who, () => RunAsProvisionerAsync(who, owesRecord: true, work, cancellation));

    /// <summary>As <see cref="ChangeAsProvisionerAsync"/>, for bookkeeping that nobody asked for.</summary>
    internal Task<T> MaintainAsProvisionerAsync<T>(Func<ProvisionerWork, CancellationToken, Task<T>> work, CancellationToken cancellation) =>
        RunAsProvisionerAsync(AuditSource.Portal, owesRecord: false, work, cancellation);

    /// <summary>Makes a team's reader role.</summary>
    internal Task CreateReaderAsync(string teamKey, CancellationToken cancellation) => ProvisionAsync(async (connection, token) =>
    {
        await Roles.CreateReaderAsync(connection, teamKey, token);
        return true;
    }, cancellation);

    /// <summary>A connection of its own for LISTEN, kept alive; the caller disposes it.</summary>
    internal async Task<NpgsqlConnection> OpenListenerAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(listener);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A context of the system role without a transaction, for ASP.NET Core Identity's stores.</summary>
    internal PortalContext CreateSystemContext() => new(contextOptions);

    /// <summary>A connection of the system role, for the key ring, which is read synchronously.</summary>
    internal NpgsqlConnection OpenSystemConnection() => system.OpenConnection();

    /// <summary>Closes the connections and stops the embedded server.</summary>
    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await system.DisposeAsync();
        await provisioner.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    private const string ReadOnly = "set transaction read only";
    private const string NoActor = "select set_config('portal.team', '', true), set_config('portal.actor', '', true)";

    // Both are identifiers made of hexadecimal digits, so there is nothing to escape.
    private static string Settings(Actor actor) => $"select set_config('portal.team', '{actor.TeamId}', true), set_config('portal.actor', '{actor.UserId}', true)";

    private async Task<T> RunAsync<T>(NpgsqlDataSource source, AuditSource who, string[] settings, bool owesRecord, Func<PortalContext, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await BeginAsync(source, settings, cancellation);
            await using var connection = transaction.Connection!;
            await using var context = new PortalContext(contextOptions) { Audit = { Source = who } };
            context.Database.SetDbConnection(connection);
            await context.Database.UseTransactionAsync(transaction, cancellation);
            var result = await work(context, cancellation);
            await FinishAsync(context, transaction, owesRecord, cancellation);
            return result;
        }
        catch (Exception fault) when (DatabaseFailure.Explains(fault))
        {
            throw DatabaseFailure.Translate(fault)!;
        }
    }

    private async Task<T> RunAsProvisionerAsync<T>(AuditSource who, bool owesRecord, Func<ProvisionerWork, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var systemRole = DatabaseRoles.Quote(Roles.System);
        try
        {
            await using var transaction = await BeginAsync(provisioner, ["set local lock_timeout = '10s'", ProvisionerWork.AsSystem(systemRole)], cancellation);
            await using var connection = transaction.Connection!;
            await using var context = new PortalContext(contextOptions) { Audit = { Source = who } };
            context.Database.SetDbConnection(connection);
            await context.Database.UseTransactionAsync(transaction, cancellation);
            var result = await work(new ProvisionerWork(context, connection, systemRole), cancellation);
            await FinishAsync(context, transaction, owesRecord, cancellation);
            return result;
        }
        catch (Exception fault) when (DatabaseFailure.Explains(fault))
        {
            throw DatabaseFailure.Translate(fault)!;
        }
    }

    /// <summary>Saves, appends the records last, commits.</summary>
    private static async Task FinishAsync(PortalContext context, NpgsqlTransaction transaction, bool owesRecord, CancellationToken cancellation)
    {
        await context.SaveChangesAsync(cancellation);
        if (owesRecord)
            context.Audit.Demand();
        // With its records a commit is one message: whoever appends holds the end of the chain until it is done.
        if (!await context.Audit.CommitAsync(transaction.Connection!, cancellation))
            await transaction.CommitAsync(cancellation);
    }

    /// <summary>What was refused rolls back, and its record must not go with it.</summary>
    private async Task<T> RecordingRefusalAsync<T>(AuditSource who, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ForbiddenException refused) when (!refused.IsRecorded)
        {
            refused.IsRecorded = true;
            // Whoever asked may not want to wait for it; it is recorded all the same.
            await RecordAsync(who, AuditAction.Refused, null, new { refused.Message }, CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// Begins a transaction with its settings. After the server was away the pool holds connections to nobody; nothing has
    /// been done yet, so one more try on a fresh connection is safe.
    /// </summary>
    private static async Task<NpgsqlTransaction> BeginAsync(NpgsqlDataSource source, string[] settings, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var connection = await source.OpenConnectionAsync(cancellation);
            try
            {
                var transaction = await connection.BeginTransactionAsync(cancellation);
                await using var batch = new NpgsqlBatch(connection);
                foreach (var setting in settings) batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
                await batch.ExecuteNonQueryAsync(cancellation);
                return transaction;
            }
            catch (Exception fault)
            {
                await connection.DisposeAsync();
                if (attempt > 1 || !DatabaseFailure.IsConnectionLost(fault)) throw;
                source.Clear();
            }
        }
    }

    /// <summary>On the portal's own server: the teams' logins have no business in the databases that every server has.</summary>
    private Task<bool> CloseOtherDatabasesAsync(CancellationToken cancellation) => ProvisionAsync(async (connection, token) =>
    {
        await using var command = new NpgsqlCommand("revoke connect, temporary on database postgres, template1 from public", connection);
        await command.ExecuteNonQueryAsync(token);
        return true;
    }, cancellation);

    private async Task CheckRolesAsync(CancellationToken cancellation)
    {
        await using var administrator = await provisioner.OpenConnectionAsync(cancellation);
        await Roles.CheckAsync(administrator, cancellation);
        try
        {
            await using var first = await portal.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            await Roles.ResetPasswordsAsync(administrator, Key, cancellation);
            await using var again = await portal.OpenConnectionAsync(cancellation);
        }
        await using var systemConnection = await system.OpenConnectionAsync(cancellation);
        // After a backup was brought to another server the teams are there and their roles are not.
        await using var missing = new NpgsqlCommand("select array_agg(key) from portal.team where not exists (select from pg_roles where rolname = $1 || key)", systemConnection) { Parameters = { new() { Value = Roles.ReaderPrefix } } };
        if (await missing.ExecuteScalarAsync(cancellation) is string[] keys)
            foreach (var key in keys) await Roles.CreateReaderAsync(administrator, key, cancellation);
    }

    private static string RunTime(string administrator, string role, PortalKey key, int pool) => new NpgsqlConnectionStringBuilder(administrator)
    {
        Username = role, Password = key.PasswordOf(role), Passfile = null, ApplicationName = "TdmPortal", MaxPoolSize = pool, Timeout = 5, CommandTimeout = 30,
    }.ConnectionString;
}
