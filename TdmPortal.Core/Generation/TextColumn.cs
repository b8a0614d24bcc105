using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// UTF-8 text of all rows in one buffer. It is written from the first row to the last: per row any number of
/// <see cref="Reserve"/> + <see cref="Advance"/> or <c>Append</c>, then one <see cref="End"/>.
/// </summary>
public sealed class TextColumn : Column
{
    private byte[] bytes = [];

    // Where each row begins, and behind the last one where it ends.
    private int[] offsets = [];
    private int length;
    private int filled;

    /// <summary>The text of a row that is not null.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var start = offsets[row];
            return bytes.AsSpan(start, offsets[row + 1] - start);
        }
    }

    /// <summary>Rows ended so far.</summary>
    public int Filled => filled;

    /// <summary>What has been written of the row that is not yet ended; may be changed in place.</summary>
    public Span<byte> Current
    {
        get
        {
            var start = offsets[filled];
            return bytes.AsSpan(start, length - start);
        }
    }

    /// <summary>All rows' bytes, with <see cref="ShortCopy.Slack"/> behind them.</summary>
    internal byte[] Bytes => bytes;

    /// <summary>Where each row begins in <see cref="Bytes"/>, and where the last one ends.</summary>
    internal int[] Offsets => offsets;

    /// <summary>Bytes written so far.</summary>
    internal int Length => length;

    /// <summary>Room for at least <paramref name="size"/> more bytes of the row under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int size)
    {
        if (bytes.Length - length < size + ShortCopy.Slack)
            GrowBytes(size);
        return bytes.AsSpan(length);
    }

    /// <summary>As <see cref="Reserve"/>, with <see cref="ShortCopy.Slack"/> behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte Room(int size)
    {
        if (bytes.Length - length < size + ShortCopy.Slack)
            GrowBytes(size);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), length);
    }

    /// <summary>Takes in what was written to the reserved room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int size) => length += size;

    /// <summary>Appends to the row under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        length += text.Length;
    }

    /// <summary>Appends one ASCII character to the row under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte character)
    {
        Reserve(1)[0] = character;
        length++;
    }

    /// <summary>Shortens the row under way to its first <paramref name="size"/> bytes.</summary>
    public void Truncate(int size) => length = offsets[filled] + size;

    /// <summary>Ends the row under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End() => offsets[++filled] = length;

    /// <summary>A whole row at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> text)
    {
        Append(text);
        End();
    }

    /// <summary>Takes in rows whose texts and offsets were written directly.</summary>
    internal void Fill(int size) => (length, filled) = (size, Count);

    /// <summary>Bytes of the longest row.</summary>
    internal int LongestRow()
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(offsets);
        var longestEight = Vector256<int>.Zero;
        var row = 0;
        for (; row <= filled - Vector256<int>.Count; row += Vector256<int>.Count)
        {
            ref var begins = ref Unsafe.Add(ref start, row);
            longestEight = Vector256.Max(longestEight, Vector256.LoadUnsafe(ref begins, 1) - Vector256.LoadUnsafe(ref begins));
        }

        var longest = 0;
        for (var i = 0; i < Vector256<int>.Count; i++)
            longest = Math.Max(longest, longestEight[i]);
        for (; row < filled; row++)
            longest = Math.Max(longest, offsets[row + 1] - offsets[row]);
        return longest;
    }

    /// <summary>Whether a row that is not null has no text.</summary>
    internal bool HasEmpty()
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(offsets);
        for (var first = 0; first < filled; first += 64)
        {
            ulong empty = 0;
            var count = Math.Min(filled - first, 64);
            var i = 0;
            for (; i <= count - Vector256<int>.Count; i += Vector256<int>.Count)
            {
                ref var begins = ref Unsafe.Add(ref start, first + i);
                empty |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref begins), Vector256.LoadUnsafe(ref begins, 1)).ExtractMostSignificantBits() << i;
            }

            for (; i < count; i++)
                empty |= (offsets[first + i] == offsets[first + i + 1] ? 1UL : 0) << i;
            if ((empty & ~NullsOf(first)) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Ends the row under way as null.</summary>
    public void AddNull()
    {
        SetNull(filled);
        End();
    }

    /// <inheritdoc/>
    public override void Gather(Column source, ReadOnlySpan<int> rows)
    {
        var from = (TextColumn)source;
        Reset(rows.Length);
        ref var texts = ref MemoryMarshal.GetArrayDataReference(from.bytes);
        foreach (var row in rows)
        {
            if (source.HasNulls && source.IsNull(row))
            {
                AddNull();
                continue;
            }

            var start = from.offsets[row];
            var size = from.offsets[row + 1] - start;
            ShortCopy.Copy(ref Unsafe.Add(ref texts, start), ref Room(size), size);
            length += size;
            offsets[++filled] = length;
        }
    }

    internal override void Take(int row, Column source, int from)
    {
        if (source.IsNull(from))
            AddNull();
        else
            Add(((TextColumn)source)[from]);
    }

    private protected override void Prepare(int count)
    {
        Grow(ref offsets, count + 1, 0);
        Grow(ref bytes, ShortCopy.Slack, 0);
        offsets[0] = 0;
        length = 0;
        filled = 0;
    }

    private protected override void Expand(int from, int count) => Grow(ref offsets, count + 1, filled + 1);

    private protected override void Release()
    {
        Return(ref bytes);
        Return(ref offsets);
    }

    private void GrowBytes(int size) => Grow(ref bytes, checked(length + size + ShortCopy.Slack), length);
}
