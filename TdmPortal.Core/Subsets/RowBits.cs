using System.Numerics;

namespace TdmPortal.Core.Subsets;

/// <summary>A bit a row.</summary>
internal sealed class RowBits
{
    private ulong[] words = [];

    /// <summary>Rows that are set.</summary>
    public long Count { get; private set; }

    public bool this[long row] => row >> 6 < words.Length && (words[row >> 6] & (1UL << (int)row)) != 0;

    /// <summary>Sets a row.</summary>
    /// <returns>Whether it was not set before.</returns>
    public bool Set(long row)
    {
        var word = checked((int)(row >> 6));
        if (word >= words.Length)
            Array.Resize(ref words, Math.Max(word + 1, words.Length * 2));
        var bit = 1UL << (int)row;
        if ((words[word] & bit) != 0)
            return false;
        words[word] |= bit;
        Count++;
        return true;
    }

    /// <summary>The first row from one on that is set; -1 where there is none.</summary>
    public long Next(long row)
    {
        for (var word = row >> 6; word < words.Length; word++)
        {
            var left = word == row >> 6 ? words[word] & (ulong.MaxValue << (int)row) : words[word];
            if (left != 0)
                return (word << 6) + BitOperations.TrailingZeroCount(left);
        }

        return -1;
    }
}
