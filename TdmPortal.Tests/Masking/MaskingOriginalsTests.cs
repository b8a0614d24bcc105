using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.Server;
using TdmPortal.Tests.Browser;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>
/// Unmasked rows never rest in the portal: the bytes of its data folder and of its whole database server, write-ahead log
/// included, are searched for what was planted in the source, after a run, after one that failed and after kill -9.
/// </summary>
public sealed class MaskingOriginalsTests(DatabaseServer sources)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    [Trait("Requirement", "D9")]
    [Trait("Requirement", "D3")]
    public async Task Originals_AreNowhereInThePortal_AfterSuccessFailureAndKill()
    {
        var folder = TestFolder.Create();
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Durable = false, FallbackFolder = folder }, NullLogger.Instance, TimeProvider.System, Cancellation);
            await using var masking = new MaskingPortal(new DatasetPortal(() => CreateAsync(server)), () => sources.CreateEmptyDatabaseAsync());
            await masking.InitializeAsync();
            byte[][] planted = [.. CustomerDatabase.Planted.SelectMany(name => new[] { name, char.ToUpperInvariant(name[0]) + name[1..], name.ToUpperInvariant() }).Concat(await masking.Customers.IbansAsync()).Select(Encoding.UTF8.GetBytes)];
            string[] folders = [server.Folder, masking.Portal.Settings["PORTAL_DATA"], folder];

            var done = await masking.MaskAsync(MaskingPortal.Policy("kept"), "crm_kept");
            Assert.Equal("proved", done.Summary.State);
            await Search("success");

            // It fails at a table that the account may no longer read, when others are masked and loaded.
            await masking.Customers.ExecuteAsync("do $$ begin execute format('revoke select on crm.profile from %I', 'reader_of_' || current_database()); end $$");
            var failed = await masking.MaskAsync(MaskingPortal.Policy("failed"), "crm_failed");
            Assert.Equal("failed", failed.Summary.State);
            Assert.DoesNotContain("zqx", (await masking.Portal.Jobs.GetAsync(masking.Portal.Tester, failed.Summary.JobId, Cancellation)).Error!.Message, StringComparison.OrdinalIgnoreCase);
            await Search("failure");

            await masking.Customers.ExecuteAsync("do $$ begin execute format('grant select on crm.profile to %I', 'reader_of_' || current_database()); end $$");
            await KillAsync(masking, () => Search("kill -9"));

            async Task Search(string after)
            {
                await using (var administrator = await masking.Portal.AdministratorAsync())
                {
                    // What is still in memory only must be on the disk when it is searched.
                    await using var checkpoint = new NpgsqlCommand("checkpoint", administrator);
                    await checkpoint.ExecuteNonQueryAsync(Cancellation);
                    Assert.Equal("", string.Join(", ", await TablesWithAsync(administrator)));
                }

                Assert.Equal((after, ""), (after, string.Join(", ", folders.SelectMany(place => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)).Distinct(StringComparer.Ordinal)
                    // Held by the server's keeper, and empty.
                    .Where(file => Path.GetFileName(file) != "portal.lock").Where(file => Holds(file, planted)))));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// A portal of its own is killed while it reads, masks and loads: some tables are whole, one is half written when the database makes it wait.
    /// Nobody sees what it made, and another node begins again and ends well.
    /// </summary>
    private static async Task KillAsync(MaskingPortal masking, Func<Task> search)
    {
        const string Half = "create trigger hold before insert on %s for each row execute function public.hold()";
        await using var gate = await masking.Portal.AdministratorAsync();
        await ExecuteAsync(gate, $"""
            create function public.hold() returns trigger language plpgsql as $$ begin if (to_jsonb(new) ->> '{StoredTable.RowNumber}')::bigint = 100 then perform pg_advisory_xact_lock_shared(4711); end if; return new; end $$;
            create function public.held() returns event_trigger language plpgsql as $$ declare made record; begin
                for made in select object_identity from pg_event_trigger_ddl_commands() where object_type = 'table' and object_identity ~ '^checkout_crm_loading__v[0-9]+[.]address$' loop execute format('{Half}', made.object_identity); end loop; end $$;
            create event trigger held on ddl_command_end when tag in ('CREATE TABLE') execute function public.held();
            select pg_advisory_lock(4711)
            """);
        var policy = await masking.Policies.CreateAsync(masking.Portal.Lead, MaskingPortal.Policy("loading"), masking.Source, Cancellation);
        Guid run;
        await using (var node = await PortalProcess.StartAsync(masking.Portal.Settings, Cancellation))
        {
            run = await masking.Runs.StartAsync(masking.Portal.Tester, new MaskRequest(policy, null, masking.Source, "crm_loading", "", true), Cancellation);
            await Until.HoldsAsync(async () => await masking.Portal.ScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted") > 0);
            await node.KillAsync();
        }

        await search();
        // What was loaded before is there and nobody's: the team may not read it, and the dataset has no version.
        var dataset = (await masking.Runs.GetAsync(masking.Portal.Tester, run, Cancellation)).Summary.DatasetId!.Value;
        Assert.Equal("building", await masking.Portal.ScalarAsync<string>($"select state from portal.dataset_version where dataset_id = '{dataset}'"));
        Assert.Null((await masking.Portal.Datasets.GetAsync(masking.Portal.Tester, dataset, Cancellation)).Current);
        await using (var team = new NpgsqlConnection(await masking.Portal.LoginAsync(masking.Portal.Lead)))
        {
            await team.OpenAsync(Cancellation);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(team, "select count(*) from checkout_crm_loading__v1.customer"))).SqlState);
        }

        await ExecuteAsync(gate, "select pg_advisory_unlock(4711); drop event trigger held");
        // Its lease has ended, as it does by itself some seconds later.
        await ExecuteAsync(gate, "update portal.job set lease_until = clock_timestamp() - interval '1 second' where state = 'running'");
        await masking.Portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        await masking.Portal.Get<VersionSweeper>().SweepAsync(Cancellation);

        var ended = await masking.Runs.GetAsync(masking.Portal.Tester, run, Cancellation);
        Assert.True(ended.Summary.State == "proved", ended.Error);
        Assert.Equal(ended.Summary.VersionId, (await masking.Portal.Datasets.GetAsync(masking.Portal.Tester, dataset, Cancellation)).Current!.VersionId);
        Assert.Equal([$"checkout_crm_loading__v{ended.Summary.VersionNumber}"], await masking.Portal.SchemasOfAsync("crm_loading"));
        Assert.Equal(0, await masking.Portal.ScalarAsync<long>("select count(*) from portal.dataset_version where state = 'building'"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<string> CreateAsync(EmbeddedPostgres server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync(Cancellation);
        await using var create = new NpgsqlCommand("create database portal", connection);
        await create.ExecuteNonQueryAsync(Cancellation);
        return server.ConnectionString("portal");
    }

    /// <summary>Also what is compressed on the disk.</summary>
    private static async Task<List<string>> TablesWithAsync(NpgsqlConnection connection)
    {
        var found = new List<string>();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await list.ExecuteReaderAsync(Cancellation))
        {
            while (await reader.ReadAsync(Cancellation))
                tables.Add(reader.GetString(0));
        }

        foreach (var table in tables)
        {
            await using var search = new NpgsqlCommand($"select count(*) from {table} one where one::text ~* '{CustomerDatabase.Pattern}'", connection);
            if ((long)(await search.ExecuteScalarAsync(Cancellation))! > 0)
                found.Add(table);
        }

        return found;
    }

    private static bool Holds(string file, byte[][] planted)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            return planted.Any(one => bytes.AsSpan().IndexOf(one) >= 0);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // The server removes files of its own while we look.
            return false;
        }
    }
}
