using System.Collections.Concurrent;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Web.Demo;

/// <summary>
/// Once the portal serves, in the background: the samples that every team can open, after every start so that a new
/// release brings its own, and for the demo teams of a new portal their schemas and a dataset each.
/// </summary>
public sealed class DemoContent(SampleFiles samples, SchemaStore schemas, DatasetStore datasets, IHostApplicationLifetime lifetime, ILogger<DemoContent> logger) : BackgroundService
{
    // Enough to browse, little enough that a laptop has them in seconds.
    private const double RowsWanted = 40_000;

    private readonly ConcurrentQueue<(DemoTeam Team, Actor Lead)> waiting = new();

    public void Add(DemoTeam team, Actor lead) => waiting.Enqueue((team, lead));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await schemas.PublishSamplesAsync(await samples.ReadAllAsync(stoppingToken), stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "The sample schemas could not be put in");
        }

        while (waiting.TryDequeue(out var next))
        {
            try
            {
                await FillAsync(next.Team, next.Lead, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The portal works without its examples.
                logger.LogWarning(exception, "The examples of team {Team} could not be made", next.Team.Key);
            }
        }
    }

    private async Task FillAsync(DemoTeam team, Actor lead, CancellationToken cancellation)
    {
        var generated = false;
        foreach (var sample in team.Samples)
        {
            var document = await samples.ReadAsync(sample, cancellation);
            var schema = await schemas.CreateAsync(lead, document, "From the samples", cancellation);
            if (generated)
                continue;
            var scale = Math.Min(1, RowsWanted / Math.Max(1, document.Entities.Sum(entity => (double)(entity.Rows ?? 0))));
            await datasets.GenerateAsync(lead, new GenerateRequest(team.Dataset.Name, team.Dataset.Title, schema, null, Seed: 1, AsOf: null, Math.Round(scale, 4), new Dictionary<string, long>(StringComparer.Ordinal), "standard", []), cancellation);
            generated = true;
        }
    }
}
