namespace TdmPortal.Cli;

/// <summary>A file that appears under its name only when it is complete.</summary>
internal static class OutputFile
{
    private const string Nothing = "/dev/null";

    /// <summary>Whether what is written there is kept nowhere; the same name on every system.</summary>
    public static bool IsDiscarded(string folder) => folder == Nothing;

    public static void Write(string folder, string name, Action<Stream> write)
    {
        if (IsDiscarded(folder))
        {
            // The device itself, so that the bytes are handed to the system as for any other file.
            using var nothing = OperatingSystem.IsWindows() ? Stream.Null : new FileStream(Nothing, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, BufferSize = 0 });
            write(nothing);
            return;
        }

        // Beside the file itself, so that the last step is a rename and no copy.
        var path = Path.Combine(folder, name);
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var stream = new FileStream(partial, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 }))
                write(stream);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
