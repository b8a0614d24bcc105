using System.Runtime.CompilerServices;
using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Texts: lengths in code points and kinds of characters besides values.</summary>
internal sealed class TextTally() : ValueTally(hasTexts: true)
{
    private static readonly byte[] Kinds = KindsOfBytes();

    private readonly LengthCounts lengths = new();
    private readonly long[] kinds = new long[7];
    private byte[] least = [];
    private byte[] greatest = [];
    private int leastLength = -1;
    private int greatestLength;

    [Flags]
    private enum Character : byte
    {
        None = 0,
        Letter = 1,
        Digit = 2,
        Space = 4,
        Punctuation = 8,
        NonAscii = 16,
        Spaced = 32,
        Control = 64,
    }

    public override void Clear(ulong seed)
    {
        base.Clear(seed);
        lengths.Clear();
        kinds.AsSpan().Clear();
        (leastLength, greatestLength) = (-1, 0);
    }

    private protected override void AddValues(Column column, int count)
    {
        var texts = (TextColumn)column;
        for (var row = 0; row < count; row++)
        {
            if (column.IsNull(row))
            {
                Nulls++;
                continue;
            }

            var text = texts[row];
            if (text.Length == 0)
                Empty++;
            var hash = ValueHash.Of(text);
            if (IsExact)
            {
                if (!Values.TryCount(hash))
                    Insert(hash, text, Describe(text));
                continue;
            }

            CountDistinct(hash);
            var note = Describe(text);
            if (!Values.TryCount(hash))
                Insert(hash, text, note);
            AddStatistics(text, note, 1);
        }
    }

    private protected override void Fold(ValueCounts table, int entry, long times) => AddStatistics(table.Text(entry), table.Note(entry), times);

    private protected override void MergeStatistics(ValueTally next)
    {
        var from = (TextTally)next;
        lengths.Merge(from.lengths);
        for (var kind = 0; kind < kinds.Length; kind++)
            kinds[kind] += from.kinds[kind];
        if (from.leastLength < 0)
            return;
        AddEnds(from.least.AsSpan(0, from.leastLength));
        AddEnds(from.greatest.AsSpan(0, from.greatestLength));
    }

    private protected override ColumnProfile Complete(ColumnProfile profile, ColumnDescription column, bool allShown, out Distribution? distribution)
    {
        distribution = null;
        return profile with
        {
            Min = leastLength < 0 ? null : Text(least.AsSpan(0, leastLength)),
            Max = leastLength < 0 ? null : Text(greatest.AsSpan(0, greatestLength)),
            Lengths = lengths.Profile(),
            Histogram = allShown ? null : lengths.Histogram(),
            Characters = lengths.Profile() is null ? null : new(kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], kinds[5], kinds[6]),
        };
    }

    private protected override string TextOf(int entry, ColumnDescription column) => Text(Values.Text(entry));

    /// <summary>Without the half of a character that cutting may have left at the end.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == ValueCounts.LongestText)
        {
            var end = bytes.Length - 1;
            while (end > bytes.Length - 4 && (bytes[end] & 0xC0) == 0x80)
                end--;
            if (Rune.DecodeFromUtf8(bytes[end..], out _, out _) != System.Buffers.OperationStatus.Done)
                bytes = bytes[..end];
        }

        return Encoding.UTF8.GetString(bytes);
    }

    private void AddStatistics(ReadOnlySpan<byte> text, long note, long times)
    {
        lengths.Add((int)(note >> 8), times);
        for (var kind = 0; kind < kinds.Length; kind++)
            kinds[kind] += (note >> kind & 1) * times;
        AddEnds(text[..Math.Min(text.Length, ValueCounts.LongestText)]);
    }

    private void AddEnds(ReadOnlySpan<byte> text)
    {
        if (leastLength < 0)
        {
            Keep(ref least, ref leastLength, text);
            Keep(ref greatest, ref greatestLength, text);
            return;
        }

        if (text.SequenceCompareTo(least.AsSpan(0, leastLength)) < 0)
            Keep(ref least, ref leastLength, text);
        else if (text.SequenceCompareTo(greatest.AsSpan(0, greatestLength)) > 0)
            Keep(ref greatest, ref greatestLength, text);
    }

    private static void Keep(ref byte[] to, ref int length, ReadOnlySpan<byte> text)
    {
        if (to.Length == 0)
            to = new byte[ValueCounts.LongestText];
        text.CopyTo(to);
        length = text.Length;
    }

    /// <summary>Code points, and below them a bit for each kind of character.</summary>
    private static long Describe(ReadOnlySpan<byte> text)
    {
        var found = 0;
        foreach (var one in text)
            found |= Kinds[one];
        var points = text.Length;
        if ((found & (int)Character.NonAscii) != 0)
            return DescribeRunes(text);
        if (points > 0 && ((Kinds[text[0]] | Kinds[text[^1]]) & (int)Character.Space) != 0)
            found |= (int)Character.Spaced;
        return ((long)points << 8) | (uint)found;
    }

    private static long DescribeRunes(ReadOnlySpan<byte> text)
    {
        var (found, points, isFirst, last) = (Character.None, 0L, true, Character.None);
        while (text.Length > 0)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var size);
            last = rune.IsAscii ? (Character)Kinds[rune.Value] : KindOf(rune) | Character.NonAscii;
            if (isFirst && last.HasFlag(Character.Space))
                found |= Character.Spaced;
            found |= last;
            isFirst = false;
            points++;
            text = text[size..];
        }

        if (last.HasFlag(Character.Space))
            found |= Character.Spaced;
        return (points << 8) | (byte)found;
    }

    private static byte[] KindsOfBytes()
    {
        var all = new byte[256];
        for (var one = 0; one < 256; one++)
            all[one] = (byte)(one >= 128 ? Character.NonAscii : KindOf(new Rune(one)));
        return all;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Character KindOf(Rune rune) =>
        Rune.IsLetter(rune) ? Character.Letter
        : Rune.IsDigit(rune) ? Character.Digit
        : Rune.IsControl(rune) ? (Rune.IsWhiteSpace(rune) ? Character.Control | Character.Space : Character.Control)
        : Rune.IsWhiteSpace(rune) ? Character.Space
        : Character.Punctuation;
}
