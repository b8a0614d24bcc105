using System.Security.Cryptography;
using System.Text.Json;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Retention;

/// <summary>Opens an archive only when every byte of it is what was written.</summary>
public sealed class ArchiveReader(IArchiveFiles files)
{
    /// <summary>The manifest, after its hash and those of all files were compared.</summary>
    /// <exception cref="PortalException">archive.damaged, archive.newer</exception>
    internal async Task<ArchiveManifest> ReadAsync(StoredArchive archive, CancellationToken cancellation)
    {
        try
        {
            byte[] content;
            await using (var stream = await files.OpenAsync(archive.Id, ArchiveManifest.FileName, cancellation))
            {
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy, cancellation);
                content = copy.ToArray();
            }

            if (Convert.ToHexStringLower(SHA256.HashData(content)) != archive.ManifestHash)
                throw Damaged(archive, ArchiveManifest.FileName, "is not what was written");
            var manifest = JsonSerializer.Deserialize<ArchiveManifest>(content, StoredJson.Options)!;
            if (manifest.Format > ArchiveManifest.CurrentFormat)
                throw new PortalException("archive.newer", $"The archive of version {archive.Number} was written by a newer portal (format {manifest.Format}).") { SuggestedActions = ["Restore it with that portal"] };
            foreach (var entity in manifest.Entities)
            {
                await using var file = await files.OpenAsync(archive.Id, entity.File, cancellation);
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)) != entity.Sha256)
                    throw Damaged(archive, entity.File, "is not what was written");
            }

            return manifest;
        }
        catch (FileNotFoundException missing)
        {
            throw Damaged(archive, missing.FileName is null ? "A file" : Path.GetFileName(missing.FileName), "is missing");
        }
    }

    private static PortalException Damaged(StoredArchive archive, string file, string what) => new("archive.damaged", $"The archive of version {archive.Number} is damaged: {file} {what}. Nothing was restored.")
    {
        SuggestedActions = ["Bring the archive's folder back from a backup", "Generate the version again from its schema, seed and date: the same rows come out, as long as the engine is the one of then"],
    };
}
