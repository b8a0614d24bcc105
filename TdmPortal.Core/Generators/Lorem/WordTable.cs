using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Lorem;

/// <summary>
/// Words in places of one width with the blank that follows each, so that a word is one load, one store and an addition.
/// </summary>
internal sealed class WordTable
{
    /// <summary>Bytes of a place; a word is shorter.</summary>
    public const int Width = 32;

    private readonly byte[] places;
    private readonly byte[] first;
    private readonly byte[] sizes;
    private readonly bool isSentence;
    private readonly int widest;

    /// <param name="isSentence">Whether the first word takes a capital and the last one a full stop.</param>
    public WordTable(WordList words, bool isSentence)
    {
        this.isSentence = isSentence;
        widest = words.MaxBytes + 1;
        places = new byte[words.Words * Width];
        sizes = new byte[words.Words];
        for (var i = 0; i < sizes.Length; i++)
        {
            words[i].CopyTo(places.AsSpan(i * Width));
            places[(i * Width) + words[i].Length] = (byte)' ';
            sizes[i] = (byte)(words[i].Length + 1);
        }

        first = isSentence ? (byte[])places.Clone() : places;
        for (var i = 0; isSentence && i < first.Length; i += Width)
        {
            if (first[i] is >= (byte)'a' and <= (byte)'z')
                first[i] -= 32;
        }
    }

    /// <summary>Fills a column with one text of so many words a row.</summary>
    public void Fill(TextColumn text, ReadOnlySpan<long> rows, FillContext fill, int minWords, int maxWords)
    {
        ref var start = ref text.Room(rows.Length * maxWords * widest);
        var ends = text.Offsets.AsSpan(1, rows.Length);
        var at = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (!fill.IsSkipped(i))
            {
                // One paragraph and one sentence: their numbers are not looked at.
                var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
                draw.Skip(2);
                at += Write(ref Unsafe.Add(ref start, at), ref draw, draw.Between(minWords, maxWords), false);
            }

            ends[i] = at;
        }

        text.Fill(at);
    }

    /// <summary>Writes so many words, two from a draw; room for as many places and a blank, which goes before them if <paramref name="spaced"/>.</summary>
    /// <returns>Bytes written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Write(ref byte to, ref Draw draw, int count, bool spaced)
    {
        ref var at = ref to;
        if (spaced)
        {
            at = (byte)' ';
            at = ref Unsafe.Add(ref at, 1);
        }

        ref var from = ref MemoryMarshal.GetArrayDataReference(places);
        ref var size = ref MemoryMarshal.GetArrayDataReference(sizes);
        var words = (uint)sizes.Length;
        var bits = draw.Next();
        at = ref Put(ref at, ref MemoryMarshal.GetArrayDataReference(first), ref size, (nuint)(((bits >> 32) * words) >> 32));
        for (var word = 1; word < count; word += 2)
        {
            at = ref Put(ref at, ref from, ref size, (nuint)(((ulong)(uint)bits * words) >> 32));
            if (word + 1 == count)
                break;
            bits = draw.Next();
            at = ref Put(ref at, ref from, ref size, (nuint)(((bits >> 32) * words) >> 32));
        }

        // The last blank becomes the full stop, or goes.
        Unsafe.Subtract(ref at, 1) = (byte)'.';
        return (int)Unsafe.ByteOffset(ref to, ref at) - (isSentence ? 0 : 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Put(ref byte to, ref byte from, ref byte sizes, nuint word)
    {
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<Vector256<byte>>(ref Unsafe.Add(ref from, word * Width)));
        return ref Unsafe.Add(ref to, (nint)Unsafe.Add(ref sizes, word));
    }
}
