using System.Buffers;
using System.Text.Json;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>A choice whose list depends on the value of another field. The lists of all cases stand in one table.</summary>
internal sealed class ConditionalChoiceSource(FieldReference by, ValueIndex keys, Column values, AliasTable[] weights, int[] starts, int longest) : ValueSource
{
    public override int? LongestText => longest;

    public override bool CanBeNull => values.HasNulls;

    public static ValueSource? Create(SourceContext context)
    {
        if (context.Argument("cases") is not { ValueKind: JsonValueKind.Object } cases)
            return context.Refuse<ValueSource?>("cases", "choice with \"by\" needs \"cases\": a list for each value of that field", null);
        if (context.Reference(context.Text("by"), "by") is not { } by)
            return null;
        var lists = new List<WeightedValues?>();
        foreach (var item in cases.EnumerateObject())
            lists.Add(WeightedValues.Read(context, item.Value, "cases"));
        lists.Add(context.Argument("else") is { } other ? WeightedValues.Read(context, other, "else") : new([null], [1]));
        if (lists.Contains(null) || ValueIndex.Create(context, by, [.. cases.EnumerateObject().Select(item => item.Name)], "cases") is not { } keys)
            return null;
        var texts = lists.SelectMany(list => list!.Texts).ToArray();
        if (ChoiceSource.Table(context, texts, "cases") is not { } table)
            return null;
        var starts = new int[lists.Count];
        for (var i = 1; i < starts.Length; i++)
            starts[i] = starts[i - 1] + lists[i - 1]!.Texts.Count;
        return new ConditionalChoiceSource(by, keys, table, [.. lists.Select(list => new AliasTable(list!.Weights))], starts, ChoiceSource.Longest(texts));
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var read = fill[by];
        var picked = ArrayPool<int>.Shared.Rent(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var found = keys.Find(read, i);
            var list = found < 0 ? weights.Length - 1 : found;
            picked[i] = starts[list] + weights[list].Pick(Randomness.Cell(fill.Key, rows[i]));
        }

        target.Gather(values, picked.AsSpan(0, rows.Length));
        ArrayPool<int>.Shared.Return(picked);
    }
}
