using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Import;

/// <summary>Opens sessions in other people's databases: read-only, bounded in time, under the portal's name, and never in the portal's own.</summary>
public sealed class SourceConnector(PortalDatabase database, SourceHosts hosts)
{
    /// <summary>What administrators of the source see in pg_stat_activity.</summary>
    public const string ApplicationName = "TdmPortal source (read only)";

    private const int ConnectSeconds = 10;

    /// <summary>How long a question about the structure may take.</summary>
    internal static readonly TimeSpan ForStructure = TimeSpan.FromSeconds(60);

    /// <summary>How long reading a whole table may take.</summary>
    internal static readonly TimeSpan ForRows = TimeSpan.FromHours(12);

    /// <summary>Sessions of a source; each begins with settings that the server holds to. Whoever asks disposes it.</summary>
    /// <exception cref="PortalException">source.host_not_allowed, source.unreachable, source.bad_settings</exception>
    internal async Task<NpgsqlDataSource> SessionsAsync(SourceSettings settings, string? password, TimeSpan statementTimeout, CancellationToken cancellation)
    {
        var target = await hosts.ResolveAsync(settings.Host, cancellation);
        var builder = new NpgsqlDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = target, Port = settings.Port, Database = settings.Database, Username = settings.UserName, Password = password ?? "",
                SslMode = settings.Tls switch { TlsMode.Verified => SslMode.VerifyFull, TlsMode.Encrypted => SslMode.Require, _ => SslMode.Disable },
                GssEncryptionMode = GssEncryptionMode.Disable, ApplicationName = ApplicationName, Timeout = ConnectSeconds, CommandTimeout = 0, Pooling = false, KeepAlive = 30,
                // No error's text with values of rows in it.
                IncludeErrorDetail = false, IncludeFailedBatchedCommand = false,
            },
        };
        if (settings.Tls != TlsMode.None)
            builder.UseSslClientAuthenticationOptionsCallback(options => options.TargetHost = settings.Host);
        if (settings.Tls == TlsMode.Verified && Authority(settings) is { } authority)
            builder.UseRootCertificate(authority);
        var begin = $"set session default_transaction_read_only = on; set session statement_timeout = {(long)statementTimeout.TotalMilliseconds}; set session lock_timeout = '5s'; set session idle_in_transaction_session_timeout = '30min'";
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(begin, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(begin, connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            });
        return builder.Build();
    }

    /// <summary>Opens a session and refuses the portal's own database.</summary>
    /// <exception cref="PortalException">Any that is told for sources.</exception>
    internal async Task<T> AskAsync<T>(SourceSettings settings, string? password, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var sessions = await SessionsAsync(settings, password, ForStructure, cancellation);
            await using var connection = await sessions.OpenConnectionAsync(cancellation);
            await RefuseOwnAsync(connection, cancellation);
            return await work(connection, cancellation);
        }
        catch (Exception fault) when (SourceFailure.Explains(fault))
        {
            throw SourceFailure.Translate(fault, settings);
        }
    }

    /// <summary>Whether settings and password lead to a database that can be read, and what is there.</summary>
    /// <exception cref="PortalException">Why not.</exception>
    public Task<SourceCheck> TestAsync(SourceSettings settings, string? password, CancellationToken cancellation) => AskAsync(settings, password, async (connection, token) =>
    {
        const string Question = """
            select current_setting('server_version'), current_setting('transaction_read_only') = 'on',
                (select rolsuper from pg_roles where rolname = current_user), coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),
                count(*) filter (where visible), count(*) filter (where not visible)
            from (select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as visible from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema') found
            """;
        await using var command = new NpgsqlCommand(Question, connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        if (!reader.GetBoolean(1))
            throw new PortalException("source.not_read_only", "The server does not keep the session to reading only.") { SuggestedActions = ["Connect to the server itself instead of a pooler that shares sessions"] };
        return new SourceCheck(reader.GetString(0), (int)reader.GetInt64(4), (int)reader.GetInt64(5), reader.GetBoolean(2), reader.GetBoolean(3));
    }, cancellation);

    private async Task RefuseOwnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var own = await database.ProvisionAsync(IdentityAsync, cancellation);
        var other = await IdentityAsync(connection, cancellation);
        if (own.Cluster == other.Cluster && (own.Database == other.Database || other.User == database.Roles.Portal || other.User == database.Roles.System || other.User == own.User))
        {
            throw new PortalException("source.own_database", "That is the portal's own database or one of its own roles. Its rows are not a source.")
            {
                SuggestedActions = ["Use a dataset of the portal where rows of it are wanted", "Connect with a role that was made for reading this database"],
            };
        }
    }

    // A server knows itself by a number that its replicas share, too.
    private static async Task<(string Cluster, string Database, string User)> IdentityAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select case when has_function_privilege('pg_control_system()', 'execute') then (select system_identifier::text from pg_control_system()) else pg_postmaster_start_time()::text end, current_database()::text, session_user::text", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetString(0), reader.GetString(1), reader.GetString(2));
    }

    private static X509Certificate2? Authority(SourceSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Authority))
            return null;
        try
        {
            return X509Certificate2.CreateFromPem(settings.Authority);
        }
        catch (CryptographicException error)
        {
            throw new PortalException("source.bad_settings", "The authority's certificate is no certificate in PEM form.", error) { SuggestedActions = ["Paste the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----"] };
        }
    }
}
