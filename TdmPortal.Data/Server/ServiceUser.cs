using System.Globalization;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>The unprivileged user that PostgreSQL runs as when the portal is root: PostgreSQL refuses to be root.</summary>
internal sealed record ServiceUser(string Name, int Uid, int Gid)
{
    /// <summary>What goes in front of a command to run it as this user; it replaces itself with the command.</summary>
    public IReadOnlyList<string> Prefix { get; } = ["setpriv", $"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--"];

    /// <summary>Null when the portal is not root: then its own user serves.</summary>
    /// <param name="serverFolder">Its owner goes first, so that a second start uses the same user.</param>
    public static async Task<ServiceUser?> ForAsync(string serverFolder, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()) return null;
        var users = Users();
        if (Directory.Exists(serverFolder))
        {
            var (exitCode, output) = await ProgramRunner.RunAsync("stat", ["-c", "%u", serverFolder], null, cancellation);
            if (exitCode == 0 && int.TryParse(output.Trim(), CultureInfo.InvariantCulture, out var owner) && owner != 0)
                return users.Find(u => u.Uid == owner) ?? new ServiceUser(owner.ToString(CultureInfo.InvariantCulture), owner, owner);
        }
        if (int.TryParse(Environment.GetEnvironmentVariable("SUDO_UID"), CultureInfo.InvariantCulture, out var caller) && caller != 0 && users.Find(u => u.Uid == caller) is { } sudoer)
            return sudoer;
        return users.Find(u => u.Name == "postgres") ?? users.Find(u => u.Name == "nobody")
            ?? throw new PortalException("platform.no_service_user", "The portal runs as root, PostgreSQL refuses to, and there is neither a user postgres nor nobody to run it as.")
            {
                SuggestedActions = ["Start the portal as an ordinary user", "Make a user named postgres"],
            };
    }

    /// <summary>Makes the folder and hands it to the user.</summary>
    /// <returns>Whether the user can reach it: the folder may be its own while a parent is closed to it.</returns>
    public async Task<bool> OwnAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await MustAsync("chown", [$"{Uid}:{Gid}", folder], cancellation);
        await MustAsync("chmod", ["700", folder], cancellation);
        var (exitCode, _) = await ProgramRunner.RunAsync("test", ["-w", folder, "-a", "-x", folder], this, cancellation);
        return exitCode == 0;
    }

    private static async Task MustAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var (exitCode, output) = await ProgramRunner.RunAsync(program, arguments, null, cancellation);
        if (exitCode != 0) throw new PortalException("platform.server_start", $"{program} {string.Join(' ', arguments)} failed: {output.Trim()}");
    }

    private static List<ServiceUser> Users() => File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(parts => parts.Length >= 4 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var _) && int.TryParse(parts[3], CultureInfo.InvariantCulture, out var _))
        .Select(parts => new ServiceUser(parts[0], int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture)))
        .ToList();
}
