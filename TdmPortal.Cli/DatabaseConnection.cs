using Npgsql;

namespace TdmPortal.Cli;

/// <summary>The connection that a command is given: itself, in a file (@file) or in an environment variable (env:NAME). Never shown.</summary>
internal static class DatabaseConnection
{
    public const string Help = "a connection string (Host=…;Database=…;Username=…;Password=…), a postgresql:// address, @FILE that holds one, or env:NAME for one in an environment variable";

    /// <exception cref="UsageException">It is no connection string.</exception>
    public static NpgsqlDataSource Open(string option, string given)
    {
        var text = Text(option, given).Trim();
        try
        {
            var settings = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal) ? OfAddress(text) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(settings.Host))
                throw new UsageException($"{option}: the connection string names no Host");
            settings.ApplicationName ??= "tdm";
            settings.IncludeErrorDetail = false;

            // Only what is used, so that the program stays small where it is compiled ahead of time.
            var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
            builder.EnableArrays();
            builder.EnableTransportSecurity();
            return builder.Build();
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // What the failure says may quote the text.
            throw new UsageException($"{option} takes {Help}");
        }
    }

    /// <summary>Whether a text is meant as a connection and no file or folder.</summary>
    public static bool IsOne(string given) =>
        given.StartsWith("env:", StringComparison.Ordinal) || given.StartsWith('@') || given.StartsWith("postgres://", StringComparison.Ordinal) || given.StartsWith("postgresql://", StringComparison.Ordinal) || given.Contains("host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>A message without the words of the command line that may hold a password.</summary>
    public static string WithoutSecrets(string message, IEnumerable<string> words) => words.Where(word => word.Contains("password", StringComparison.OrdinalIgnoreCase) || word.Contains("://", StringComparison.Ordinal) || word.Contains("host=", StringComparison.OrdinalIgnoreCase))
        .Aggregate(message, (left, word) => left.Replace(word, "…", StringComparison.Ordinal));

    private static string Text(string option, string given)
    {
        if (given.StartsWith("env:", StringComparison.Ordinal))
            return Environment.GetEnvironmentVariable(given[4..]) is { Length: > 0 } value ? value : throw new UsageException($"{option}: there is no environment variable {given[4..]}");
        if (!given.StartsWith('@'))
            return given;
        return File.Exists(given[1..]) ? File.ReadAllText(given[1..]) : throw new UsageException($"{option}: there is no file {given[1..]}");
    }

    private static NpgsqlConnectionStringBuilder OfAddress(string text)
    {
        var address = new Uri(text);
        var who = address.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.Port > 0 ? address.Port : 5432, Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')) };
        if (who[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(who[0]);
        if (who.Length > 1)
            settings.Password = Uri.UnescapeDataString(who[1]);
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = (pair[..at], Uri.UnescapeDataString(pair[(at + 1)..]));
            if (name == "sslmode")
                settings.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            else if (name == "sslrootcert")
                settings.RootCertificate = value;
            else if (name == "connect_timeout")
                settings.Timeout = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            else if (name is not ("application_name" or "options"))
                throw new FormatException();
        }

        return settings;
    }
}
