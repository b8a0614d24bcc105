using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Arrays: how many elements they have.</summary>
internal sealed class ArrayTally : ColumnTally
{
    private readonly LengthCounts lengths = new();

    public override void Clear(ulong seed)
    {
        base.Clear(seed);
        lengths.Clear();
    }

    public override void Merge(ColumnTally next)
    {
        base.Merge(next);
        lengths.Merge(((ArrayTally)next).lengths);
    }

    public override ProfiledColumn Describe(ColumnDescription column) => new(Plain(column) with { Lengths = lengths.Profile(), Histogram = lengths.Histogram() }, null, ValueTable.None);

    private protected override void AddValues(Column column, int count)
    {
        var offsets = ((ArrayColumn)column).Offsets;
        for (var row = 0; row < count; row++)
        {
            if (column.IsNull(row))
            {
                Nulls++;
                continue;
            }

            var length = offsets[row + 1] - offsets[row];
            Empty += length == 0 ? 1 : 0;
            lengths.Add(length, 1);
        }
    }
}
