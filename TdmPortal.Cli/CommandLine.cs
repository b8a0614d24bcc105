using System.CommandLine;
using System.Runtime.InteropServices;
using TdmPortal.Core.Errors;
using TdmPortal.Postgres;

namespace TdmPortal.Cli;

/// <summary>The commands of tdm, and what their failures look like.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Generates test data from schema documents.")
        {
            GenerateCommand.Create(output, error),
            ValidateCommand.Create(output),
            GeneratorsCommand.Create(output),
            CheckCommand.Create(output, error),
            ImportCommand.Create(output, error),
            LoadCommand.Create(output, error),
            MaskCommand.Create(output, error),
        };
        // @file names a file with a connection string, so it is none with further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                await error.WriteLineAsync($"tdm: {DatabaseConnection.WithoutSecrets(problem.Message, args)}");
            await error.WriteLineAsync("Try 'tdm --help'.");
            return ExitCode.Usage;
        }

        using var interrupted = new CancellationTokenSource();
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error }, interrupted.Token);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("tdm: interrupted");
            return ExitCode.Interrupted;
        }
        catch (UsageException failure)
        {
            await error.WriteLineAsync($"tdm: {failure.Message}");
            return ExitCode.Usage;
        }
        catch (LoadRefusedException failure)
        {
            await error.WriteLineAsync("tdm: nothing was loaded:");
            foreach (var reason in failure.Reasons)
                await error.WriteLineAsync($"  {reason}");
            return ExitCode.Mistake;
        }
        catch (SchemaInvalidException failure)
        {
            foreach (var problem in failure.Problems)
                await error.WriteLineAsync(problem.ToString());
            return ExitCode.Mistake;
        }
        catch (PortalException failure)
        {
            await error.WriteLineAsync($"tdm: {failure.Message}");
            foreach (var action in failure.SuggestedActions)
                await error.WriteLineAsync($"  {action}");
            return ExitCode.Mistake;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"tdm: {failure.Message}");
            return ExitCode.Mistake;
        }
    }
}
