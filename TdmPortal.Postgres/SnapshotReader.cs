using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Postgres;

/// <summary>One reading of one table, on a connection of its own.</summary>
internal sealed class SnapshotReader(string table, NpgsqlTransaction transaction, NpgsqlRawCopyStream stream, IReadOnlyList<SelectedColumn> columns, CancellationToken cancellation) : RowReader
{
    private readonly NpgsqlConnection connection = transaction.Connection!;
    private readonly PostgresBinaryReader reader = new(stream, [.. columns.Select(column => column.Read)]);
    private bool ended;

    public override IReadOnlyList<Column> Batch => reader.Batch;

    public override int Read(int most)
    {
        cancellation.ThrowIfCancellationRequested();
        if (ended)
            return 0;
        try
        {
            var read = reader.Read(most);
            ended = read < most;
            return read;
        }
        catch (PortalException failure) when (failure.Code == "dataset.unreadable")
        {
            var narrowed = columns.Where(column => column.IsNarrowed || column.Description.Type == Core.Schemas.FieldType.Decimal).Select(column => column.Description.ColumnName).ToList();
            var arrays = columns.Where(column => column.Description.IsArray).Select(column => column.Description.ColumnName).ToList();
            throw new PortalException("source.unreadable", $"{table} holds a value that its field cannot hold: {failure.Message}")
            {
                SuggestedActions =
                [
                    .. narrowed.Count == 0 ? Array.Empty<string>() : [$"Give these fields as many digits as their columns have: {string.Join(", ", narrowed)}"],
                    .. arrays.Count == 0 ? Array.Empty<string>() : [$"Arrays with nulls in them, or of several dimensions, are read as text: make these fields strings without array: {string.Join(", ", arrays)}"],
                    "Leave the column out of the schema",
                ],
            };
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure))
        {
            throw ServerFailure.Explain(failure, $"Reading {table}");
        }
    }

    public override void Dispose()
    {
        reader.Dispose();
        try
        {
            // Left before its end, the server would send all the rest first.
            if (!ended)
                stream.Cancel();
            stream.Dispose();
            transaction.Dispose();
        }
        catch (Exception failure) when (ServerFailure.IsOne(failure) || failure is ObjectDisposedException or InvalidOperationException)
        {
            // Reading is over either way, and what broke it has been said.
        }

        connection.Dispose();
    }
}
