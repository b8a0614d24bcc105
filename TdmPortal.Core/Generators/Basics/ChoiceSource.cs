using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>One of several values by weight. All values stand in one table, from which rows are gathered.</summary>
internal sealed class ChoiceSource(Column values, AliasTable weights, double[] upTo, int[] distinct, int longest) : ValueSource
{
    public override UInt128? Capacity => (UInt128)distinct.Length;

    public override int? LongestText => longest;

    public override bool CanBeNull => values.HasNulls;

    public static ValueSource? Create(SourceContext context)
    {
        if (context.Has("by"))
            return ConditionalChoiceSource.Create(context);
        if (context.Argument("values") is not { } list)
            return context.Refuse<ValueSource?>("values", "choice needs \"values\": a list, or values with weights", null);
        return WeightedValues.Read(context, list, "values") is { } read ? Create(context, read) : null;
    }

    /// <summary>The same value in every row.</summary>
    public static ValueSource? Constant(SourceContext context)
    {
        if (context.Argument("value") is not { } value)
            return context.Refuse<ValueSource?>("value", "constant needs a \"value\"", null);
        return Create(context, new([value.ValueKind == JsonValueKind.Null ? null : Literals.Text(value)], [1]), "value");
    }

    public static ValueSource? Create(SourceContext context, WeightedValues read, string argument = "values")
    {
        if (Table(context, read.Texts, argument) is not { } table)
            return null;
        // What is written in two ways may be one value: 1.5 and 1.50.
        var distinct = Enumerable.Range(0, read.Texts.Count).Where(i => read.Texts[i] is not null && read.Weights[i] > 0).DistinctBy(i => SampleText.Of(table, i, context.Type, context.Scale), StringComparer.Ordinal).ToArray();
        return new ChoiceSource(table, new(read.Weights), UpTo(read.Weights), distinct, Longest(read.Texts));
    }

    /// <summary>The values read by the field's type; null, with a problem reported, when one is no such value or too long.</summary>
    public static Column? Table(SourceContext context, IReadOnlyList<string?> texts, string argument)
    {
        if (context.MaxLength is { } length && texts.FirstOrDefault(text => text is not null && text.EnumerateRunes().Count() > length) is { } tooLong)
            return context.Refuse<Column?>(argument, $"\"{tooLong}\" is longer than maxLength {length}", null);
        var table = Literals.ToColumn(texts, context.Type, context.Precision, context.Scale, context.AsOf, out var bad);
        return table ?? context.Refuse<Column?>(argument, $"\"{bad}\" is not a value of type {context.Type.ToString().ToLowerInvariant()}", null);
    }

    public static int Longest(IEnumerable<string?> texts) => texts.Max(text => text?.EnumerateRunes().Count() ?? 0);

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (target is TextColumn text && values is TextColumn { HasNulls: false } table)
        {
            FillTexts(text, table, rows, fill.Key);
            return;
        }

        var picked = ArrayPool<int>.Shared.Rent(rows.Length);
        for (var i = 0; i < rows.Length; i++)
            picked[i] = weights.Pick(Randomness.Cell(fill.Key, rows[i]));
        target.Gather(values, picked.AsSpan(0, rows.Length));
        ArrayPool<int>.Shared.Return(picked);
    }

    /// <summary>Values are in the order in which they are listed.</summary>
    public override bool HasOrder => true;

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        var picked = ArrayPool<int>.Shared.Rent(ranks.Length);
        for (var i = 0; i < ranks.Length; i++)
        {
            var at = Array.BinarySearch(upTo, CorrelatedRanks.Share(ranks[i]));
            picked[i] = Math.Min(at >= 0 ? at + 1 : ~at, upTo.Length - 1);
        }

        target.Gather(values, picked.AsSpan(0, ranks.Length));
        ArrayPool<int>.Shared.Return(picked);
    }

    /// <summary>The share of the values up to each; that of the last with a weight, and of those behind it, is 1.</summary>
    private static double[] UpTo(IReadOnlyList<double> weights)
    {
        var (upTo, sum, all) = (new double[weights.Count], 0.0, weights.Sum());
        for (var i = 0; i < upTo.Length; i++)
            upTo[i] = (sum += weights[i]) / all;
        return upTo;
    }

    private void FillTexts(TextColumn target, TextColumn table, ReadOnlySpan<long> rows, ulong key)
    {
        var widest = table.LongestRow();
        ref var start = ref target.Room(rows.Length * widest);
        ref var texts = ref MemoryMarshal.GetArrayDataReference(table.Bytes);
        ref var places = ref MemoryMarshal.GetArrayDataReference(table.Offsets);
        var ends = target.Offsets.AsSpan(1, rows.Length);
        var at = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            ref var place = ref Unsafe.Add(ref places, weights.Pick(Randomness.Cell(key, rows[i])));
            var from = place;
            var size = Unsafe.Add(ref place, 1) - from;
            if (widest <= ShortCopy.HalfWidth)
                ShortCopy.CopyHalf(ref Unsafe.Add(ref texts, from), ref Unsafe.Add(ref start, at));
            else
                ShortCopy.Copy(ref Unsafe.Add(ref texts, from), ref Unsafe.Add(ref start, at), size);
            ends[i] = at += size;
        }

        target.Fill(at);
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        var picked = ArrayPool<int>.Shared.Rent(ranks.Length);
        for (var i = 0; i < ranks.Length; i++)
            picked[i] = distinct[(int)ranks[i]];
        target.Gather(values, picked.AsSpan(0, ranks.Length));
        ArrayPool<int>.Shared.Return(picked);
    }
}
