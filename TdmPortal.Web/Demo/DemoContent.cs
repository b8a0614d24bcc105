using System.Collections.Concurrent;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Web.Demo;

/// <summary>Gives the teams of a new portal their schemas and a dataset each, in the background once the portal serves.</summary>
public sealed class DemoContent(SchemaStore schemas, DatasetStore datasets, IHostApplicationLifetime lifetime, ILogger<DemoContent> logger) : BackgroundService
{
    // Enough to browse, little enough that a laptop has them in seconds.
    private const double RowsWanted = 40_000;

    private readonly ConcurrentQueue<(DemoTeam Team, Actor Lead)> waiting = new();

    public void Add(DemoTeam team, Actor lead) => waiting.Enqueue((team, lead));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (waiting.IsEmpty)
            return;
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
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
            var path = Path.Combine(AppContext.BaseDirectory, "samples", sample + ".schema.json");
            if (!File.Exists(path) || SchemaReader.Read(await File.ReadAllBytesAsync(path, cancellation)).Document is not { } document)
                continue;
            var schema = await schemas.CreateAsync(lead, document, "From the samples", cancellation);
            if (generated)
                continue;
            var scale = Math.Min(1, RowsWanted / Math.Max(1, document.Entities.Sum(entity => (double)(entity.Rows ?? 0))));
            await datasets.GenerateAsync(lead, new GenerateRequest(team.Dataset.Name, team.Dataset.Title, schema, null, Seed: 1, AsOf: null, Math.Round(scale, 4), new Dictionary<string, long>(StringComparer.Ordinal), "standard", []), cancellation);
            generated = true;
        }
    }
}
