using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
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
            await KillAsync(masking);
            await Search("kill -9");

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

    /// <summary>A portal of its own reads the source; it is killed while it waits for a locked table, with rows of others in its memory.</summary>
    private static async Task KillAsync(MaskingPortal masking)
    {
        await using var session = await masking.Customers.ConnectAsync();
        await using var transaction = await session.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("lock table crm.profile in access exclusive mode", session, transaction))
            await hold.ExecuteNonQueryAsync(Cancellation);
        var policy = await masking.Policies.CreateAsync(masking.Portal.Lead, MaskingPortal.Policy("killed"), masking.Source, Cancellation);
        await using var node = await PortalProcess.StartAsync(masking.Portal.Settings, Cancellation);
        var run = await masking.Runs.StartAsync(masking.Portal.Tester, new MaskRequest(policy, null, masking.Source, "crm_killed", "", true), Cancellation);
        await Until.HoldsAsync(async () => await masking.Customers.CountAsync("select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())") > 0);
        Assert.Equal("running", (await masking.Runs.GetAsync(masking.Portal.Tester, run, Cancellation)).Summary.State);
        await node.KillAsync();
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
