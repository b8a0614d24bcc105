namespace TdmPortal.Core.Schemas.Validation;

/// <summary>Fields that are computed from each other in a circle, across rows and entities.</summary>
internal static class FieldCycles
{
    public static void Check(ValidationContext context)
    {
        AddKeys(context);
        var state = new Dictionary<(int Entity, int Field), bool>();
        foreach (var start in context.Reads.Keys.OrderBy(field => field.Entity).ThenBy(field => field.Field))
        {
            if (!state.TryAdd(start, false))
                continue;
            var way = new List<((int Entity, int Field) Field, int Next)> { (start, 0) };
            while (way.Count > 0)
            {
                var (field, next) = way[^1];
                if (!context.Reads.TryGetValue(field, out var reads) || next == reads.Count)
                {
                    state[field] = true;
                    way.RemoveAt(way.Count - 1);
                    continue;
                }

                way[^1] = (field, next + 1);
                if (!state.TryGetValue(reads[next], out var done))
                {
                    state[reads[next]] = false;
                    way.Add((reads[next], 0));
                }
                else if (!done)
                {
                    Report(context, [.. way.Select(step => step.Field).SkipWhile(step => step != reads[next])]);
                }
            }
        }
    }

    /// <summary>A field that a relationship fills is read from the parent's key.</summary>
    private static void AddKeys(ValidationContext context)
    {
        foreach (var relationship in context.Document.Relationships)
        {
            if (context.Index.Entity(relationship.From.Entity) is not { } child || context.Index.Entity(relationship.To.Entity) is not { } parent || child == parent
                || relationship.From.Fields.Count != relationship.To.Fields.Count)
                continue;
            for (var i = 0; i < relationship.From.Fields.Count; i++)
            {
                if (context.Index.Field(child, relationship.From.Fields[i]) is not { } from || context.Index.Field(parent, relationship.To.Fields[i]) is not { } to
                    || context.Document.Entities[child].Fields[from].Generator is not null || context.RelationshipsOf(child, from).Count > 1)
                    continue;
                if (!context.Reads.TryGetValue((child, from), out var reads))
                    context.Reads[(child, from)] = reads = [];
                reads.Add((parent, to));
            }
        }
    }

    private static void Report(ValidationContext context, List<(int Entity, int Field)> cycle)
    {
        var (entity, index) = cycle[0];
        var field = context.Document.Entities[entity].Fields[index];
        var way = string.Join(" → ", cycle.Append(cycle[0]).Select(step => context.NameOf(step.Entity, step.Field)));
        var path = ValidationContext.PathOf(entity, index) + (field.Generator is null ? "" : field.Args["value"] is not null ? ".args.value" : field.When is not null ? ".when" : ".args");
        context.Problems.Error(path, "schema.cycle",
            cycle.Count == 1 ? $"{context.NameOf(entity, index)} is computed from itself." : $"{context.NameOf(entity, index)} is computed from itself in a circle: {way}.", "Compute one of them from something else");
    }
}
