using System.Text.RegularExpressions;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>
/// The installation's roles. Roles belong to the whole server, so all names carry the installation's prefix:
/// <c>_portal</c> works for one team at a time, <c>_system</c> for the portal itself (sign-in, job runner), and each team
/// has a reader role that no one can sign in with, under which its rows are read. None may change roles or own anything.
/// </summary>
internal sealed partial record DatabaseRoles(string Prefix)
{
    public string Portal => Prefix + "_portal";
    public string System => Prefix + "_system";

    public string ReaderPrefix => Prefix + "_team_";

    public string Reader(string teamKey) => TeamKey().IsMatch(teamKey)
        ? ReaderPrefix + teamKey
        : throw new PortalException("team.key_invalid", $"\"{teamKey}\" is no team key: a letter, then up to 19 letters and digits, all lower case.");

    public string LoginSuffix => "_" + Prefix;

    /// <summary>What the team's own clients sign in as.</summary>
    public string Login(string teamKey) => TeamKey().IsMatch(teamKey) ? teamKey + LoginSuffix : throw new ArgumentException($"{teamKey} is no team key.", nameof(teamKey));

    /// <summary>What a scratch copy's clients sign in as. Team keys have no underscore, so it is no team's.</summary>
    public string Scratch(string teamKey, string number) => $"{teamKey}_s{number}{LoginSuffix}";

    public static string Quote(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>Puts the names in the place of <c>{{portal}}</c>, <c>{{system}}</c>, their <c>:literal</c> forms and <c>{{reader_prefix:literal}}</c>.</summary>
    public string FillIn(string sql) => sql
        .Replace("{{portal}}", Quote(Portal), StringComparison.Ordinal)
        .Replace("{{system}}", Quote(System), StringComparison.Ordinal)
        .Replace("{{portal:literal}}", $"'{Portal}'", StringComparison.Ordinal)
        .Replace("{{system:literal}}", $"'{System}'", StringComparison.Ordinal)
        .Replace("{{reader_prefix:literal}}", $"'{ReaderPrefix}'", StringComparison.Ordinal);

    /// <summary>Makes the run-time roles that are missing: all at the first start, and after a backup came to another server.</summary>
    public async Task CreateMissingAsync(NpgsqlConnection provisioner, PortalKey key, CancellationToken cancellation)
    {
        foreach (var role in (string[])[Portal, System])
            // NOINHERIT: what a team may read, the portal may only after it has taken that team's role.
            await CreateRoleAsync(provisioner, role, $"login noinherit password '{ScramVerifier.For(key.PasswordOf(role))}'", cancellation);
        // What is defined in the server and what the portal knows of it are written in one transaction (ProvisionerWork).
        await AlterAsync(provisioner, $"do $$ begin if not pg_has_role('{System}', 'member') then grant {Quote(System)} to current_user; end if; end $$", cancellation);
    }

    /// <summary>Sets the passwords anew, where the role was made with another key.</summary>
    public async Task ResetPasswordsAsync(NpgsqlConnection provisioner, PortalKey key, CancellationToken cancellation)
    {
        foreach (var role in (string[])[Portal, System])
            await AlterAsync(provisioner, $"alter role {Quote(role)} password '{ScramVerifier.For(key.PasswordOf(role))}'", cancellation);
    }

    /// <summary>Makes a team's reader role and lets the run-time roles take it.</summary>
    public async Task CreateReaderAsync(NpgsqlConnection provisioner, string teamKey, CancellationToken cancellation)
    {
        var reader = Reader(teamKey);
        await CreateRoleAsync(provisioner, reader, "nologin", cancellation);
        await AlterAsync(provisioner, $"grant {Quote(reader)} to {Quote(Portal)}, {Quote(System)}", cancellation);
        await AlterAsync(provisioner, $"do $$ begin execute format('grant connect on database %I to %I', current_database(), '{reader}'); end $$", cancellation);
    }

    /// <summary>Refuses run-time roles that could get around row-level security or change the server.</summary>
    /// <exception cref="PortalException">platform.role_too_strong</exception>
    public async Task CheckAsync(NpgsqlConnection provisioner, CancellationToken cancellation)
    {
        foreach (var role in (string[])[Portal, System])
        {
            await using var command = new NpgsqlCommand("""
                select 'is a superuser' from pg_roles where rolname = $1 and rolsuper
                union all select 'has BYPASSRLS' from pg_roles where rolname = $1 and rolbypassrls
                union all select 'has CREATEROLE' from pg_roles where rolname = $1 and rolcreaterole
                union all select 'has CREATEDB' from pg_roles where rolname = $1 and rolcreatedb
                union all select 'has REPLICATION' from pg_roles where rolname = $1 and rolreplication
                union all select 'is a member of ' || other.rolname from pg_roles me, pg_roles other
                    where me.rolname = $1 and other.oid <> me.oid and pg_has_role(me.oid, other.oid, 'member')
                      and not starts_with(other.rolname, $2)
                union all select 'owns objects' from pg_roles me where rolname = $1
                    and exists (select from pg_shdepend where refclassid = 'pg_authid'::regclass and refobjid = me.oid and deptype = 'o')
                limit 1
                """, provisioner)
            {
                Parameters = { new() { Value = role }, new() { Value = ReaderPrefix } },
            };
            if (await command.ExecuteScalarAsync(cancellation) is string reason)
                throw new PortalException("platform.role_too_strong", $"The portal's run-time role {role} {reason}: it could see other teams' data. The portal does not start with it.")
                {
                    SuggestedActions = [$"As administrator: alter role {role} nosuperuser nobypassrls nocreaterole nocreatedb noreplication, revoke its memberships and give away what it owns"],
                };
        }
    }

    private static async Task CreateRoleAsync(NpgsqlConnection provisioner, string role, string attributes, CancellationToken cancellation)
    {
        await using var look = new NpgsqlCommand("select from pg_roles where rolname = $1", provisioner) { Parameters = { new() { Value = role } } };
        await using (var reader = await look.ExecuteReaderAsync(cancellation))
            if (await reader.ReadAsync(cancellation)) return;
        try
        {
            await using var create = new NpgsqlCommand($"create role {Quote(role)} nosuperuser nobypassrls nocreaterole nocreatedb noreplication {attributes}", provisioner);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // somebody else was faster
        }
    }

    private static async Task AlterAsync(NpgsqlConnection provisioner, string sql, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand(sql, provisioner);
                await command.ExecuteNonQueryAsync(cancellation);
                return;
            }
            // Roles are shared by all databases of a server; two changes at the same moment collide ("tuple concurrently updated").
            catch (PostgresException fault) when (attempt < 20 && fault.SqlState is PostgresErrorCodes.InternalError or PostgresErrorCodes.UniqueViolation)
            {
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,19}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TeamKey();
}
