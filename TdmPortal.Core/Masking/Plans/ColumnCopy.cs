using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Copies of columns that outlive the batch that they came in.</summary>
internal static class ColumnCopy
{
    /// <summary>An empty column of the same kind.</summary>
    public static Column Like(Column column) => column switch
    {
        LongColumn => new LongColumn(),
        WideColumn => new WideColumn(),
        DoubleColumn => new DoubleColumn(),
        TextColumn => new TextColumn(),
        ArrayColumn array => new ArrayColumn(Like(array.Elements)),
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
