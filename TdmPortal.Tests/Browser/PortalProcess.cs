using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TdmPortal.Tests.Testing;

namespace TdmPortal.Tests.Browser;

/// <summary>The portal as users run it: a process of its own, from the built output, against a real database.</summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private PortalProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <param name="environment">Settings, e.g. <c>ConnectionStrings__Portal</c>.</param>
    public static async Task<PortalProcess> StartAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var port = FreePort();
        var program = Repository.PathOf("TdmPortal.Web", "bin", Repository.Configuration, "net10.0", "TdmPortal.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORTAL_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var portal = new PortalProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"));
        portal.process.OutputDataReceived += (_, line) => portal.Keep(line.Data);
        portal.process.ErrorDataReceived += (_, line) => portal.Keep(line.Data);
        portal.process.BeginOutputReadLine();
        portal.process.BeginErrorReadLine();
        try
        {
            await portal.WaitUntilReadyAsync(cancellation);
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }

        return portal;
    }

    /// <summary>Waits until it has printed something, and gives all that it printed.</summary>
    public async Task<string> WaitForOutputAsync(System.Text.RegularExpressions.Regex expected, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (!expected.IsMatch(Output))
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"The portal did not print {expected}:{Environment.NewLine}{Output}");
            await Task.Delay(50, cancellation);
        }

        return Output;
    }

    /// <summary>Ends it without any chance to clean up, as a crash would.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(90))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The portal ended with code {process.ExitCode}:{Environment.NewLine}{Output}");
            try
            {
                using var answer = await client.GetAsync(new Uri("health/ready", UriKind.Relative), cancellation);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // Not listening yet, or busy with its start on a busy machine.
            }

            await Task.Delay(100, cancellation);
        }

        throw new TimeoutException($"The portal was not ready after 90 s:{Environment.NewLine}{Output}");
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
