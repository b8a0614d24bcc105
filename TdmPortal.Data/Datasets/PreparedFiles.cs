using TdmPortal.Core.Formats;

namespace TdmPortal.Data.Datasets;

/// <summary>The folder of files that were prepared with versions: <c>files/&lt;version id&gt;/&lt;name&gt;</c> below the portal's data folder.</summary>
public sealed class PreparedFiles(PortalDatabase database)
{
    /// <summary>Writes a file under its final name only when it is whole.</summary>
    public async Task<PreparedFile> WriteAsync(Guid version, string name, RowFormat format, Func<Stream, Task> write, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder(version));
        var path = Path.Combine(Folder(version), name);
        var unfinished = path + ".part";
        try
        {
            await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                await write(stream);
                await stream.FlushAsync(cancellation);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        return new PreparedFile(name, format, new FileInfo(path).Length);
    }

    /// <param name="name">One of the version's own list, never what a user typed.</param>
    public Stream Open(Guid version, string name) => new FileStream(Path.Combine(Folder(version), name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public void Delete(Guid version)
    {
        if (Directory.Exists(Folder(version)))
            Directory.Delete(Folder(version), recursive: true);
    }

    private string Folder(Guid version) => Path.Combine(database.DataFolder, "files", version.ToString("N"));
}
