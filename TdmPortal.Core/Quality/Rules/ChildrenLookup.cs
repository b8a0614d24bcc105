using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>What the children over one relationship come to.</summary>
internal sealed class ChildrenLookup(WholeRun run, EntityView parent, Aggregate node)
    : Lookup([.. node.Relationship.To.Fields.Select(parent.FieldOf)], run.Parts(run.Rows(parent.Index)))
{
    private readonly int child = run.Index.Entity(node.Relationship.From.Entity)!.Value;
    private KeyMap keys = new();
    private long[] counts = [];
    private Column? sums;
    private List<byte[]> texts = [];

    public override void Fill(GivenRows rows, UInt128[] hashes, bool[] isNull)
    {
        var found = rows.Workspace.Long(hashes.Length);
        var result = node.Kind == AggregateKind.Count ? found : Evaluation.Scratch(SumType, rows);
        for (var i = 0; i < hashes.Length; i++)
        {
            var number = isNull[i] ? -1 : keys.Find(hashes[i]);
            found.Values[i] = number < 0 ? 0 : counts[number];
            if (result is TextColumn text)
                text.Add(found.Values[i] == 0 ? [] : texts[number]);
            else if (node.Kind != AggregateKind.Count && found.Values[i] != 0)
                result.Take(i, sums!, number);
        }

        if (node.Kind != AggregateKind.Count && result is not TextColumn)
            result = Aggregation.Finish(node, rows, found, result);
        else if (result is TextColumn best)
            Empty(best, found);
        rows.Relate(node, result);
    }

    protected override void Load()
    {
        (keys, counts, texts, sums) = (new(), new long[1024], [], null);
        var view = run.View(child);
        var fields = node.Relationship.From.Fields.Select(view.FieldOf).ToList();
        if (node.Argument is null)
        {
            run.Read(child, fields, batch =>
            {
                var owners = Owners(batch, fields);
                foreach (var owner in owners)
                {
                    if (owner >= 0)
                        counts[owner]++;
                }
            });
            return;
        }

        var owned = Array.Empty<int>();
        RelatedConditions.ForEach(run, child, node.Argument, fields,
            (batch, keep) =>
            {
                owned = Owners(batch, fields);
                for (var i = 0; i < keep.Length; i++)
                    keep[i] = owned[i] >= 0;
            },
            (_, rows, picked) =>
            {
                var values = Evaluation.Of(node.Argument, rows);
                var owners = picked.Select(place => owned[place]).ToArray();
                if (values is TextColumn text)
                    TakeTexts(text, owners);
                else
                    Aggregation.TakeAll(node.Kind, values, owners, Sums(), counts);
            });
    }

    private ExpressionType SumType => node.Kind == AggregateKind.Average ? node.Argument!.Type : node.Type;

    /// <summary>The number of each row's parent; -1 where it has none, or one of another part.</summary>
    private int[] Owners(RuleBatch batch, List<int> fields)
    {
        var (hashes, isNull, owners) = (new UInt128[batch.Count], new bool[batch.Count], new int[batch.Count]);
        KeyHash.Fill(batch, fields, hashes, isNull);
        for (var i = 0; i < owners.Length; i++)
            owners[i] = isNull[i] || KeyMap.PartOf(hashes[i], Parts) != Part ? -1 : keys.Add(hashes[i], out _);
        if (counts.Length < keys.Count)
            Array.Resize(ref counts, Math.Max(keys.Count, counts.Length * 2));
        return owners;
    }

    private Column Sums()
    {
        sums ??= SumType.Kind switch
        {
            FieldType.Double => new DoubleColumn(),
            FieldType.Decimal or FieldType.Uuid => new WideColumn(),
            _ => new LongColumn(),
        };
        if (sums.Count < keys.Count)
            sums.Extend(counts.Length);
        return sums;
    }

    private void TakeTexts(TextColumn values, int[] owners)
    {
        while (texts.Count < keys.Count)
            texts.Add([]);
        for (var i = 0; i < owners.Length; i++)
        {
            if (values.IsNull(i))
                continue;
            var order = counts[owners[i]]++ == 0 ? 0 : values[i].SequenceCompareTo(texts[owners[i]]);
            if (counts[owners[i]] == 1 || (node.Kind == AggregateKind.Min ? order < 0 : order > 0))
                texts[owners[i]] = values[i].ToArray();
        }
    }

    private static void Empty(TextColumn best, LongColumn counts)
    {
        for (var i = 0; i < best.Count; i++)
        {
            if (counts.Values[i] == 0)
                best.SetNull(i);
        }
    }
}
