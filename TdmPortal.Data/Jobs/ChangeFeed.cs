using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TdmPortal.Data.Jobs;

/// <summary>
/// Tells open pages on every node that something changed (LISTEN/NOTIFY on one connection a node). The message is only
/// an opaque id: a hint to read again through authorised queries.
/// </summary>
public sealed class ChangeFeed(PortalDatabase database, TimeProvider time, ILogger<ChangeFeed> log) : BackgroundService
{
    internal const string Channel = "tdm_change";
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Raised with the id of the job or dataset that changed, or <see cref="Guid.Empty"/> after a reconnect (read everything again).</summary>
    public event Action<Guid>? Changed;

    /// <summary>Completes when the first LISTEN stands: from then on nothing is missed.</summary>
    public Task Listening => listening.Task;

    internal void Raise(Guid id)
    {
        foreach (var handler in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<Guid>)handler)(id);
            }
            catch (Exception error)
            {
                // One page's fault must not keep the news from the others.
                log.LogError(error, "A listener to changes failed");
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                log.LogWarning("The connection that listens for changes broke: {Reason}", error.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenListenerAsync(cancellation);
        connection.Notification += (_, message) =>
        {
            if (Guid.TryParseExact(message.Payload, "N", out var id))
                Raise(id);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        // What happened while nobody listened is unknown.
        if (!listening.TrySetResult())
            Raise(Guid.Empty);
        while (true)
            await connection.WaitAsync(cancellation);
    }
}
