using System.Buffers;

namespace TdmPortal.Core.Generation;

/// <summary>Arrays: the elements of all rows one after another in a column of their own.</summary>
public sealed class ArrayColumn(Column elements) : Column
{
    private int[] offsets = [];

    /// <summary>The elements of all rows.</summary>
    public Column Elements { get; } = elements;

    /// <summary>Row i has the elements [Offsets[i], Offsets[i + 1]).</summary>
    public Span<int> Offsets => offsets.AsSpan(0, Count + 1);

    /// <inheritdoc/>
    public override void Gather(Column source, ReadOnlySpan<int> rows)
    {
        var from = (ArrayColumn)source;
        Reset(rows.Length);
        var total = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            total += from.Offsets[rows[i] + 1] - from.Offsets[rows[i]];
            Offsets[i + 1] = total;
        }

        var picked = ArrayPool<int>.Shared.Rent(total);
        for (var (i, at) = (0, 0); i < rows.Length; i++)
        {
            for (var element = from.Offsets[rows[i]]; element < from.Offsets[rows[i] + 1]; element++)
                picked[at++] = element;
        }

        Elements.Gather(from.Elements, picked.AsSpan(0, total));
        ArrayPool<int>.Shared.Return(picked);
        GatherNulls(source, rows);
    }

    internal override void Take(int row, Column source, int from)
    {
        var array = (ArrayColumn)source;
        var (first, end) = source.IsNull(from) ? (0, 0) : (array.Offsets[from], array.Offsets[from + 1]);
        if (row == 0)
            Elements.Reset(0);
        var at = offsets[row];
        offsets[row + 1] = at + end - first;
        Elements.Extend(offsets[row + 1]);
        for (var element = first; element < end; element++)
            Elements.Take(at++, array.Elements, element);
        if (source.IsNull(from))
            SetNull(row);
    }

    private protected override void Prepare(int count)
    {
        Grow(ref offsets, count + 1, 0);
        offsets[0] = 0;
    }

    private protected override void Expand(int from, int count) => Grow(ref offsets, count + 1, from + 1);

    private protected override void Release()
    {
        Return(ref offsets);
        Elements.Dispose();
    }
}
