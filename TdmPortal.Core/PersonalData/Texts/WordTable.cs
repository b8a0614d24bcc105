using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>
/// What is known of words, by the hash of their bytes: open addressing with a bit for each hash before it, so that a word which is not
/// known, as most of a text's are, costs one look at a table that stays in the processor's cache. Immutable.
/// </summary>
/// <typeparam name="T">What is known of a word; its default stands for nothing.</typeparam>
internal sealed class WordTable<T>
    where T : struct
{
    private readonly ulong[] marks;
    private readonly ulong[] hashes;
    private readonly T[] entries;

    public WordTable(IReadOnlyDictionary<ulong, T> words)
    {
        // Half full at most; eight bits a word.
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(words.Count * 2, 64));
        (hashes, entries, marks) = (new ulong[size], new T[size], new ulong[size / 8]);
        foreach (var (hash, entry) in words)
        {
            var at = (int)hash & (size - 1);
            while (hashes[at] != 0)
                at = (at + 1) & (size - 1);
            (hashes[at], entries[at]) = (hash, entry);
            var bit = hash >> 32;
            marks[(bit >> 6) & (ulong)(marks.Length - 1)] |= 1UL << (int)(bit & 63);
        }
    }

    /// <summary>What is known of a word; the default where nothing is.</summary>
    public T Find(ReadOnlySpan<byte> word)
    {
        var hash = ValueHash.Of(word);
        var bit = hash >> 32;
        if ((marks[(bit >> 6) & (ulong)(marks.Length - 1)] & 1UL << (int)(bit & 63)) == 0)
            return default;
        var table = hashes;
        for (var at = (int)hash & (table.Length - 1); table[at] != 0; at = (at + 1) & (table.Length - 1))
        {
            if (table[at] == hash)
                return entries[at];
        }

        return default;
    }
}
