using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Data.Server;

namespace TdmPortal.Benchmarks;

/// <summary>A PostgreSQL server of a measurement's own, gone with its folder when that ends.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private readonly MeasuredFolder folder;
    private readonly EmbeddedPostgres server;

    private MeasuredServer(MeasuredFolder folder, EmbeddedPostgres server) => (this.folder, this.server) = (folder, server);

    /// <summary>For files beside the server's.</summary>
    public string Folder => folder.Path;

    /// <summary>The administrator's.</summary>
    public string ConnectionString => server.ConnectionString("postgres");

    private static string? Programs => Environment.GetEnvironmentVariable("PORTAL_POSTGRES_BIN") is { Length: > 0 } programs ? programs : null;

    /// <param name="durable">Whether a commit waits for the disk, as it does in the portal.</param>
    public static async Task<MeasuredServer> StartAsync(bool durable)
    {
        var own = new MeasuredFolder();
        try
        {
            return new MeasuredServer(own, await EmbeddedPostgres.StartAsync(new() { DataFolder = own.Path, Durable = durable, ProgramFolder = Programs }, NullLogger.Instance, TimeProvider.System));
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs psql, which stops at the first error.</summary>
    /// <param name="write">What it reads on its standard input; null: nothing.</param>
    /// <exception cref="InvalidOperationException">psql ended with an error, which it has printed.</exception>
    public async Task PsqlAsync(IEnumerable<string> arguments, Action<Stream>? write = null)
    {
        var target = new NpgsqlConnectionStringBuilder(ConnectionString);
        var program = Programs is null ? "psql" : Path.Combine(Programs, "psql");
        using var psql = Process.Start(new ProcessStartInfo(program, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", target.Host!, "-p", target.Port.ToString(CultureInfo.InvariantCulture), "-U", target.Username!, "-d", target.Database!, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = write is not null,
            Environment = { ["PGPASSWORD"] = target.Password },
        })!;
        if (write is not null)
        {
            write(psql.StandardInput.BaseStream);
            psql.StandardInput.Close();
        }

        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0)
            throw new InvalidOperationException("psql failed; it said why above.");
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }
}
