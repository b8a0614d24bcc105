using System.Diagnostics;
using System.Globalization;

namespace TdmPortal.Data.Server;

/// <summary>
/// Finds the processes of the server in a folder. A process id in postmaster.pid says nothing by itself: after a crash
/// another program may have it. Every PostgreSQL process works in its data folder, which the system shows.
/// </summary>
internal static class ClusterProcesses
{
    private static bool CanLook { get; } = Directory.Exists("/proc/self");

    /// <summary>The postmaster's id when it runs in <paramref name="cluster"/>, else null.</summary>
    public static int? Postmaster(string cluster)
    {
        if (PidOf(cluster) is not { } pid) return null;
        if (CanLook) return WorksIn(pid, cluster) ? pid : null;
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : pid;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Clears what a killed server left: back ends that have not noticed yet get a moment and are then killed (two
    /// servers on the same files would destroy them), and a lock file that names a process that is not the server goes.
    /// </summary>
    public static async Task ClearAsync(string cluster, TimeProvider time, CancellationToken cancellation)
    {
        if (!CanLook) return;
        for (var patience = 30; ; patience--)
        {
            var left = All(cluster);
            if (left.Count == 0) break;
            if (patience <= 0)
                foreach (var pid in left) Kill(pid);
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
        }
        File.Delete(Path.Combine(cluster, "postmaster.pid"));
    }

    /// <summary>Every live process of the server in <paramref name="cluster"/>.</summary>
    public static List<int> All(string cluster) => Directory.GetDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0 && WorksIn(pid, cluster))
        .ToList();

    private static bool WorksIn(int pid, string cluster)
    {
        try
        {
            return new FileInfo($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cwd").LinkTarget == cluster
                && File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/comm").StartsWith("post", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // ended meanwhile, a zombie, or another user's
        }
    }

    private static int? PidOf(string cluster)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        try
        {
            return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null; // removed between the two looks
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // ended by itself
        }
    }
}
