using TdmPortal.Core.Formats;

namespace TdmPortal.Core.Quality;

/// <summary>Some rows of a source as text, for people's eyes.</summary>
public static class SourceRows
{
    /// <summary>The first rows of an entity. Blocks; call it where blocking is fine.</summary>
    /// <returns>A list a row, a cell a column of the entity, as in CSV without quotes; null for a null.</returns>
    public static IReadOnlyList<IReadOnlyList<string?>> Read(RowSource source, SourceEntity entity, int rows, CancellationToken cancellation)
    {
        var found = new List<IReadOnlyList<string?>>(rows);
        using var reader = source.Open(entity, [.. Enumerable.Range(0, entity.Columns.Count)], 0, rows, cancellation);
        for (int count; found.Count < rows && (count = reader.Read(rows - found.Count)) > 0;)
        {
            for (var row = 0; row < count; row++)
                found.Add([.. entity.Columns.Select((column, place) => CellText.Of(reader.Batch[place], row, column))]);
        }

        return found;
    }
}
