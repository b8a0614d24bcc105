using System.Diagnostics;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Scripts;

/// <summary>./tdm in a checkout of its own, where building takes no time: dotnet is a script that writes the program and counts.</summary>
public sealed class TdmTests : IDisposable
{
    private readonly string folder = TestFolder.Create();

    public TdmTests()
    {
        foreach (var part in new[] { "scripts", "tools", "TdmPortal.Core/Schemas", "TdmPortal.Postgres", "TdmPortal.Cli" })
            Directory.CreateDirectory(PathOf(part));
        File.Copy(Repository.PathOf("tdm"), PathOf("tdm"));
        File.Copy(Repository.PathOf("scripts", "needs.sh"), PathOf("scripts/needs.sh"));
        foreach (var source in new[] { "TdmPortal.Core/Schemas/Reader.cs", "TdmPortal.Core/Schemas/Writer.cs", "TdmPortal.Postgres/TableLoader.cs", "TdmPortal.Cli/Program.cs", "Directory.Build.props", "Directory.Packages.props" })
            WriteOld(source, "x");
        WriteOld("tools/dotnet", """
            #!/usr/bin/env bash
            if [ "$1" = --list-sdks ]; then echo "10.0.100 [/sdk]"; exit; fi
            cd "$(dirname "$0")/.."
            echo "$*" >>builds
            [ ! -e broken ] || { echo "Reader.cs(1,1): error CS1002"; exit 1; }
            mkdir -p TdmPortal.Cli/obj TdmPortal.Cli/bin/Release/net10.0
            printf '#!/bin/sh\necho "tdm $*"\n' >TdmPortal.Cli/bin/Release/net10.0/tdm
            chmod +x TdmPortal.Cli/bin/Release/net10.0/tdm
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("tools/dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private int Builds => File.Exists(PathOf("builds")) ? File.ReadAllLines(PathOf("builds")).Length : 0;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Start_FirstUse_BuildsInReleaseAndHandsOnTheArguments()
    {
        Assert.Equal((0, "tdm validate a b.json\n", ""), await RunAsync("validate", "a b.json"));
        Assert.StartsWith("build TdmPortal.Cli -c Release", File.ReadAllText(PathOf("builds")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NothingChanged_DoesNotBuild()
    {
        await RunAsync();
        await RunAsync();
        Assert.Equal((0, "tdm generators\n", ""), await RunAsync("generators"));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public async Task Start_CompiledForThisProcessor_TakesThatCopyAndForAnotherNot()
    {
        await RunAsync();
        var native = PathOf("TdmPortal.Cli/bin/Release/net10.0/native");
        Directory.CreateDirectory(native);
        await File.WriteAllTextAsync(Path.Combine(native, "tdm"), "#!/bin/sh\necho \"native $*\"\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(native, "tdm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var processor = (await File.ReadAllLinesAsync("/proc/cpuinfo", TestContext.Current.CancellationToken)).First(line => line.StartsWith("flags", StringComparison.Ordinal) || line.StartsWith("Features", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(native, "processor"), processor + "\n", TestContext.Current.CancellationToken);
        Assert.Equal((0, "native generators\n", ""), await RunAsync("generators"));

        await File.WriteAllTextAsync(Path.Combine(native, "processor"), processor + " avx9000\n", TestContext.Current.CancellationToken);
        Assert.Equal((0, "tdm generators\n", ""), await RunAsync("generators"));
        Assert.Equal(1, Builds);
    }

    [Theory]
    [InlineData("TdmPortal.Core/Schemas/Reader.cs")]
    [InlineData("TdmPortal.Core/Schemas/New.cs")]
    [InlineData("TdmPortal.Cli/TdmPortal.Cli.csproj")]
    [InlineData("Directory.Packages.props")]
    public async Task Start_SourceWritten_BuildsOnce(string source)
    {
        await RunAsync();
        await File.WriteAllTextAsync(PathOf(source), "y", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(PathOf(source), File.GetLastWriteTimeUtc(PathOf("TdmPortal.Cli/bin/Release/net10.0/tdm.built")).AddSeconds(1));
        await RunAsync();
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task Start_SourceDeleted_Builds()
    {
        await RunAsync();
        File.Delete(PathOf("TdmPortal.Core/Schemas/Writer.cs"));
        Directory.SetLastWriteTimeUtc(PathOf("TdmPortal.Core/Schemas"), File.GetLastWriteTimeUtc(PathOf("TdmPortal.Cli/bin/Release/net10.0/tdm.built")).AddSeconds(1));
        await RunAsync();
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task Start_BuildFails_TellsWhyAndTriesAgain()
    {
        await File.WriteAllTextAsync(PathOf("broken"), "", TestContext.Current.CancellationToken);
        var (code, output, error) = await RunAsync("generators");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("error CS1002", error, StringComparison.Ordinal);

        File.Delete(PathOf("broken"));
        Assert.Equal((0, "tdm generators\n", ""), await RunAsync("generators"));
    }

    private string PathOf(string part) => Path.Combine(folder, part);

    private void WriteOld(string source, string text)
    {
        File.WriteAllText(PathOf(source), text);
        File.SetLastWriteTimeUtc(PathOf(source), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(PathOf("tdm"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = PathOf("tools") + ":" + Environment.GetEnvironmentVariable("PATH") },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
