namespace TdmPortal.Benchmarks;

/// <summary>A folder for one measurement; a server that is not run by root can pass through it.</summary>
internal sealed class MeasuredFolder : IDisposable
{
    public MeasuredFolder()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("tdm-measure-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
