namespace TdmPortal.Core.Generation;

/// <summary>
/// An exact share of rows without a parent, the others numbered on their own: in each block of 64 rows a keyed
/// permutation says which are which, and how many there are before a block is arithmetic. So a link whose children are
/// counted (one-to-one, perParent, a junction) runs over the rows that have a parent only.
/// </summary>
internal sealed class OrphanRows(ulong key, double percent, long rows)
{
    private const int BlockRows = 64;
    private readonly double share = percent / 100;

    /// <summary>Rows that have a parent.</summary>
    public long Present => rows - OrphansBefore(rows);

    /// <summary>How many rows there are when so many have a parent, or <see cref="long.MaxValue"/> where there is no such number.</summary>
    public static long RowsFor(long present, double percent)
    {
        var part = percent / 100;
        if (!(part < 1) || present / (1 - part) > 1e15)
            return present == 0 ? 0 : long.MaxValue;
        var rows = (long)(present / (1 - part));
        while (rows - (long)(rows * part) > present)
            rows--;
        while (rows - (long)(rows * part) < present)
            rows++;
        return rows;
    }

    /// <summary>Number of a row among those that have a parent, -1 where it has none.</summary>
    public long NumberOf(long row)
    {
        var block = row / BlockRows;
        var (start, size, orphans) = Block(block);
        var rank = (long)Permutation(block, size).Map((ulong)(row - start));
        return rank < orphans ? -1 : start - OrphansBefore(start) + rank - orphans;
    }

    /// <summary>The row of a number.</summary>
    public long RowOf(long number)
    {
        var block = (long)(number / (1 - share)) / BlockRows;
        while (block > 0 && PresentBefore(block) > number)
            block--;
        while (PresentBefore(block + 1) <= number)
            block++;
        var (start, size, orphans) = Block(block);
        return start + (long)Permutation(block, size).Invert((ulong)(orphans + number - PresentBefore(block)));
    }

    private long PresentBefore(long block)
    {
        var start = Math.Min(rows, block * BlockRows);
        return start - OrphansBefore(start);
    }

    private (long Start, long Size, long Orphans) Block(long block)
    {
        var start = block * BlockRows;
        var end = Math.Min(rows, start + BlockRows);
        return (start, end - start, OrphansBefore(end) - OrphansBefore(start));
    }

    private long OrphansBefore(long row) => (long)(row * share);

    private KeyedPermutation Permutation(long block, long size) => new(Randomness.Cell(key, block), (ulong)size);
}
