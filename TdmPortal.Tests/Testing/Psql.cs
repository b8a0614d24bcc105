using System.Diagnostics;
using Npgsql;
using Xunit;

namespace TdmPortal.Tests.Testing;

/// <summary>PostgreSQL's own client, stopping at the first error.</summary>
internal static class Psql
{
    /// <summary>Runs what is written into it; fails with psql's own words where it stops.</summary>
    public static async Task RunAsync(string connectionString, Action<Stream> write)
    {
        var (code, errors) = await TryAsync(connectionString, write);
        Assert.True(code == 0, errors);
    }

    /// <summary>Runs what is written into it.</summary>
    /// <returns>Its exit code (0 done, 3 stopped at an error) and what it said of errors.</returns>
    public static async Task<(int Code, string Errors)> TryAsync(string connectionString, Action<Stream> write)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var program = Environment.GetEnvironmentVariable("PORTAL_POSTGRES_BIN") is { Length: > 0 } folder ? Path.Combine(folder, "psql") : "psql";
        var start = new ProcessStartInfo(program, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", target.Host!, "-p", $"{target.Port}", "-U", target.Username!, "-d", target.Database!])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = target.Password },
        };
        using var psql = Process.Start(start)!;
        var errors = psql.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = psql.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            write(psql.StandardInput.BaseStream);
            psql.StandardInput.Close();
        }
        catch (IOException)
        {
            // psql stopped at an error, which its exit code and its words tell.
        }

        await psql.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (psql.ExitCode, await errors);
    }
}
