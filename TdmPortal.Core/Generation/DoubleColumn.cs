namespace TdmPortal.Core.Generation;

/// <summary>IEEE 754 numbers.</summary>
public sealed class DoubleColumn : Column
{
    private double[] values = [];

    /// <summary>One value a row.</summary>
    public Span<double> Values => values.AsSpan(0, Count);

    /// <inheritdoc/>
    public override void Gather(Column source, ReadOnlySpan<int> rows)
    {
        Reset(rows.Length);
        var from = ((DoubleColumn)source).Values;
        var to = Values;
        for (var i = 0; i < rows.Length; i++)
            to[i] = from[rows[i]];
        GatherNulls(source, rows);
    }

    internal override void Take(int row, Column source, int from)
    {
        values[row] = ((DoubleColumn)source).values[from];
        if (source.IsNull(from))
            SetNull(row);
    }

    private protected override void Prepare(int count) => Grow(ref values, count, 0);

    private protected override void Expand(int from, int count) => Grow(ref values, count, from);

    private protected override void Release() => Return(ref values);
}
