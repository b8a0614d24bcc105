using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Values of one column that were set aside, by number. Of lists only whether they are null.</summary>
internal sealed class ValueStore
{
    private readonly List<bool> nulls = [];
    private readonly List<long> longs = [];
    private readonly List<Int128> wides = [];
    private readonly List<double> doubles = [];
    private readonly List<byte> text = [];
    private readonly List<int> ends = [];
    private Column? kind;

    public void Add(Column source, int row)
    {
        kind ??= source;
        var isNull = source.IsNull(row);
        nulls.Add(isNull);
        switch (source)
        {
            case LongColumn column:
                longs.Add(isNull ? 0 : column.Values[row]);
                break;
            case WideColumn column:
                wides.Add(isNull ? 0 : column.Values[row]);
                break;
            case DoubleColumn column:
                doubles.Add(isNull ? 0 : column.Values[row]);
                break;
            case TextColumn column:
                if (!isNull)
                    text.AddRange(column[row]);
                ends.Add(text.Count);
                break;
        }
    }

    /// <summary>The values with these numbers; -1 gives null.</summary>
    public Column Gather(Workspace workspace, int[] numbers)
    {
        Column target = kind switch
        {
            WideColumn => workspace.Wide(numbers.Length),
            DoubleColumn => workspace.Double(numbers.Length),
            TextColumn => workspace.Text(numbers.Length),
            _ => workspace.Long(numbers.Length),
        };
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = numbers[i];
            if (number < 0 || nulls[number])
            {
                if (target is TextColumn empty)
                    empty.AddNull();
                else
                    target.SetNull(i);
                continue;
            }

            switch (target)
            {
                case WideColumn column:
                    column.Values[i] = wides[number];
                    break;
                case DoubleColumn column:
                    column.Values[i] = doubles[number];
                    break;
                case TextColumn column:
                    var start = number == 0 ? 0 : ends[number - 1];
                    column.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(text)[start..ends[number]]);
                    break;
                default:
                    ((LongColumn)target).Values[i] = longs.Count > 0 ? longs[number] : 0;
                    break;
            }
        }

        return target;
    }
}
