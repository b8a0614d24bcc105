using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>
/// Expressions that name parents or children. What they name is looked up by the hash of its key; where there are more
/// keys than are held at once, the entity is read once for each part of them.
/// </summary>
internal static class RelatedConditions
{
    /// <summary>What a condition gives in each row of an entity.</summary>
    public static ConditionBits Of(WholeRun run, int entity, Expression condition)
    {
        var bits = new ConditionBits();
        ForEach(run, entity, condition, [], null, (batch, rows, picked) =>
        {
            var holds = (LongColumn)Evaluation.Of(condition, rows);
            for (var i = 0; i < picked.Length; i++)
                bits.Set(batch.FirstRow + picked[i], holds, i);
        });
        return bits;
    }

    /// <summary>Goes over all rows of an entity, each of them once, in which an expression can be evaluated.</summary>
    /// <param name="further">Fields that are read beside those of the expression.</param>
    /// <param name="wanted">Which rows of a batch are wanted; null: all.</param>
    /// <param name="use">The batch, the rows of it that are looked at now, and their places in the batch.</param>
    public static void ForEach(WholeRun run, int entity, Expression expression, IReadOnlyList<int> further, Action<RuleBatch, bool[]>? wanted, Action<RuleBatch, GivenRows, int[]> use)
    {
        var view = run.View(entity);
        var lookups = LookupsOf(run, view, expression);
        var fields = view.FieldsOf(expression).Concat(further).ToList();
        var parts = lookups.Select(lookup => lookup.Parts).ToArray();
        var part = new int[parts.Length];
        do
        {
            for (var l = 0; l < part.Length; l++)
                lookups[l].Load(part[l]);
            run.Read(entity, fields, batch => Look(batch, lookups, part, wanted, use));
        }
        while (Next(part, parts));
    }

    private static void Look(RuleBatch batch, IReadOnlyList<Lookup> lookups, int[] part, Action<RuleBatch, bool[]>? wanted, Action<RuleBatch, GivenRows, int[]> use)
    {
        var keep = new bool[batch.Count];
        Array.Fill(keep, true);
        wanted?.Invoke(batch, keep);
        var keys = lookups.Select(lookup => lookup.KeysOf(batch)).ToArray();
        for (var l = 0; l < keys.Length; l++)
        {
            for (var i = 0; i < keep.Length; i++)
                keep[i] &= keys[l].IsNull[i] ? part[l] == 0 : KeyMap.PartOf(keys[l].Hashes[i], lookups[l].Parts) == part[l];
        }

        var picked = Enumerable.Range(0, keep.Length).Where(i => keep[i]).ToArray();
        if (picked.Length == 0)
            return;
        var rows = picked.Length == keep.Length ? batch.Rows : (GivenRows)batch.Rows.Part(picked);
        for (var l = 0; l < keys.Length; l++)
            lookups[l].Fill(rows, [.. picked.Select(i => keys[l].Hashes[i])], [.. picked.Select(i => keys[l].IsNull[i])]);
        use(batch, rows, picked);
    }

    private static List<Lookup> LookupsOf(WholeRun run, EntityView view, Expression expression)
    {
        var (parents, children) = (new List<ParentValue>(), new List<Aggregate>());
        Walk(expression);
        return
        [
            .. parents.GroupBy(node => node.Relationship.Name, StringComparer.Ordinal).Select(group => new ParentLookup(run, view, [.. group])),
            .. children.Select(node => new ChildrenLookup(run, view, node)),
        ];

        void Walk(Expression node)
        {
            if (node is ParentValue parent)
                parents.Add(parent);
            else if (node is Aggregate aggregate)
                children.Add(aggregate);
            foreach (var operand in ExpressionDependencies.Operands(node))
                Walk(operand);
        }
    }

    private static bool Next(int[] part, int[] parts)
    {
        for (var l = 0; l < part.Length; l++)
        {
            if (++part[l] < parts[l])
                return true;
            part[l] = 0;
        }

        return false;
    }
}
