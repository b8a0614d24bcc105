namespace TdmPortal.Core.Generation;

/// <summary>
/// Distinct tuples from three or more sets, tuple i being arithmetic and each set's tuples found backwards. The two
/// largest sets are a <see cref="PairDesign"/>, run through again and again: run m gives the pairs in the same order. A
/// further set is cut into runs by all sets before it: in each run a row has a number of its own, chunks of these numbers
/// are shuffled and meet the set as a <see cref="PairDesign"/>'s members do, and the next run is the members' next partner,
/// so that the same number never meets the same partner twice until it met all.
/// </summary>
internal sealed class TupleDesign
{
    private const long Endless = 1L << 60;
    private const long LeastChunk = 4096;
    private readonly long rows;
    private readonly PairDesign pairs;
    private readonly Side[] sides;

    /// <summary>A design of sets by size, largest first, for a number of rows that is at most the product of the sizes.</summary>
    public TupleDesign(ulong key, IReadOnlyList<long> sizes, long rows)
    {
        this.rows = rows;
        pairs = new(key, sizes[0], sizes[1], Math.Min(rows, Times(sizes[0], sizes[1])));
        sides = new Side[sizes.Count];
        var before = sizes[0];
        for (var i = 1; i < sizes.Count; i++)
        {
            // The chunk is no smaller than the set, so that each of its members has a partner at a time.
            var chunk = Math.Min(before, Math.Max(sizes[i], LeastChunk));
            var sideKey = Randomness.Derive(key, (ulong)i);
            sides[i] = new(before, sizes[i], chunk, sideKey, new(sideKey, chunk, sizes[i], chunk), new(sideKey, (ulong)chunk));
            before = Times(before, sizes[i]);
        }
    }

    /// <summary>The member that a row takes from a set.</summary>
    public long Member(long row, int set)
    {
        if (set < 2)
        {
            var (a, b) = pairs.Pair(row % sides[2].Before);
            return set == 0 ? a : b;
        }

        var side = sides[set];
        var run = Math.DivRem(row, side.Before, out var number);
        var chunk = Math.DivRem(number, side.Chunk, out var place);
        return side.Pairs.Partner((long)side.Shuffled(chunk).Map((ulong)place), side.Layer(run, chunk));
    }

    /// <summary>The rows that take a given member of a set.</summary>
    public int RowsOf(int set, long member, ref ChildCursor cursor, Span<long> into) => set < 2 ? RowsOfPair(set, member, ref cursor, into) : RowsOfSide(sides[set], member, ref cursor, into);

    private int RowsOfPair(int set, long member, ref ChildCursor cursor, Span<long> into)
    {
        // The cursor's part is the run, the rest is the pairs' own.
        var run = sides[2].Before;
        for (; cursor.Part * run < rows; cursor = new() { Part = cursor.Part + 1 })
        {
            while ((set == 0 ? pairs.RowsOfA(member, ref cursor, into) : pairs.RowsOfB(member, ref cursor, into)) is > 0 and var found)
            {
                var count = 0;
                for (var i = 0; i < found; i++)
                {
                    if (into[i] + (cursor.Part * run) is var row && row < rows)
                        into[count++] = row;
                }

                if (count > 0)
                    return count;
            }
        }

        return 0;
    }

    private int RowsOfSide(Side side, long partner, ref ChildCursor cursor, Span<long> into)
    {
        // The cursor's layer counts chunks over all runs, its slot is where to look on among the chunk's members.
        var chunks = (side.Before + side.Chunk - 1) / side.Chunk;
        var count = 0;
        for (; ; cursor.Layer++, cursor.Slot = 0)
        {
            var run = Math.DivRem(cursor.Layer, chunks, out var chunk);
            var start = (run * side.Before) + (chunk * side.Chunk);
            if (start >= rows)
                return count;
            while (side.Pairs.NextPartner(partner, side.Layer(run, chunk), ref cursor.Slot, out var member))
            {
                if (count == into.Length)
                {
                    cursor.Slot = side.Pairs.Before(member);
                    return count;
                }

                var place = (long)side.Shuffled(chunk).Invert((ulong)member);
                if ((chunk * side.Chunk) + place < side.Before && start + place < rows)
                    into[count++] = start + place;
            }
        }
    }

    private static long Times(long a, long b) => (long)Int128.Min((Int128)a * b, Endless);

    /// <summary>A set with how many tuples there are of those before it.</summary>
    private sealed record Side(long Before, long Size, long Chunk, ulong Key, PairDesign Pairs, KeyedPermutation Shuffle)
    {
        public KeyedPermutation Shuffled(long chunk) => Shuffle.WithKey(Randomness.Cell(Key, chunk));

        /// <summary>Each chunk begins elsewhere, and takes all partners in turn.</summary>
        public long Layer(long run, long chunk) => (long)(((ulong)run + (Randomness.Cell(~Key, chunk) >> 1)) % (ulong)Size);
    }
}
