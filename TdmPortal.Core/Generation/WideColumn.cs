namespace TdmPortal.Core.Generation;

/// <summary>128-bit numbers: decimals above 18 digits, scaled, and UUIDs (first byte of the text most significant).</summary>
public sealed class WideColumn : Column
{
    private Int128[] values = [];

    /// <summary>One value a row.</summary>
    public Span<Int128> Values => values.AsSpan(0, Count);

    /// <inheritdoc/>
    public override void Gather(Column source, ReadOnlySpan<int> rows)
    {
        Reset(rows.Length);
        var from = ((WideColumn)source).Values;
        var to = Values;
        for (var i = 0; i < rows.Length; i++)
            to[i] = from[rows[i]];
        GatherNulls(source, rows);
    }

    internal override void Take(int row, Column source, int from)
    {
        values[row] = ((WideColumn)source).values[from];
        if (source.IsNull(from))
            SetNull(row);
    }

    private protected override void Prepare(int count) => Grow(ref values, count, 0);

    private protected override void Expand(int from, int count) => Grow(ref values, count, from);

    private protected override void Release() => Return(ref values);
}
