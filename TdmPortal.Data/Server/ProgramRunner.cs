using System.Diagnostics;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Server;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal static class ProgramRunner
{
    /// <param name="user">Runs it as that user (when the portal is root), or null for the portal's own.</param>
    /// <returns>Exit code and both outputs together.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, ServiceUser? user, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo
        {
            // The service user may not be able to enter the folder that the portal was started in.
            WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        var all = user is null ? [program, .. arguments] : (IReadOnlyList<string>)[.. user.Prefix, program, .. arguments];
        start.FileName = all[0];
        foreach (var argument in all.Skip(1)) start.ArgumentList.Add(argument);
        // The caller's PGPORT, PGDATA or PGPASSWORD are about another server.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new PortalException("platform.program_missing", $"The program {all[0]} could not be started: {fault.Message}", fault);
        }
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
