namespace TdmPortal.Cli;

/// <summary>A file that appears under its name only when it is complete.</summary>
internal static class OutputFile
{
    public static void Write(string path, Action<Stream> write)
    {
        // Beside the file itself, so that the last step is a rename and no copy.
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
