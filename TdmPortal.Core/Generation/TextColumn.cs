using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Generation;

/// <summary>
/// UTF-8 text of all rows in one buffer. It is written from the first row to the last: per row any number of
/// <see cref="Reserve"/> + <see cref="Advance"/> or <c>Append</c>, then one <see cref="End"/>.
/// </summary>
public sealed class TextColumn : Column
{
    private byte[] bytes = [];
    private int[] ends = [];
    private int length;
    private int filled;

    /// <summary>The text of a row that is not null.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var start = row == 0 ? 0 : ends[row - 1];
            return bytes.AsSpan(start, ends[row] - start);
        }
    }

    /// <summary>Rows ended so far.</summary>
    public int Filled => filled;

    /// <summary>What has been written of the row that is not yet ended; may be changed in place.</summary>
    public Span<byte> Current
    {
        get
        {
            var start = filled == 0 ? 0 : ends[filled - 1];
            return bytes.AsSpan(start, length - start);
        }
    }

    /// <summary>Room for at least <paramref name="size"/> more bytes of the row under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int size)
    {
        if (bytes.Length - length < size)
            Grow(ref bytes, checked(length + size), length);
        return bytes.AsSpan(length);
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
    public void Truncate(int size) => length = (filled == 0 ? 0 : ends[filled - 1]) + size;

    /// <summary>Ends the row under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End() => ends[filled++] = length;

    /// <summary>A whole row at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ReadOnlySpan<byte> text)
    {
        Append(text);
        End();
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
        foreach (var row in rows)
        {
            if (source.HasNulls && source.IsNull(row))
                AddNull();
            else
                Add(from[row]);
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
        Grow(ref ends, count, 0);
        length = 0;
        filled = 0;
    }

    private protected override void Expand(int from, int count) => Grow(ref ends, count, filled);

    private protected override void Release()
    {
        Return(ref bytes);
        Return(ref ends);
    }
}
