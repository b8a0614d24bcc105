using System.Globalization;
using System.Text;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>Teams that work at the same time do not get in each other's way, nor see anything of each other.</summary>
public sealed class TeamsAtOnceTests(DatabaseServer databases)
{
    /// <summary>TDM_ROWS=1000000 does it with a million rows each.</summary>
    private static readonly long Rows = long.TryParse(Environment.GetEnvironmentVariable("TDM_ROWS"), CultureInfo.InvariantCulture, out var asked) ? asked : 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    [Trait("Requirement", "D9")]
    public async Task TwoTeams_GeneratingTheSameNameAtOnceWhileAThirdReads_GetTheirOwnRows()
    {
        await using var portal = new DatasetPortal(databases);
        await portal.InitializeAsync();
        var reader = await portal.LeadOfAsync("mobile", "mia");
        var read = (await portal.GenerateAsync(reader, DatasetPortal.Request("same", await portal.SchemaAsync(reader, DatasetPortal.Shop, "shop"), 100, 500))).Current!;
        var requests = new List<(Actor Actor, GenerateRequest Request, Guid Job)>();
        foreach (var (actor, seed) in new[] { (portal.Tester, 7L), (portal.Stranger, 8L) })
        {
            var request = DatasetPortal.Request("same", await portal.SchemaAsync(actor, DatasetPortal.Shop, "shop"), Rows / 10, Rows) with { Seed = seed };
            requests.Add((actor, request, await portal.Datasets.GenerateAsync(actor, request, Cancellation)));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = Task.Run(() => ReadAsync(portal, reader, read.VersionId, stop.Token), Cancellation);
        await Task.WhenAll(requests.Select(_ => Task.Run(() => portal.Get<JobRunner>().RunPendingAsync(Cancellation), Cancellation)));
        await stop.CancelAsync();
        var turns = await reading;
        Assert.True(turns > 3, $"{turns} turns of reading");

        foreach (var (actor, request, job) in requests)
        {
            var end = await portal.Jobs.GetAsync(actor, job, Cancellation);
            Assert.True(end.State == Core.Jobs.JobState.Completed, end.Error?.Message);
            await using var client = new NpgsqlConnection(await portal.LoginAsync(actor.TeamId == portal.Lead.TeamId ? portal.Lead : actor) + ";Pooling=false");
            await client.OpenAsync(Cancellation);
            await using var command = new NpgsqlCommand($"select count(*), sum(total), (select sum(\"limit\") from {actor.TeamKey}_same.customer) from {actor.TeamKey}_same.\"order\"", client);
            await using var found = await command.ExecuteReaderAsync(Cancellation);
            Assert.True(await found.ReadAsync(Cancellation));
            Assert.Equal((Rows, Sum(request, "order", 3), Sum(request, "customer", 3)), (found.GetInt64(0), found.GetDecimal(1), found.GetDecimal(2)));
        }

        foreach (var (_, request, _) in requests)
            Assert.NotEqual(Sum(request, "order", 3), Sum(request with { Seed = request.Seed + 1 }, "order", 3));
    }

    /// <summary>The third team's pages and its own login, all the time; what the others make is not there.</summary>
    private static async Task<int> ReadAsync(DatasetPortal portal, Actor reader, Guid version, CancellationToken stop)
    {
        await using var client = new NpgsqlConnection(await portal.LoginAsync(reader) + ";Pooling=false");
        await client.OpenAsync(Cancellation);
        var turns = 0;
        for (; !stop.IsCancellationRequested; turns++)
        {
            Assert.Equal(100, (await portal.Rows.ReadAsync(reader, version, "order", new() { FirstRow = turns % 400, Take = 100 }, Cancellation)).Cells.Count);
            Assert.Equal("same", Assert.Single((await portal.Datasets.ListAsync(reader, null, null, 10, Cancellation)).Items).Name);
            await using var own = new NpgsqlCommand("select count(*) from mobile_same.customer", client);
            Assert.Equal(100L, await own.ExecuteScalarAsync(Cancellation));
            await using var others = new NpgsqlCommand("select count(*) from checkout_same__v1.customer", client);
            Assert.Contains((await Assert.ThrowsAsync<PostgresException>(() => others.ExecuteScalarAsync(Cancellation))).SqlState, new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.UndefinedTable, PostgresErrorCodes.InvalidSchemaName });
        }

        return turns;
    }

    /// <summary>A column's sum by the engine alone.</summary>
    private static decimal Sum(GenerateRequest request, string entity, int column)
    {
        var plan = GenerationPlan.Compile(SchemaReader.Read(Encoding.UTF8.GetBytes(DatasetPortal.Shop)).Document!, new GenerationOptions { Seed = request.Seed, AsOf = request.AsOf!.Value, Rows = request.Rows }).Plan!;
        using var rows = new MemoryStream();
        plan.Write(plan.Entity(entity), 0, plan.Entity(entity).Rows, RowFormat.Csv, rows);
        return Encoding.UTF8.GetString(rows.GetBuffer(), 0, (int)rows.Length).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Sum(line => decimal.Parse(line.Split(',')[column], CultureInfo.InvariantCulture));
    }
}
