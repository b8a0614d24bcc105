using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Coverage;

/// <summary>A value, or a short stretch of them, that tests want to see.</summary>
/// <param name="Place">Of the column.</param>
/// <param name="Least">Of stored whole numbers; of texts, characters.</param>
/// <param name="Greatest">The last one of the stretch.</param>
/// <param name="Number">Of a column of doubles.</param>
internal sealed record BoundaryCase(int Place, string Name, long Least, long Greatest, double Number = 0)
{
    /// <summary>Rows of a batch that show it.</summary>
    public int Count(Column column, int count)
    {
        var found = 0;
        for (var row = 0; row < count; row++)
        {
            if (!column.IsNull(row) && Shows(column, row))
                found++;
        }

        return found;
    }

    private bool Shows(Column column, int row) => column switch
    {
        LongColumn whole => whole.Values[row] >= Least && whole.Values[row] <= Greatest,
        DoubleColumn numbers => numbers.Values[row] == Number,
        TextColumn text => Points(text[row]) == Least,
        _ => false,
    };

    private static int Points(ReadOnlySpan<byte> text)
    {
        var points = 0;
        foreach (var one in text)
            points += (one & 0xC0) == 0x80 ? 0 : 1;
        return points;
    }
}
