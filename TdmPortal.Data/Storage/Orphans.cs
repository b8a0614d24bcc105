using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Retention;
using TdmPortal.Data.Server;

namespace TdmPortal.Data.Storage;

/// <summary>
/// Looks for what the server or the data folder holds and no record names, and the other way round. None should be there,
/// whatever was killed when: what comes into being together is one transaction, and the rest has a sweeper. This is for
/// backups that were brought back in part, and for what somebody did by hand.
/// </summary>
public sealed class Orphans(PortalDatabase database, IArchiveFiles archives, TimeProvider time)
{
    /// <summary>Files this young may belong to a job that is about to name them.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);

    // Everything by one statement, so by one snapshot: what comes and goes meanwhile is seen on both sides or on neither.
    private const string Check = """
        with known as (
            select database_schema as name from portal.dataset_version union all select schema_name from portal.live_dataset
            union all select schema_name from portal.retired_views where schema_name is not null union all select schema_name from portal.scratch_copy where schema_name is not null),
        logins as (select role_name as name from portal.team_login union all select role_name from portal.scratch_copy where role_name is not null union all select $1 || key from portal.team)
        select 'schema', nspname::text from pg_namespace n
            where exists (select from portal.team where starts_with(nspname, key || '_')) and (nspname ~ '__[vsw][0-9a-z]+$'
                or (exists (select from pg_class c where c.relnamespace = n.oid and c.relkind = 'v') and not exists (select from pg_class c where c.relnamespace = n.oid and c.relkind not in ('v', 'c'))))
            and not exists (select from known where known.name = nspname)
        union all select 'role', rolname::text from pg_roles where (starts_with(rolname, $1) or right(rolname, length($2)) = $2) and not exists (select from logins where logins.name = rolname)
        union all select case when exists (select from portal.dataset d where d.current_version_id = v.id) then 'live' else 'version' end, v.id::text || ' ' || v.database_schema from portal.dataset_version v
            where v.state = 'ready' and not exists (select from pg_namespace where nspname = v.database_schema)
        order by 1, 2
        """;

    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<IReadOnlyList<Orphan>> FindAsync(Actor admin, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, "Only administrators look for orphans.", cancellation);
        var found = await database.ProvisionAsync(FindAsync, cancellation);
        var (records, writing) = await database.ReadAsSystemAsync(async (context, token) => (await context.Set<StoredArchive>().Select(archive => archive.Id).ToHashSetAsync(token),
            await context.Set<Job>().AnyAsync(job => job.Kind == ArchiveWork.KindName && job.State == Job.Running, token)), cancellation);
        var folders = await archives.ListAsync(cancellation);
        var now = time.GetUtcNow();
        foreach (var folder in folders.Where(folder => !records.Contains(folder.Archive) && !(writing && now - folder.WrittenAt < Young)))
            found.Add(new Orphan(OrphanKind.ArchiveFiles, folder.Archive.ToString(), "Files of an archive that no record names."));
        foreach (var missing in records.Except(folders.Select(folder => folder.Archive)))
            found.Add(new Orphan(OrphanKind.Archive, missing.ToString(), "The record of an archive whose files are not there."));
        return found;
    }

    /// <summary>Removes what can go of what is found now; each thing is recorded.</summary>
    /// <returns>What is still there: in use, or live.</returns>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<IReadOnlyList<Orphan>> CleanUpAsync(Actor admin, CancellationToken cancellation)
    {
        foreach (var orphan in (await FindAsync(admin, cancellation)).Where(orphan => orphan.CanGo))
        {
            try
            {
                await RemoveAsync(admin, orphan, cancellation);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.DependentObjectsStillExist or PostgresErrorCodes.ObjectInUse)
            {
                // It is found again.
            }
        }

        return await FindAsync(admin, cancellation);
    }

    private async Task RemoveAsync(Actor admin, Orphan orphan, CancellationToken cancellation)
    {
        await database.ChangeAsProvisionerAsync(AuditSource.Of(admin), async (work, token) =>
        {
            work.Context.Audit.Add(AuditAction.OrphanRemoved, new AuditObject(orphan.Kind.ToString().ToLowerInvariant(), orphan.Name, orphan.Name), details: new { orphan.What });
            switch (orphan.Kind)
            {
                case OrphanKind.Role:
                    await work.DefineAsync(ScratchSql.DropLogin(orphan.Name), token);
                    break;
                case OrphanKind.Version:
                    // The sweeper does the rest.
                    await work.Context.Set<DatasetVersion>().Where(version => version.Id == Guid.Parse(orphan.Name)).ExecuteUpdateAsync(set => set.SetProperty(version => version.State, DatasetVersion.Deleted), token);
                    break;
                case OrphanKind.Archive:
                    await work.Context.Set<StoredArchive>().Where(archive => archive.Id == Guid.Parse(orphan.Name)).ExecuteDeleteAsync(token);
                    break;
                case OrphanKind.Schema:
                    // Not with CASCADE: what somebody's views stand on stays.
                    await work.DefineAsync(DropSchema(orphan.Name), token);
                    break;
                default:
                    await archives.DeleteAsync(Guid.Parse(orphan.Name), token);
                    break;
            }

            return true;
        }, cancellation);
    }

    private async Task<List<Orphan>> FindAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Check, connection) { Parameters = { new() { Value = database.Roles.ReaderPrefix }, new() { Value = database.Roles.LoginSuffix } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Orphan>();
        while (await reader.ReadAsync(cancellation))
        {
            var (kind, name) = (reader.GetString(0), reader.GetString(1));
            found.Add(kind switch
            {
                "schema" => new(OrphanKind.Schema, name, "A schema of the database that no record names."),
                "role" => new(OrphanKind.Role, name, "A role of the database that no record names."),
                "live" => new(OrphanKind.Version, name[..36], $"The live version's schema {name[37..]} is not there: bring it back from a backup, or make another version live.", CanGo: false),
                _ => new(OrphanKind.Version, name[..36], $"A version whose schema {name[37..]} is not there."),
            });
        }

        return found;
    }

    private static string DropSchema(string name)
    {
        var quoted = DatabaseRoles.Quote(name).Replace("'", "''", StringComparison.Ordinal);
        return $"""
            do $$ declare thing record; begin
                for thing in select conrelid::regclass as owner, conname from pg_constraint where connamespace = to_regnamespace('{quoted}') and contype = 'f' loop execute format('alter table %s drop constraint %I', thing.owner, thing.conname); end loop;
                for thing in select c.oid::regclass as name from pg_class c where relnamespace = to_regnamespace('{quoted}') and relkind = 'v' loop execute format('drop view %s', thing.name); end loop;
                for thing in select c.oid::regclass as name from pg_class c where relnamespace = to_regnamespace('{quoted}') and relkind in ('r', 'p') loop execute format('drop table %s', thing.name); end loop;
                execute 'drop schema {quoted}';
            end $$
            """;
    }
}
