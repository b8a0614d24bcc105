using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>
/// Values and how often they came, in the order in which they came first. What there is too much of is thrown out by
/// <see cref="Purge"/>, which makes it the summary of Misra and Gries (merged as Agarwal et al. showed, "Mergeable
/// summaries", 2012): a count is then too low by <see cref="Lost"/> at most.
/// </summary>
internal sealed class ValueCounts
{
    /// <summary>Bytes of a text that are kept: 80 code points.</summary>
    public const int LongestText = 320;

    private ulong[] hashes = new ulong[32];
    private long[] counts = new long[32];
    private long[] values = new long[32];
    private long[] notes = new long[32];
    private int[] places = new int[64];
    private byte[] texts = [];
    private int textLength;
    private long[] ranked = [];

    public int Count { get; private set; }

    /// <summary>How much too low a count may be, and how often a value that is missing may occur.</summary>
    public long Lost { get; private set; }

    public ulong Hash(int entry) => hashes[entry];

    public long Times(int entry) => counts[entry];

    /// <summary>The number, for columns of numbers.</summary>
    public long Number(int entry) => values[entry];

    /// <summary>The bytes, for texts (cut after <see cref="LongestText"/>) and 128-bit values.</summary>
    public ReadOnlySpan<byte> Text(int entry) => texts.AsSpan((int)(values[entry] >> 32), (int)values[entry]);

    /// <summary>What the owner wanted to remember of the value.</summary>
    public long Note(int entry) => notes[entry];

    public void Clear()
    {
        (Count, Lost, textLength) = (0, 0, 0);
        places.AsSpan().Clear();
    }

    /// <summary>Counts a value that is known; false when it is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCount(ulong hash, long times = 1)
    {
        var table = places;
        for (var at = (int)hash & (table.Length - 1); table[at] is var place and > 0; at = (at + 1) & (table.Length - 1))
        {
            if (hashes[place - 1] != hash)
                continue;
            counts[place - 1] += times;
            return true;
        }

        return false;
    }

    /// <summary>Where a value is; -1 when it is not known.</summary>
    public int Find(ulong hash)
    {
        for (var at = (int)hash & (places.Length - 1); places[at] is var place and > 0; at = (at + 1) & (places.Length - 1))
        {
            if (hashes[place - 1] == hash)
                return place - 1;
        }

        return -1;
    }

    /// <summary>Takes in a number that is not known yet.</summary>
    public void Insert(ulong hash, long number, long times)
    {
        if (Count == hashes.Length)
            Grow(Count * 2);
        (hashes[Count], counts[Count], values[Count], notes[Count]) = (hash, times, number, 0);
        Count++;
        Place(Count);
    }

    /// <summary>Takes in a text or a 128-bit value that is not known yet.</summary>
    public void Insert(ulong hash, ReadOnlySpan<byte> text, long note, long times)
    {
        text = text[..Math.Min(text.Length, LongestText)];
        if (texts.Length - textLength < text.Length)
            Array.Resize(ref texts, Math.Max(1024, (textLength + text.Length) * 2));
        text.CopyTo(texts.AsSpan(textLength));
        Insert(hash, ((long)textLength << 32) | (long)text.Length, times);
        notes[Count - 1] = note;
        textLength += text.Length;
    }

    /// <summary>Takes in or counts an entry of another table.</summary>
    public void Take(ValueCounts other, int entry, bool hasTexts)
    {
        if (TryCount(other.hashes[entry], other.counts[entry]))
            return;
        if (hasTexts)
            Insert(other.hashes[entry], other.Text(entry), other.notes[entry], other.counts[entry]);
        else
            Insert(other.hashes[entry], other.values[entry], other.counts[entry]);
    }

    /// <summary>Takes in the counts of another table that was purged.</summary>
    public void TakeLoss(ValueCounts other) => Lost += other.Lost;

    /// <summary>Keeps at most so many, the most frequent, with less taken off the others than each of those thrown out has lost.</summary>
    public void Purge(int keep, bool hasTexts)
    {
        if (Count <= keep)
            return;
        if (ranked.Length < Count)
            ranked = new long[Math.Max(Count, hashes.Length)];
        counts.AsSpan(0, Count).CopyTo(ranked);
        ranked.AsSpan(0, Count).Sort();
        var off = ranked[Count - keep - 1];
        Lost += off;
        var (kept, text) = (0, 0);
        for (var entry = 0; entry < Count; entry++)
        {
            if (counts[entry] <= off)
                continue;
            (hashes[kept], counts[kept], notes[kept]) = (hashes[entry], counts[entry] - off, notes[entry]);
            if (hasTexts)
            {
                // Texts lie in the order of entries, so what is kept only moves to the front.
                var bytes = Text(entry);
                bytes.CopyTo(texts.AsSpan(text));
                values[kept] = ((long)text << 32) | (long)bytes.Length;
                text += bytes.Length;
            }
            else
            {
                values[kept] = values[entry];
            }

            kept++;
        }

        (Count, textLength) = (kept, text);
        if (places.Length > keep * 8)
            places = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)keep * 4)];
        Index();
    }

    private void Grow(int size)
    {
        Array.Resize(ref hashes, size);
        Array.Resize(ref counts, size);
        Array.Resize(ref values, size);
        Array.Resize(ref notes, size);
    }

    private void Place(int place)
    {
        // Half empty at least, so that a search ends soon.
        if (place * 2 > places.Length)
        {
            places = new int[places.Length * 2];
            Index();
            return;
        }

        var at = (int)hashes[place - 1] & (places.Length - 1);
        while (places[at] > 0)
            at = (at + 1) & (places.Length - 1);
        places[at] = place;
    }

    private void Index()
    {
        places.AsSpan().Clear();
        for (var place = 1; place <= Count; place++)
        {
            var at = (int)hashes[place - 1] & (places.Length - 1);
            while (places[at] > 0)
                at = (at + 1) & (places.Length - 1);
            places[at] = place;
        }
    }
}
