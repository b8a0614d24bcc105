using System.Security.Cryptography;
using TdmPortal.Data.Server;

namespace TdmPortal.Data.Environments;

/// <summary>What all logins that are not the portal's own have in common.</summary>
internal static class LoginRules
{
    /// <summary>A statement or an idle transaction that takes longer is ended by the portal, whatever the session set for itself.</summary>
    public static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(30), LongestIdleTransaction = TimeSpan.FromHours(1);

    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordLength = 24;

    /// <summary>What a statement may take by default; a session may set another time, but see <see cref="LongestStatement"/>.</summary>
    private const string StatementTimeout = "15min", IdleTimeout = "30min";

    /// <summary>What sorts and joins of one session may write to the disk.</summary>
    private const string TemporaryFiles = "2GB";

    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, PasswordLength);

    /// <summary>Makes the role when it is missing, and sets what it may do. Whether it may sign in is left as it is.</summary>
    public static string Define(string role, int mostSessions)
    {
        var name = DatabaseRoles.Quote(role);
        return $"""
            do $$ begin if not exists (select from pg_roles where rolname = '{role}') then create role {name} nologin; end if; end $$;
            alter role {name} inherit nosuperuser nobypassrls nocreaterole nocreatedb noreplication connection limit {mostSessions};
            alter role {name} set statement_timeout = '{StatementTimeout}';
            alter role {name} set idle_in_transaction_session_timeout = '{IdleTimeout}';
            do $$ begin
                alter role {name} set temp_file_limit = '{TemporaryFiles}';
            exception when insufficient_privilege then
                -- Not a superuser's server: then its own limit holds.
                null;
            end $$
            """;
    }

    public static string SetPassword(string role, string password) => $"alter role {DatabaseRoles.Quote(role)} password '{ScramVerifier.For(password)}'";
}
