using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using TdmPortal.Data.Notifications;

namespace TdmPortal.Web.Notifications;

/// <summary>
/// Calls webhooks. What a name resolves to is looked at when the connection is made, so that no later answer of the name
/// server leads into the portal's own network; redirects are not followed, and no proxy of the environment is used.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private const int AtOnce = 8;
    private static readonly HttpRequestOptionsKey<bool> MayBePrivate = new("tdm.may-be-private");

    private readonly WebhookQueue queue;
    private readonly NoticeOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<WebhookSender> log;
    private readonly HttpClient client;

    public WebhookSender(WebhookQueue queue, NoticeOptions options, TimeProvider time, ILogger<WebhookSender> log)
    {
        (this.queue, this.options, this.time, this.log) = (queue, options, time, log);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // Each call looks at the address anew.
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Makes the calls that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        var calls = await queue.TakeAsync(AtOnce, cancellation);
        await Task.WhenAll(calls.Select(async call => await queue.EndAsync(call, await CallAsync(call, cancellation), cancellation)));
        return calls.Count;
    }

    public void Dispose() => client.Dispose();

    private async Task<DeliveryTry> CallAsync(QueuedCall call, CancellationToken cancellation)
    {
        var start = time.GetUtcNow();
        var began = time.GetTimestamp();
        var (status, error) = await TryAsync(call, start, cancellation);
        return new DeliveryTry(start, status, error, (int)time.GetElapsedTime(began).TotalMilliseconds);
    }

    private async Task<(int? Status, string? Error)> TryAsync(QueuedCall call, DateTimeOffset at, CancellationToken cancellation)
    {
        if (call.SigningKey is null)
            return (null, "The signing key cannot be read any more: renew it.");
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } } };
        request.Headers.Add("X-Tdm-Delivery", call.Id.ToString());
        request.Headers.Add("X-Tdm-Event", call.Kind);
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Make(call.SigningKey, at, call.Body));
        request.Headers.UserAgent.ParseAdd("TdmPortal-Webhook/1");
        request.Options.Set(MayBePrivate, call.MayBePrivate);
        using var limit = new CancellationTokenSource(options.WebhookTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            // The answer's body is nobody's business: a log that showed it would read foreign services to the team.
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return status is >= 200 and < 300 ? (status, null)
                : status is >= 300 and < 400 ? (status, $"It answered {status}, a redirect; redirects are not followed. Use the address that it leads to.")
                : (status, $"It answered {status}.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"No answer within {options.WebhookTimeout.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException fault)
        {
            return (null, Explain(fault));
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // One that nobody thought of must not stand in the way of the others for good.
            log.LogError(fault, "Delivery {Delivery} could not be sent", call.Id);
            return (null, "It could not be sent; the portal's log says why.");
        }
    }

    private static string Explain(HttpRequestException fault) => fault.InnerException switch
    {
        ClosedAddressException closed => closed.Message,
        AuthenticationException => "Its certificate is not trusted, or it does not speak TLS.",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The connection was refused: nothing listens there.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "There is no host of this name.",
        SocketException socket => $"No connection ({socket.SocketErrorCode}).",
        _ => "The connection broke before there was an answer.",
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        // One closed address among several is enough to refuse: whoever owns the name decides which comes first.
        if (!(context.InitialRequestMessage.Options.TryGetValue(MayBePrivate, out var allowed) && allowed) && !addresses.All(PublicAddress.Is))
            throw new ClosedAddressException(context.DnsEndPoint.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class ClosedAddressException(string host)
        : IOException($"{host} is in a private or reserved address range, which webhooks do not call. An administrator can allow the host.");
}
