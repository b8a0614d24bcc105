using System.Collections.Concurrent;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Import;

/// <summary>
/// Uploaded files of this process, sealed: known in memory only, so that nothing of them is left when the process ends.
/// They end when they are removed, when nobody used them for a while, and with the portal.
/// </summary>
public sealed class UploadVault : IDisposable
{
    private readonly PortalDatabase database;
    private readonly UploadOptions options;
    private readonly TimeProvider time;
    private readonly string folder;
    private readonly ConcurrentDictionary<Guid, Entry> uploads = new();
    private readonly ConcurrentDictionary<Guid, (Guid Team, long Bytes)> arriving = new();
    private readonly ITimer sweep;

    public UploadVault(PortalDatabase database, UploadOptions options, TimeProvider time)
    {
        (this.database, this.options, this.time) = (database, options, time);
        folder = Path.Combine(database.DataFolder, "sealed");
        // Nothing should be there: files lose their names when they are made. A name that is left is of one that was cut
        // short right then, and nobody's who still reads it.
        if (Directory.Exists(folder))
            foreach (var left in Directory.EnumerateFiles(folder))
                File.Delete(left);
        sweep = time.CreateTimer(_ => Sweep(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>Takes in a file.</summary>
    /// <param name="bytes">As announced; null: unknown.</param>
    /// <param name="taken">Told how many bytes have come.</param>
    /// <exception cref="PortalException">upload.too_large, upload.quota_exceeded, upload.disk_full, upload.empty</exception>
    public async Task<Upload> AddAsync(Actor actor, string name, Stream content, long? bytes, Action<long>? taken, CancellationToken cancellation)
    {
        name = NameOf(name);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        Check(actor.TeamId, name, id, bytes ?? 0, 0);
        try
        {
            SealedFile file;
            try
            {
                file = await SealedFile.WriteAsync(folder, content, count =>
                {
                    Check(actor.TeamId, name, id, Math.Max(count, bytes ?? 0), count);
                    taken?.Invoke(count);
                }, cancellation);
            }
            catch (IOException error) when (error.HResult == NoSpaceLeft)
            {
                throw DiskFull();
            }

            if (file.Length == 0)
            {
                file.Dispose();
                throw new PortalException("upload.empty", $"{name} is empty.") { SuggestedActions = ["Choose another file"] };
            }

            var upload = new Upload(id, name, file.Length, time.GetUtcNow());
            uploads[id] = new Entry(upload, actor.TeamId, actor.UserId, file, time);
            // Only that it came and how large it is.
            await database.RecordAsync(AuditSource.Of(actor), AuditAction.FileUploaded, null, new { upload.Id, name, upload.Bytes }, cancellation);
            return upload;
        }
        finally
        {
            arriving.TryRemove(id, out _);
        }
    }

    /// <summary>The actor's own.</summary>
    /// <exception cref="PortalException">upload.gone</exception>
    public Upload Get(Actor actor, Guid id) => uploads.TryGetValue(id, out var entry) && (entry.Team, entry.User) == (actor.TeamId, actor.UserId) ? entry.Upload : throw Gone();

    /// <summary>Removes one of the actor's own; nothing happens where there is none.</summary>
    public void Remove(Actor actor, Guid id)
    {
        if (uploads.TryGetValue(id, out var entry) && (entry.Team, entry.User) == (actor.TeamId, actor.UserId))
            End(id);
    }

    /// <summary>Reads one of the team's from its beginning.</summary>
    /// <exception cref="PortalException">upload.gone</exception>
    internal Stream Open(Guid team, Guid id)
    {
        if (!uploads.TryGetValue(id, out var entry) || entry.Team != team)
            throw Gone();
        entry.UsedAt = time.GetUtcNow();
        try
        {
            return entry.File.Open();
        }
        catch (ObjectDisposedException)
        {
            throw Gone();
        }
    }

    /// <summary>What was found in one of the team's when it was read in this way; kept with it, in memory.</summary>
    internal InspectedFile Inspected(Guid team, Guid id, FileDialect? dialect, BadLinePolicy badLines, Func<InspectedFile> inspect)
    {
        if (!uploads.TryGetValue(id, out var entry) || entry.Team != team)
            throw Gone();
        // Dialects hold a list, so they are compared as they are written.
        var asked = StoredJson.Write(dialect);
        if (entry.Inspected is { } kept && kept.BadLines == badLines && (kept.Asked == asked || (dialect is not null && asked == StoredJson.Write(kept.File.Dialect))))
            return kept.File;
        var file = inspect();
        entry.Inspected = new(asked, badLines, file);
        return file;
    }

    /// <summary>One of the team's; null: it is gone.</summary>
    internal Upload? Find(Guid team, Guid id) => uploads.TryGetValue(id, out var entry) && entry.Team == team ? entry.Upload : null;

    public void Dispose()
    {
        sweep.Dispose();
        foreach (var id in uploads.Keys)
            End(id);
    }

    internal void Sweep()
    {
        foreach (var (id, entry) in uploads)
        {
            if (time.GetUtcNow() - entry.UsedAt > options.Unused)
                End(id);
        }
    }

    private void End(Guid id)
    {
        if (uploads.TryRemove(id, out var entry))
            entry.File.Dispose();
    }

    private void Check(Guid team, string name, Guid id, long bytes, long written)
    {
        if (bytes > options.MostBytes)
            throw new PortalException("upload.too_large", $"{name} has more than {DiskSpace.Readable(options.MostBytes)}, the most that one file may have.") { SuggestedActions = ["Upload a part of it: patterns are learned from a sample just as well", "Connect the database that it comes from instead"] };
        arriving[id] = (team, bytes);
        var others = uploads.Values.Where(entry => entry.Team == team).ToList();
        var coming = arriving.Values.Where(one => one.Team == team).ToList();
        if (others.Count + coming.Count > options.MostFilesOfTeam || others.Sum(entry => entry.Upload.Bytes) + coming.Sum(one => one.Bytes) > options.MostBytesOfTeam)
            throw new PortalException("upload.quota_exceeded", $"The team has {others.Count} uploaded files of {DiskSpace.Readable(others.Sum(entry => entry.Upload.Bytes))} in all; {options.MostFilesOfTeam} files and {DiskSpace.Readable(options.MostBytesOfTeam)} are possible.") { SuggestedActions = ["Finish or discard other imports first"] };
        Directory.CreateDirectory(folder);
        if (new DriveInfo(folder).AvailableFreeSpace - (bytes - written) < options.KeepFree)
            throw DiskFull();
    }

    private static PortalException DiskFull() => new("upload.disk_full", "The disk of the portal has no room for the file.") { SuggestedActions = ["Upload a part of it", "Ask an administrator for more disk space"] };

    internal static PortalException Gone() => new("upload.gone", "The uploaded file is not there any more: uploads are kept in no readable form, end when nobody uses them for a while, and do not outlive the one process of the portal that took them in.") { SuggestedActions = ["Upload the file again"] };

    /// <summary>What a browser calls a file may be anything.</summary>
    private static string NameOf(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        last = string.Concat(last.Where(c => !char.IsControl(c)));
        return last.Length switch { 0 => "file", > 120 => last[..60] + "…" + last[^58..], _ => last };
    }

    private const int NoSpaceLeft = 28;

    private sealed record Entry(Upload Upload, Guid Team, Guid User, SealedFile File, TimeProvider Time)
    {
        public Looked? Inspected { get; set; }

        public DateTimeOffset UsedAt { get; set; } = Time.GetUtcNow();
    }

    private sealed record Looked(string Asked, BadLinePolicy BadLines, InspectedFile File);
}
