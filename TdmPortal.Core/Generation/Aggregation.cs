using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Generation;

/// <summary>
/// count, sum, min, max and avg over the children of each row, found backwards: children of several parents make up a
/// frame of their own, so that many small families cost as little as a few large ones.
/// </summary>
internal static class Aggregation
{
    private const int ChunkRows = 1024;

    public static Column Of(Aggregate node, Frame frame)
    {
        var link = frame.Entity.Children.First(one => one.Name == node.Relationship.Name);
        var counts = frame.Workspace.Long(frame.Count);
        counts.Values.Clear();
        var argument = node.Argument?.Type;
        var result = node.Kind == AggregateKind.Count ? counts : Evaluation.Scratch(node.Kind == AggregateKind.Average ? argument!.Value : node.Type, frame);
        if (node.Kind != AggregateKind.Count)
            Clear(result);

        // Texts cannot be replaced in place: the best so far is remembered by copying at the end of each chunk.
        var (children, owners) = (new long[ChunkRows], new int[ChunkRows]);
        var filled = 0;
        for (var parent = 0; parent < frame.Count; parent++)
        {
            if (frame.IsAbsent(parent))
                continue;
            var cursor = default(ChildCursor);
            for (int count; (count = link.Link.ChildrenOf(frame.Rows[parent], ref cursor, children.AsSpan(filled))) > 0;)
            {
                owners.AsSpan(filled, count).Fill(parent);
                filled += count;
                if (filled < ChunkRows)
                    continue;
                result = Gather(node, link, frame, children.AsSpan(0, filled), owners, counts, result);
                filled = 0;
            }
        }

        if (filled > 0)
            result = Gather(node, link, frame, children.AsSpan(0, filled), owners, counts, result);
        return node.Kind == AggregateKind.Count ? counts : Finish(node, frame, counts, result);
    }

    private static void Clear(Column result)
    {
        for (var i = 0; i < result.Count; i++)
        {
            if (result is TextColumn texts)
                texts.AddNull();
            else if (result is LongColumn longs)
                longs.Values[i] = 0;
            else if (result is DoubleColumn doubles)
                doubles.Values[i] = 0;
            else
                ((WideColumn)result).Values[i] = 0;
        }
    }

    private static Column Gather(Aggregate node, LinkNode link, Frame frame, ReadOnlySpan<long> children, ReadOnlySpan<int> owners, LongColumn counts, Column result)
    {
        if (node.Argument is null)
        {
            for (var i = 0; i < children.Length; i++)
                counts.Values[owners[i]]++;
            return counts;
        }

        var mark = frame.Workspace.Mark();
        var family = frame.Workspace.Rent(link.Child, children);
        var values = Evaluation.Of(node.Argument, family);
        if (result is TextColumn)
        {
            result = BestTexts(node, frame, values, owners[..children.Length], counts, result);
        }
        else
        {
            // Sums of decimals, which most aggregates are, without a choice in each row.
            if (node.Kind == AggregateKind.Sum && values is WideColumn { HasNulls: false } wide)
                Add(wide.Values[..children.Length], owners, ((WideColumn)result).Values, counts.Values);
            else
                TakeAll(node.Kind, values, owners[..children.Length], result, counts.Values);

            frame.Workspace.Release(mark);
        }

        frame.Workspace.Return(family);
        return result;
    }

    private static void Add(ReadOnlySpan<Int128> values, ReadOnlySpan<int> owners, Span<Int128> sums, Span<long> counts)
    {
        for (var i = 0; i < values.Length; i++)
        {
            ref var sum = ref sums[owners[i]];
            sum = checked(sum + values[i]);
            counts[owners[i]]++;
        }
    }

    /// <summary>Adds values to what their owners come to; <paramref name="counts"/> says how many each has had.</summary>
    public static void TakeAll(AggregateKind kind, Column values, ReadOnlySpan<int> owners, Column result, Span<long> counts)
    {
        for (var i = 0; i < owners.Length; i++)
        {
            if (!values.IsNull(i))
                Take(kind, values, i, result, owners[i], counts[owners[i]]++ == 0);
        }
    }

    private static TextColumn BestTexts(Aggregate node, Frame frame, Column values, ReadOnlySpan<int> owners, LongColumn counts, Column best)
    {
        var from = new int[frame.Count];
        Array.Fill(from, -1);
        for (var i = 0; i < owners.Length; i++)
        {
            if (values.IsNull(i))
                continue;
            var owner = owners[i];
            var (other, at) = from[owner] >= 0 ? (values, from[owner]) : (best, owner);
            var order = counts.Values[owner]++ == 0 ? 0 : Evaluation.Order(values, i, other, at, node.Type);
            if (counts.Values[owner] == 1 || (node.Kind == AggregateKind.Min ? order < 0 : order > 0))
                from[owner] = i;
        }

        // A scratch column more a chunk: they are freed with the whole expression.
        var result = frame.Workspace.Text(frame.Count);
        for (var i = 0; i < frame.Count; i++)
            result.Take(i, from[i] >= 0 ? values : best, from[i] >= 0 ? from[i] : i);
        return result;
    }

    private static void Take(AggregateKind kind, Column values, int row, Column result, int owner, bool isFirst)
    {
        switch (result)
        {
            case LongColumn longs:
                var value = ((LongColumn)values).Values[row];
                longs.Values[owner] = isFirst ? value : kind switch
                {
                    AggregateKind.Min => Math.Min(longs.Values[owner], value),
                    AggregateKind.Max => Math.Max(longs.Values[owner], value),
                    _ => checked(longs.Values[owner] + value),
                };
                break;
            case DoubleColumn doubles:
                var number = ((DoubleColumn)values).Values[row];
                doubles.Values[owner] = isFirst ? number : kind switch
                {
                    AggregateKind.Min => Math.Min(doubles.Values[owner], number),
                    AggregateKind.Max => Math.Max(doubles.Values[owner], number),
                    _ => doubles.Values[owner] + number,
                };
                break;
            default:
                var wide = values is LongColumn narrow ? narrow.Values[row] : ((WideColumn)values).Values[row];
                ref var sum = ref ((WideColumn)result).Values[owner];
                sum = isFirst ? wide : kind switch
                {
                    AggregateKind.Min => Int128.Min(sum, wide),
                    AggregateKind.Max => Int128.Max(sum, wide),
                    _ => checked(sum + wide),
                };
                break;
        }
    }

    /// <summary>What it comes to: null without a value, an average divided.</summary>
    public static Column Finish(Aggregate node, ExpressionRows frame, LongColumn counts, Column result)
    {
        var final = node.Kind == AggregateKind.Average ? Evaluation.Scratch(node.Type, frame) : result;
        for (var i = 0; i < frame.Count; i++)
        {
            if (counts.Values[i] == 0)
                final.SetNull(i);
            else if (node.Kind == AggregateKind.Average && final is DoubleColumn doubles)
                doubles.Values[i] = ((DoubleColumn)result).Values[i] / counts.Values[i];
            else if (node.Kind == AggregateKind.Average)
                ((WideColumn)final).Values[i] = Decimals.Divide(result is LongColumn longs ? longs.Values[i] : ((WideColumn)result).Values[i], node.Argument!.Type.Scale, counts.Values[i], 0, node.Type.Scale);
        }

        return final;
    }
}
