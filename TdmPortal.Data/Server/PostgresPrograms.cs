using System.Globalization;
using System.Text.RegularExpressions;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>A folder with PostgreSQL's programs and their major version.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Major)
{
    public const int OldestMajor = 15;

    public string InitDb => Path.Combine(Folder, "initdb");
    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>The newest programs there are; for a folder that holds a database already, those of its own version.</summary>
    /// <param name="folder">Looked at first, before PORTAL_POSTGRES_BIN and the usual places.</param>
    /// <param name="major">The version that wrote the files, or null for a new database.</param>
    public static async Task<PostgresPrograms> FindAsync(string? folder, int? major, CancellationToken cancellation)
    {
        var found = new List<PostgresPrograms>();
        foreach (var candidate in Candidates(folder).Distinct(StringComparer.Ordinal))
        {
            if (!File.Exists(Path.Combine(candidate, "postgres")) || !File.Exists(Path.Combine(candidate, "initdb"))) continue;
            var version = await MajorOfAsync(candidate, cancellation);
            if (version < OldestMajor) continue;
            var programs = new PostgresPrograms(candidate, version);
            // The first place that fits wins: candidates come in the order of preference.
            if (major is null || version == major) return programs;
            found.Add(programs);
        }
        throw major is { } needed && found.Count > 0
            ? new PortalException("platform.postgres_version", $"The database's files were made by PostgreSQL {needed}, but only {string.Join(", ", found.Select(p => $"{p.Major} ({p.Folder})"))} is installed, which cannot read them.")
            {
                SuggestedActions = [$"Install PostgreSQL {needed} beside it", "Set PORTAL_POSTGRES_BIN to the folder of its programs", "Move the files to the newer version with pg_upgrade"],
            }
            : new PortalException("platform.postgres_missing", $"No PostgreSQL {major ?? OldestMajor}{(major is null ? " or later" : "")} was found in PORTAL_POSTGRES_BIN, /usr/lib/postgresql, /usr/pgsql-* or on the PATH.")
            {
                SuggestedActions = ["Start with ./run, which installs it", "Install it (Debian: apt-get install postgresql)", "Set ConnectionStrings__Portal to a server of your own"],
            };
    }

    private static IEnumerable<string> Candidates(string? first)
    {
        if (!string.IsNullOrEmpty(first)) yield return first;
        if (Environment.GetEnvironmentVariable("PORTAL_POSTGRES_BIN") is { Length: > 0 } named) yield return named;
        string[] places = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];
        foreach (var place in places)
        {
            var pattern = place == "/usr/lib/postgresql" ? "*" : place == "/usr" ? "pgsql-*" : "postgresql@*";
            if (!Directory.Exists(place)) continue;
            foreach (var versioned in Directory.GetDirectories(place, pattern).OrderByDescending(d => Number().Match(Path.GetFileName(d)) is { Success: true } m ? int.Parse(m.Value, CultureInfo.InvariantCulture) : 0))
                yield return Path.Combine(versioned, "bin");
        }
        foreach (var entry in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return entry;
    }

    private static async Task<int> MajorOfAsync(string folder, CancellationToken cancellation)
    {
        var (exitCode, output) = await ProgramRunner.RunAsync(Path.Combine(folder, "postgres"), ["--version"], null, cancellation);
        var match = Number().Match(output);
        return exitCode == 0 && match.Success ? int.Parse(match.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex("[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
