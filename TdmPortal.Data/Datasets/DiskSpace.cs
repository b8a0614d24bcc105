using System.Globalization;
using Npgsql;
using TdmPortal.Core.Errors;

namespace TdmPortal.Data.Datasets;

/// <summary>Whether the database server's disk can take a version beside what is there. Known only where the server runs on this machine.</summary>
public sealed class DiskSpace(PortalDatabase database)
{
    // Room for the write-ahead log, temporary files of sorts, and whoever else uses the disk.
    private const long Reserve = 512L << 20;
    private const double Margin = 1.3;

    /// <exception cref="PortalException">dataset.disk_full</exception>
    public async Task CheckAsync(long bytes, CancellationToken cancellation)
    {
        var free = await FreeAsync(cancellation);
        var needed = (long)(bytes * Margin) + Reserve;
        if (free is null || free >= needed)
            return;
        throw new PortalException("dataset.disk_full", $"The rows need about {Readable(bytes)} and some room to work in, {Readable(needed)} in all, but the database server's disk has {Readable(free.Value)} left.")
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["bytesNeeded"] = needed, ["bytesFree"] = free },
            SuggestedActions = ["Generate fewer rows or choose a smaller scale.", "Delete datasets that are not needed any more.", "Ask an administrator for more disk space."],
        };
    }

    /// <summary>Bytes left for the server, null when it runs elsewhere.</summary>
    public Task<long?> FreeAsync(CancellationToken cancellation) => database.ProvisionAsync<long?>(async (connection, token) =>
    {
        await using var command = new NpgsqlCommand("SELECT CASE WHEN pg_has_role(current_user, 'pg_read_all_settings', 'USAGE') THEN current_setting('data_directory') END, inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1'", connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        if (await reader.IsDBNullAsync(0, token) || !reader.GetBoolean(1))
            return null;
        try
        {
            return new DriveInfo(reader.GetString(0)).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // In a container beside ours, say: the folder is not to be seen from here.
            return null;
        }
    }, cancellation);

    internal static string Readable(long bytes) => bytes >= 1L << 30
        ? (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB"
        : (bytes / (double)(1L << 20)).ToString("0", CultureInfo.InvariantCulture) + " MiB";
}
