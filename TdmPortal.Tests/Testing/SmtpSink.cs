using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TdmPortal.Tests.Testing;

/// <summary>A mail server on loopback that keeps what it is sent.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly Task accepting;
    private readonly bool startTls;

    private SmtpSink(bool startTls)
    {
        this.startTls = startTls;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Recipient and what came after DATA.</summary>
    public ConcurrentQueue<(string To, string Content)> Mails { get; } = new();

    /// <summary>User names and passwords that were offered.</summary>
    public ConcurrentQueue<(string User, string Password)> SignIns { get; } = new();

    /// <summary>The only password that is taken; null: no sign-in is offered.</summary>
    public string? Password { get; set; }

    /// <summary>A recipient that is answered "no such mailbox".</summary>
    public string? Unknown { get; set; }

    /// <summary>So many mails are taken and then the connection broken, so that nobody knows whether they were.</summary>
    public int BreakAfterData { get; set; }

    /// <param name="startTls">Whether it offers it, with a certificate that nobody trusts.</param>
    public static SmtpSink Start(bool startTls = false) => new(startTls);

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        listener.Dispose();
        await accepting;
        stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopped.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = (Stream)client.GetStream();
                await SayAsync(stream, "220 sink ready");
                var (recipient, welcome) = ("", Password is null);
                for (string? line; (line = await ReadAsync(stream)) is not null;)
                {
                    var verb = line.Split(' ')[0].ToUpperInvariant();
                    switch (verb)
                    {
                        case "EHLO":
                            await SayAsync(stream, "250-sink" + (startTls && stream is not SslStream ? "\r\n250-STARTTLS" : "") + (Password is null ? "" : "\r\n250-AUTH LOGIN") + "\r\n250 SIZE 10000000");
                            break;
                        case "STARTTLS":
                            await SayAsync(stream, "220 go on");
                            var secure = new SslStream(stream);
                            await secure.AuthenticateAsServerAsync(Certificate());
                            stream = secure;
                            break;
                        case "AUTH":
                            var user = line.Split(' ') is [_, _, var given] ? given : await AskAsync(stream, "VXNlcm5hbWU6");
                            var password = Encoding.UTF8.GetString(Convert.FromBase64String(await AskAsync(stream, "UGFzc3dvcmQ6")));
                            SignIns.Enqueue((Encoding.UTF8.GetString(Convert.FromBase64String(user)), password));
                            welcome = password == Password;
                            await SayAsync(stream, welcome ? "235 welcome" : "535 5.7.8 no");
                            break;
                        case "MAIL":
                            await SayAsync(stream, welcome ? "250 ok" : "530 5.7.0 sign in first");
                            break;
                        case "RCPT":
                            recipient = line.Split('<', '>')[1];
                            await SayAsync(stream, recipient == Unknown ? "550 no such mailbox" : "250 ok");
                            break;
                        case "DATA":
                            await SayAsync(stream, "354 go on");
                            var content = new StringBuilder();
                            for (string? part; (part = await ReadAsync(stream)) is not (null or ".");)
                                content.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                            Mails.Enqueue((recipient, content.ToString()));
                            if (BreakAfterData > 0)
                            {
                                BreakAfterData--;
                                return;
                            }

                            await SayAsync(stream, "250 taken");
                            break;
                        case "QUIT":
                            await SayAsync(stream, "221 bye");
                            return;
                        default:
                            await SayAsync(stream, "250 ok");
                            break;
                    }
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went.
        }
    }

    private async Task<string> AskAsync(Stream stream, string prompt)
    {
        await SayAsync(stream, "334 " + prompt);
        return await ReadAsync(stream) ?? "";
    }

    private async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), stopped.Token);

    private async Task<string?> ReadAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stopped.Token) == 1)
        {
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=sink", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
