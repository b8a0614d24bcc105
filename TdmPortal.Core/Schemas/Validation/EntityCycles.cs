namespace TdmPortal.Core.Schemas.Validation;

/// <summary>Entities that need each other: legal only where some relationship of the circle is nullable.</summary>
internal static class EntityCycles
{
    public static void Check(ValidationContext context)
    {
        var relationships = context.Document.Relationships;
        // The rows of one entity counted from another's must end somewhere, nullable or not.
        var counted = Find(context, relationship => relationship.DecidesRows);
        foreach (var cycle in counted)
            Report(context, cycle, "each counts its rows from the other's (perParent)", "Give one of the entities rows of its own");
        var reported = counted.SelectMany(cycle => cycle).ToHashSet();
        foreach (var cycle in Find(context, relationship => !(relationship.NullPercent > 0)))
        {
            if (!cycle.Any(reported.Contains))
                Report(context, cycle, "each row needs one of the next, so none can be first", $"Set nullPercent above 0 on {relationships[cycle[^1]].Name}");
        }
    }

    private static void Report(ValidationContext context, List<int> cycle, string reason, string action)
    {
        var relationships = context.Document.Relationships;
        var way = string.Join(" → ", cycle.Select(index => relationships[index].From.Entity).Append(relationships[cycle[0]].From.Entity));
        context.Problems.Error($"relationships[{cycle[^1]}]", "schema.cycle", $"The entities go round in a circle, {way}: {reason}.", action);
    }

    /// <summary>Circles of relationships, one for each that closes one, found depth first without recursion.</summary>
    private static List<List<int>> Find(ValidationContext context, Func<RelationshipDefinition, bool> counts)
    {
        var relationships = context.Document.Relationships;
        var edges = new List<(int Relationship, int Parent)>?[context.Document.Entities.Count];
        for (var i = 0; i < relationships.Count; i++)
        {
            if (context.Index.Entity(relationships[i].From.Entity) is { } child && context.Index.Entity(relationships[i].To.Entity) is { } parent && child != parent && counts(relationships[i]))
                (edges[child] ??= []).Add((i, parent));
        }

        var cycles = new List<List<int>>();
        var state = new byte[edges.Length];
        for (var start = 0; start < edges.Length; start++)
        {
            if (state[start] != 0)
                continue;
            var way = new List<(int Entity, int Next, int By)> { (start, 0, -1) };
            state[start] = 1;
            while (way.Count > 0)
            {
                var (entity, next, by) = way[^1];
                if (edges[entity] is not { } list || next == list.Count)
                {
                    state[entity] = 2;
                    way.RemoveAt(way.Count - 1);
                    continue;
                }

                way[^1] = (entity, next + 1, by);
                var (relationship, parent) = list[next];
                if (state[parent] == 0)
                {
                    state[parent] = 1;
                    way.Add((parent, 0, relationship));
                }
                else if (state[parent] == 1)
                {
                    var from = way.FindIndex(step => step.Entity == parent);
                    cycles.Add([.. way.Skip(from + 1).Select(step => step.By), relationship]);
                }
            }
        }

        return cycles;
    }
}
