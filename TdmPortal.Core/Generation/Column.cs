using System.Buffers;
using System.Numerics;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>The values of one field for the rows of a batch. Buffers come from the shared pool and are used again and again.</summary>
public abstract class Column : IDisposable
{
    private ulong[] nulls = [];

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>Whether some row is null.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>The kind of column that holds values of a type.</summary>
    /// <param name="precision">Digits in all, decimals only: above 18 they are held in 128 bits.</param>
    public static Column For(FieldType type, int precision = 18, bool array = false) => array
        ? new ArrayColumn(For(type, precision))
        : type switch
        {
            FieldType.String or FieldType.Json => new TextColumn(),
            FieldType.Double => new DoubleColumn(),
            FieldType.Uuid => new WideColumn(),
            FieldType.Decimal when precision > 18 => new WideColumn(),
            _ => new LongColumn(),
        };

    /// <summary>Makes room for <paramref name="count"/> rows, none of them null; values are undefined until set.</summary>
    public void Reset(int count)
    {
        Count = count;
        HasNulls = false;
        Prepare(count);
    }

    /// <summary>Makes room for more rows, keeping those that are there; the new ones are not null.</summary>
    internal void Extend(int count)
    {
        if (HasNulls)
            throw new InvalidOperationException("only columns without nulls grow");
        Expand(Count, count);
        Count = count;
    }

    /// <summary>Whether a row is null.</summary>
    public bool IsNull(int row) => HasNulls && (nulls[row >> 6] & (1UL << row)) != 0;

    /// <summary>All ones for a row that is not null, 0 for one that is; only while <see cref="HasNulls"/>.</summary>
    internal int NotNull(int row) => (int)(nulls[row >> 6] >> row & 1) - 1;

    /// <summary>Which of the 64 rows from a multiple of 64 on are null, a bit each.</summary>
    private protected ulong NullsOf(int row) => HasNulls ? nulls[row >> 6] : 0;

    /// <summary>Makes a row null; its value stays undefined.</summary>
    public void SetNull(int row)
    {
        if (!HasNulls)
        {
            var words = (Count + 63) >> 6;
            Grow(ref nulls, words, 0);
            nulls.AsSpan(0, words).Clear();
            HasNulls = true;
        }

        nulls[row >> 6] |= 1UL << row;
    }

    /// <summary>Makes null the rows whose bit is set.</summary>
    internal void SetNulls(ReadOnlySpan<ulong> rows)
    {
        for (var word = 0; word < (Count + 63) >> 6; word++)
        {
            if (rows[word] == 0)
                continue;
            SetNull((word << 6) + BitOperations.TrailingZeroCount(rows[word]));
            nulls[word] |= rows[word];
        }
    }

    /// <summary>Makes a row not null again.</summary>
    public void ClearNull(int row)
    {
        if (HasNulls)
            nulls[row >> 6] &= ~(1UL << row);
    }

    /// <summary>Becomes the given rows of another column of the same kind, in that order, repeats allowed.</summary>
    public abstract void Gather(Column source, ReadOnlySpan<int> rows);

    /// <summary>Sets a row to a row of another column of the same kind; rows are set from the first to the last.</summary>
    internal abstract void Take(int row, Column source, int from);

    /// <summary>Gives the buffers back to the pool.</summary>
    public void Dispose()
    {
        Return(ref nulls);
        Release();
        GC.SuppressFinalize(this);
    }

    private protected void GatherNulls(Column source, ReadOnlySpan<int> rows)
    {
        if (!source.HasNulls)
            return;
        for (var i = 0; i < rows.Length; i++)
        {
            if (source.IsNull(rows[i]))
                SetNull(i);
        }
    }

    private protected abstract void Prepare(int count);

    private protected abstract void Expand(int from, int count);

    private protected abstract void Release();

    private protected static void Grow<T>(ref T[] buffer, int size, int keep)
    {
        if (buffer.Length >= size)
            return;
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(size, buffer.Length * 2));
        buffer.AsSpan(0, keep).CopyTo(larger);
        Return(ref buffer);
        buffer = larger;
    }

    private protected static void Return<T>(ref T[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<T>.Shared.Return(buffer);
        buffer = [];
    }
}
