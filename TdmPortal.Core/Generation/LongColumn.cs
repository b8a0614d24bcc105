namespace TdmPortal.Core.Generation;

/// <summary>Whole numbers: integers; decimals of up to 18 digits, scaled; booleans as 0 and 1; dates as days since 1970-01-01; times as microseconds; timestamps as microseconds since 1970-01-01T00:00:00Z.</summary>
public sealed class LongColumn : Column
{
    private long[] values = [];

    /// <summary>One value a row.</summary>
    public Span<long> Values => values.AsSpan(0, Count);

    /// <inheritdoc/>
    public override void Gather(Column source, ReadOnlySpan<int> rows)
    {
        Reset(rows.Length);
        var from = ((LongColumn)source).Values;
        var to = Values;
        for (var i = 0; i < rows.Length; i++)
            to[i] = from[rows[i]];
        GatherNulls(source, rows);
    }

    internal override void Take(int row, Column source, int from)
    {
        values[row] = ((LongColumn)source).values[from];
        if (source.IsNull(from))
            SetNull(row);
    }

    private protected override void Prepare(int count) => Grow(ref values, count, 0);

    private protected override void Expand(int from, int count) => Grow(ref values, count, from);

    private protected override void Release() => Return(ref values);
}
