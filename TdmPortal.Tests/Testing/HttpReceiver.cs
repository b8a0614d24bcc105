using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TdmPortal.Tests.Testing;

/// <summary>A web server on loopback that keeps what it is sent and answers as it is told.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private HttpReceiver(WebApplication app) => this.app = app;

    /// <summary>Its address on loopback, by number.</summary>
    public Uri Address => new(app.Urls.First());

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, string Body)> Calls { get; } = new();

    /// <summary>The answers of the next calls; 200 after them.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public static async Task<HttpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HttpReceiver(builder.Build());
        receiver.app.Run(receiver.AnswerAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Calls.Enqueue((context.Request.Path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        var status = Answers.TryDequeue(out var told) ? told : 200;
        context.Response.StatusCode = status;
        if (status is >= 300 and < 400)
            context.Response.Headers.Location = "/elsewhere";
        await context.Response.WriteAsync("nobody reads this " + status.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
    }
}
