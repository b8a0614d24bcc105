using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>
/// The portal's own PostgreSQL: made at the first start, reached over loopback with scram passwords only, stopped when
/// disposed. What a killed portal or server left behind is taken over or cleared at the next start, and a server that
/// dies while the portal runs is started again.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string Superuser = "portal_admin";

    private readonly EmbeddedPostgresOptions options;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly FileStream hold;
    private readonly CancellationTokenSource stopping = new();
    private ServerState state;
    private PostgresPrograms programs = null!;
    private ServiceUser? user;
    private NetworkAccess? network;
    private Task supervision = Task.CompletedTask;

    private EmbeddedPostgres(EmbeddedPostgresOptions options, ServerState state, FileStream hold, ILogger logger, TimeProvider time)
    {
        this.options = options;
        this.state = state;
        this.hold = hold;
        this.logger = logger;
        this.time = time;
    }

    /// <summary>Folder of the server's files, log included.</summary>
    public string Folder => state.Folder;

    /// <summary>Loopback port, kept from start to start while it is free.</summary>
    public int Port => state.Port;

    /// <summary>What clients on other machines, or on this one when it is closed to them, call this machine.</summary>
    public string Host => network?.Host ?? "127.0.0.1";

    /// <summary>The administrator's connection to <paramref name="database"/>; it holds the password.</summary>
    public string ConnectionString(string database) => ConnectionString(state, database);

    /// <summary>The administrator's connection to the server of a data folder that another process holds; null where none was made.</summary>
    internal static string? RunningConnectionString(string dataFolder, string database) =>
        ServerState.Read(Path.Combine(dataFolder, "postgres.json")) is { } known ? ConnectionString(known, database) : null;

    private static string ConnectionString(ServerState state, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = state.Port, Username = Superuser, Password = state.Password, Database = database, SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>The postmaster's process id, or null when it does not run.</summary>
    internal int? ProcessId => ClusterProcesses.Postmaster(Cluster);

    private string Cluster => Path.Combine(state.Folder, "cluster");
    private string Log => Path.Combine(state.Folder, "server.log");
    private static string StateFile(EmbeddedPostgresOptions options) => Path.Combine(options.DataFolder, "postgres.json");

    /// <summary>Starts the server, making its files when there are none.</summary>
    /// <exception cref="PortalException">platform.postgres_missing, platform.postgres_version, platform.data_folder_in_use, platform.data_folder_closed, platform.server_start</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, TimeProvider time, CancellationToken cancellation = default)
    {
        options = options with { DataFolder = Path.GetFullPath(options.DataFolder) };
        var held = Hold(options.DataFolder);
        try
        {
            options = options with { DataFolder = await RealPathAsync(options.DataFolder, cancellation) };
            var known = ServerState.Read(StateFile(options));
            var server = new EmbeddedPostgres(options, known ?? new ServerState(Path.Combine(options.DataFolder, "postgres"), FreePort(), ServerState.NewPassword()), held, logger, time);
            await server.StartAsync(isKnown: known is not null && Directory.Exists(known.Folder), cancellation);
            server.supervision = Task.Run(server.SuperviseAsync, CancellationToken.None);
            return server;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server: sessions are ended, everything is written down.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return;
        await stopping.CancelAsync();
        await supervision;
        await StopServerAsync("fast");
        await hold.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>Lets go of everything without stopping the server, as a killed portal does.</summary>
    internal async Task AbandonAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        await hold.DisposeAsync();
    }

    private async Task StartAsync(bool isKnown, CancellationToken cancellation)
    {
        user = await ServiceUser.ForAsync(state.Folder, cancellation);
        if (!isKnown) state = state with { Folder = await ChooseFolderAsync(cancellation) };
        var version = VersionFile();
        programs = await PostgresPrograms.FindAsync(options.ProgramFolder, version, cancellation);
        if (version is null) await MakeClusterAsync(cancellation);
        state.Write(StateFile(options));
        if (options.Listen is not null)
        {
            network = NetworkAccess.Parse(options.Listen, state.Folder);
            await network.PrepareAsync(Superuser, user, time, cancellation);
        }

        if (ProcessId is not null)
        {
            if (await TakeOverAsync(cancellation)) return;
            await StopServerAsync("fast");
        }
        await ClusterProcesses.ClearAsync(Cluster, time, cancellation);
        RotateLog();
        for (var attempt = 1; ; attempt++)
        {
            if (!IsFree(state.Port))
            {
                state = state with { Port = FreePort() };
                state.Write(StateFile(options));
            }
            var (exitCode, output) = await LaunchAsync(cancellation);
            if (exitCode == 0) return;
            if (attempt == 3) throw StartFailure(output);
        }
    }

    private Task<(int ExitCode, string Output)> LaunchAsync(CancellationToken cancellation) =>
        ProgramRunner.RunAsync(programs.PgCtl, ["start", "-w", "-s", "-t", "60", "-D", Cluster, "-l", Log, "-o", Settings()], user, cancellation);

    private string Settings()
    {
        (string Name, string Value)[] settings =
        [
            ("port", state.Port.ToString(CultureInfo.InvariantCulture)),
            .. network?.Settings() ?? [("listen_addresses", "127.0.0.1")],
            ("unix_socket_directories", ""),
            ("max_connections", "200"),
            // Dropping a dataset of hundreds of entities takes a lock for each table, index and view.
            ("max_locks_per_transaction", "256"),
            ("shared_buffers", "256MB"),
            ("work_mem", "16MB"),
            ("maintenance_work_mem", "256MB"),
            ("random_page_cost", "1.1"),
            ("jit", "off"),
            // No replica hangs on this server, and loading writes a lot at once.
            ("wal_level", "minimal"), ("max_wal_senders", "0"), ("max_wal_size", "4GB"), ("checkpoint_timeout", "15min"),
            ("timezone", "UTC"), ("log_timezone", "UTC"),
            // A failing statement may hold a value that is nobody's business: the log names the error without it.
            ("log_min_error_statement", "panic"),
        ];
        // After a crash: flush the file system once instead of opening each of thousands of files.
        if (OperatingSystem.IsLinux()) settings = [.. settings, ("recovery_init_sync_method", "syncfs")];
        if (!options.Durable) settings = [.. settings, ("fsync", "off"), ("full_page_writes", "off")];
        return string.Join(' ', settings.Select(s => $"-c {s.Name}={(s.Value.Length == 0 ? "''" : s.Value)}"));
    }

    /// <summary>Takes over a server that outlived its portal, when it runs with today's settings and lets us in.</summary>
    private async Task<bool> TakeOverAsync(CancellationToken cancellation)
    {
        var command = await File.ReadAllTextAsync(Path.Combine(Cluster, "postmaster.opts"), cancellation);
        var same = Settings().Split(' ').All(s => s == "-c" || command.Contains('"' + s.Replace("''", "", StringComparison.Ordinal) + '"', StringComparison.Ordinal));
        if (!same) return false;
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellation);
        }
        catch (NpgsqlException fault)
        {
            logger.LogWarning("The PostgreSQL left by an earlier run does not answer ({Reason}); it is restarted.", fault.Message);
            return false;
        }
        logger.LogInformation("Took over the PostgreSQL that an earlier run left running on port {Port}.", state.Port);
        return true;
    }

    private async Task SuperviseAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (ProcessId is not null) continue;
                logger.LogWarning("PostgreSQL has stopped; starting it again.");
                await ClusterProcesses.ClearAsync(Cluster, time, stopping.Token);
                var (exitCode, output) = await LaunchAsync(stopping.Token);
                if (exitCode == 0) logger.LogInformation("PostgreSQL runs again.");
                else logger.LogError("PostgreSQL could not be started again: {Reason}", StartFailure(output).Message);
            }
        }
        catch (OperationCanceledException)
        {
            // the portal stops
        }
    }

    private async Task StopServerAsync(string mode)
    {
        if (ProcessId is null) return;
        var (exitCode, output) = await ProgramRunner.RunAsync(programs.PgCtl, ["stop", "-w", "-s", "-t", "30", "-m", mode, "-D", Cluster], user, CancellationToken.None);
        if (exitCode == 0 || ProcessId is null) return;
        logger.LogWarning("PostgreSQL did not stop in time and is stopped at once: {Output}", output.Trim());
        await ProgramRunner.RunAsync(programs.PgCtl, ["stop", "-w", "-s", "-t", "10", "-m", "immediate", "-D", Cluster], user, CancellationToken.None);
    }

    /// <summary>The data folder where the server's user can reach it, else a folder of the system, which is said.</summary>
    private async Task<string> ChooseFolderAsync(CancellationToken cancellation)
    {
        var wanted = state.Folder;
        if (File.Exists(Path.Combine(wanted, "cluster", "PG_VERSION")))
            throw new PortalException("platform.data_folder_closed", $"{wanted} holds a database, but {StateFile(options)} with its password is gone.")
            {
                SuggestedActions = [$"Bring {Path.GetFileName(StateFile(options))} back", $"Move {wanted} away to start with an empty database"],
            };
        if (user is null)
        {
            Directory.CreateDirectory(wanted);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(wanted, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return wanted;
        }
        if (await user.OwnAsync(wanted, cancellation)) return wanted;

        Directory.Delete(wanted);
        var name = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(options.DataFolder)))[..16];
        var folder = Path.Combine(options.FallbackFolder, name);
        // The data folder it belonged to was emptied, else the state file would still name it.
        if (Directory.Exists(folder)) await SetAsideAsync(folder, cancellation);
        Directory.CreateDirectory(options.FallbackFolder);
        if (!await user.OwnAsync(folder, cancellation))
            throw new PortalException("platform.data_folder_closed", $"PostgreSQL runs as the user {user.Name}, which can enter neither {wanted} nor {folder}.")
            {
                SuggestedActions = ["Name a data folder that it can enter: ./run --data DIR", "Start the portal as an ordinary user"],
            };
        logger.LogWarning("PostgreSQL runs as the user {User}, which cannot enter {Wanted}: its files are in {Folder}.", user.Name, wanted, folder);
        return folder;
    }

    private async Task SetAsideAsync(string folder, CancellationToken cancellation)
    {
        var cluster = Path.Combine(folder, "cluster");
        if (ClusterProcesses.Postmaster(cluster) is { } pid)
        {
            using var orphan = System.Diagnostics.Process.GetProcessById(pid);
            orphan.Kill();
        }
        await ClusterProcesses.ClearAsync(cluster, time, cancellation);
        var aside = folder + ".old";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.Move(folder, aside);
        logger.LogWarning("The data folder {DataFolder} was emptied; the database that belonged to it was moved to {Aside}.", options.DataFolder, aside);
    }

    /// <summary>Makes the files aside and moves them in place when they are whole, so that a kill leaves no half of them.</summary>
    private async Task MakeClusterAsync(CancellationToken cancellation)
    {
        var fresh = Cluster + ".new";
        var password = Path.Combine(state.Folder, "password.tmp");
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        try
        {
            SecretFile.Write(password, System.Text.Encoding.ASCII.GetBytes(state.Password + "\n"));
            if (user is not null) await ProgramRunner.RunAsync("chown", [$"{user.Uid}:{user.Gid}", password], null, cancellation);
            string[] arguments = ["-D", fresh, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--data-checksums", "--no-instructions", .. options.Durable ? (string[])[] : ["--no-sync"]];
            var (exitCode, output) = await ProgramRunner.RunAsync(programs.InitDb, [.. arguments, "--locale=C.UTF-8"], user, cancellation);
            // Not every system has the locale; it only decides how names with accents compare without case.
            if (exitCode != 0) (exitCode, output) = await ProgramRunner.RunAsync(programs.InitDb, [.. arguments, "--locale=C"], user, cancellation);
            if (exitCode != 0) throw StartFailure(output);
        }
        finally
        {
            File.Delete(password);
        }
        if (Directory.Exists(Cluster)) Directory.Delete(Cluster, recursive: true);
        Directory.Move(fresh, Cluster);
        logger.LogInformation("Made a new PostgreSQL {Major} database in {Folder}.", programs.Major, state.Folder);
    }

    private int? VersionFile()
    {
        var file = Path.Combine(Cluster, "PG_VERSION");
        try
        {
            return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : MayLook();
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new PortalException("platform.data_folder_closed", $"{state.Folder} belongs to another user, as whom an earlier start made it (root's server runs as postgres).", fault)
            {
                SuggestedActions = ["Start the portal as the same user as before", "Name another data folder: ./run --data DIR"],
            };
        }
    }

    /// <summary>A file in a closed folder looks as if it did not exist; listing the folder says what is the matter.</summary>
    private int? MayLook()
    {
        _ = Directory.EnumerateFileSystemEntries(state.Folder).Any();
        return null;
    }

    private void RotateLog()
    {
        var log = new FileInfo(Log);
        if (log.Exists && log.Length > 10 * 1024 * 1024) log.MoveTo(Log + ".1", overwrite: true);
    }

    private PortalException StartFailure(string output)
    {
        var log = File.Exists(Log) ? string.Join(" ", File.ReadLines(Log).TakeLast(5)) : "";
        return new PortalException("platform.server_start", $"PostgreSQL ({programs.Folder}) did not start in {state.Folder}: {output.Trim()} {log}".Trim())
        {
            SuggestedActions = [$"Read {Log}", "Check that the disk has room", "Set ConnectionStrings__Portal to a server of your own"],
        };
    }

    /// <summary>One portal a data folder; the system lets go of it however the portal ends.</summary>
    private static FileStream Hold(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
            return new FileStream(Path.Combine(dataFolder, "portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new PortalException("platform.data_folder_closed", $"The portal's user may not write in {dataFolder}.", fault)
            {
                SuggestedActions = ["Start the portal as the user who made it", "Name another data folder: ./run --data DIR"],
            };
        }
        catch (IOException fault)
        {
            throw new PortalException("platform.data_folder_in_use", $"Another portal is running with the data folder {dataFolder}.", fault)
            {
                SuggestedActions = ["Stop the other one", "Name another data folder: ./run --data DIR"],
            };
        }
    }

    private static async Task<string> RealPathAsync(string folder, CancellationToken cancellation)
    {
        var (exitCode, output) = await ProgramRunner.RunAsync("readlink", ["-f", folder], null, cancellation);
        return exitCode == 0 && output.Trim().Length > 0 ? output.TrimEnd('\n') : folder;
    }

    /// <summary>Below the range that systems give to outgoing connections, so that it stays free from start to start.</summary>
    private static int FreePort()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (IsFree(port)) return port;
        }
        throw new PortalException("platform.server_start", "No free port was found between 20000 and 32000.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
