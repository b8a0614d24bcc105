using Npgsql;
using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>Rows as they come from the server: number, cells, and the sort key where a cursor needs it.</summary>
internal sealed class RowBuffer(int columns, bool keyed)
{
    private readonly List<long> numbers = [];
    private readonly List<string?[]> cells = [];
    private readonly List<string?> keys = [];

    public int Count => numbers.Count;

    public async Task ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            numbers.Add(reader.GetInt64(0));
            var row = new string?[columns];
            for (var column = 0; column < columns; column++)
                row[column] = reader.IsDBNull(column + 1) ? null : reader.GetString(column + 1);
            cells.Add(row);
            if (keyed)
                keys.Add(reader.IsDBNull(columns + 1) ? null : reader.GetString(columns + 1));
        }
    }

    public void Trim(int count)
    {
        if (Count <= count)
            return;
        numbers.RemoveRange(count, Count - count);
        cells.RemoveRange(numbers.Count, cells.Count - numbers.Count);
        if (keyed)
            keys.RemoveRange(numbers.Count, keys.Count - numbers.Count);
    }

    public void Reverse()
    {
        numbers.Reverse();
        cells.Reverse();
        keys.Reverse();
    }

    public string? CursorAt(int index, bool backwards) => index < 0 || index >= Count ? null : new RowCursor(backwards, keys[index], numbers[index]).ToString();

    public RowPage ToPage(IReadOnlyList<ColumnDescription> described, string? previous, string? next, long? matching, bool exact, string? missingIndex) =>
        new(described, numbers, cells, previous, next, matching, exact, missingIndex);
}
