using System.Globalization;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Quality;

/// <summary>Some rows of one table, on a connection of their own. Reading blocks.</summary>
internal sealed class StoredReader : RowReader
{
    private readonly NpgsqlTransaction transaction;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlRawCopyStream stream;
    private readonly PostgresBinaryReader reader;
    private bool ended;

    private StoredReader(NpgsqlTransaction transaction, NpgsqlRawCopyStream stream, IReadOnlyList<ColumnDescription> columns) =>
        (this.transaction, connection, this.stream, reader) = (transaction, transaction.Connection!, stream, new(stream, columns));

    public override IReadOnlyList<Column> Batch => reader.Batch;

    public static StoredReader Open(PortalDatabase database, Actor? actor, string table, IReadOnlyList<ColumnDescription> columns, long firstRow, long? rows, CancellationToken cancellation)
    {
        var begun = database.BeginRowsAsync(actor, cancellation).GetAwaiter().GetResult();
        var opened = begun.Connection!;
        try
        {
            // Rows lie nearly in order of their numbers: reading them through that index beats sorting them all.
            using (var settings = new NpgsqlCommand("SET LOCAL statement_timeout = 0; SET LOCAL enable_sort = off", opened, begun))
                settings.ExecuteNonQuery();
            var range = firstRow == 0 && rows is null ? "" : string.Create(CultureInfo.InvariantCulture, $" WHERE \"{StoredTable.RowNumber}\" >= {firstRow}{(rows is { } count ? string.Create(CultureInfo.InvariantCulture, $" AND \"{StoredTable.RowNumber}\" < {firstRow + count}") : "")}");
            return new(begun, opened.BeginRawBinaryCopy($"COPY (SELECT {string.Join(", ", columns.Select(ColumnSql.Name))} FROM {table}{range} ORDER BY \"{StoredTable.RowNumber}\") TO STDOUT (FORMAT binary)"), columns);
        }
        catch
        {
            begun.Dispose();
            opened.Dispose();
            throw;
        }
    }

    public override int Read(int most)
    {
        var read = ended ? 0 : reader.Read(most);
        ended |= read < most;
        return read;
    }

    public override void Dispose()
    {
        reader.Dispose();
        // Left before its end, the server would send all the rest first.
        if (!ended)
            stream.Cancel();
        stream.Dispose();
        transaction.Dispose();
        connection.Dispose();
    }
}
