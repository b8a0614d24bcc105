namespace TdmPortal.Data.Retention;

/// <summary>Archives in <c>archives/&lt;id&gt;/</c> below the portal's data folder; one that is being written has the ending <c>.part</c>.</summary>
public sealed class ArchiveFolder(PortalDatabase database) : IArchiveFiles
{
    private const string Unfinished = ".part";
    private const int Buffer = 1 << 16;

    private string Root => Path.Combine(database.DataFolder, "archives");

    public Task BeginAsync(Guid archive, CancellationToken cancellation)
    {
        Remove(Of(archive));
        Remove(Of(archive) + Unfinished);
        Directory.CreateDirectory(Of(archive) + Unfinished);
        return Task.CompletedTask;
    }

    public async Task WriteAsync(Guid archive, string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        await using var file = new FileStream(Path.Combine(Of(archive) + Unfinished, name), FileMode.Create, FileAccess.Write, FileShare.None, Buffer, FileOptions.Asynchronous);
        await write(file);
        await file.FlushAsync(cancellation);
        file.Flush(flushToDisk: true);
    }

    public Task CompleteAsync(Guid archive, CancellationToken cancellation)
    {
        Directory.Move(Of(archive) + Unfinished, Of(archive));
        return Task.CompletedTask;
    }

    public Task<Stream> OpenAsync(Guid archive, string name, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(Path.Combine(Of(archive), name), FileMode.Open, FileAccess.Read, FileShare.Read, Buffer, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new FileNotFoundException(missing.Message, name, missing);
        }
    }

    public Task DeleteAsync(Guid archive, CancellationToken cancellation)
    {
        Remove(Of(archive));
        Remove(Of(archive) + Unfinished);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<(Guid Archive, long Bytes, DateTimeOffset WrittenAt)>> ListAsync(CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, (long Bytes, DateTimeOffset WrittenAt)>();
        foreach (var folder in Directory.Exists(Root) ? new DirectoryInfo(Root).EnumerateDirectories() : [])
        {
            cancellation.ThrowIfCancellationRequested();
            var name = folder.Name.EndsWith(Unfinished, StringComparison.Ordinal) ? folder.Name[..^Unfinished.Length] : folder.Name;
            if (!Guid.TryParseExact(name, "N", out var archive))
                continue;
            var files = folder.EnumerateFiles().ToList();
            var (bytes, writtenAt) = found.GetValueOrDefault(archive);
            var last = files.Select(file => new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)).Append(new DateTimeOffset(folder.LastWriteTimeUtc, TimeSpan.Zero)).Max();
            found[archive] = (bytes + files.Sum(file => file.Length), last > writtenAt ? last : writtenAt);
        }

        return Task.FromResult<IReadOnlyList<(Guid, long, DateTimeOffset)>>([.. found.Select(pair => (pair.Key, pair.Value.Bytes, pair.Value.WrittenAt))]);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private string Of(Guid archive) => Path.Combine(Root, archive.ToString("N"));
}
