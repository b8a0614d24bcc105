using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Generation;

/// <summary>A document with one part less, and all that leans on that part: what is left says what it said before.</summary>
/// <param name="What">The part that was taken out.</param>
/// <param name="Document">The rest.</param>
/// <param name="Lost">Fields left whose keys or checks went along, so that their values may be others.</param>
internal sealed record SchemaCut(string What, SchemaDocument Document, IReadOnlySet<(string Entity, string Field)> Lost);

/// <summary>The documents with one part less.</summary>
internal static class SchemaCuts
{
    /// <summary>Large parts first: what is to be shrunk shrinks fastest so.</summary>
    public static IEnumerable<SchemaCut> Of(SchemaDocument document) =>
        document.Entities.Select(entity => Without(document, $"entity {entity.Name}", cut => cut.Entities.Add(entity.Name)))
            .Concat(document.Relationships.Select(relationship => Without(document, $"relationship {relationship.Name}", cut => cut.Relationships.Add(relationship.Name))))
            .Concat(document.Constraints.Select(constraint => Without(document, $"check {constraint.Name}", cut => cut.Constraints.Add(constraint.Name))))
            .Concat(document.Entities.SelectMany(entity => entity.Fields.Select(field => Without(document, $"field {entity.Name}.{field.Name}", cut => cut.Fields.Add((entity.Name, field.Name))))));

    /// <summary>The documents in which one entity has half its rows.</summary>
    public static IEnumerable<SchemaDocument> FewerRows(SchemaDocument document) => document.Entities.Where(entity => entity.Rows > 1).Select(entity =>
        document with { Entities = [.. document.Entities.Select(one => one == entity ? one with { Rows = one.Rows / 2 } : one)] });

    /// <summary>Whether a field's condition or arguments name something.</summary>
    public static bool Names(FieldDefinition field, string name) =>
        Names(field.When ?? "", name) || field.Args.Any(argument => Names(argument.Value.GetRawText(), name));

    /// <summary>Whether a text names something, as a word of its own.</summary>
    public static bool Names(string text, string name) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static SchemaCut Without(SchemaDocument document, string what, Action<Taken> take)
    {
        var taken = new Taken();
        take(taken);
        while (Spread(document, taken))
        {
        }

        var lost = new HashSet<(string, string)>();
        foreach (var constraint in document.Constraints.Where(constraint => taken.Constraints.Contains(constraint.Name)))
            lost.UnionWith(document.Entities.Single(entity => entity.Name == constraint.Entity).Fields.Where(field => Names(constraint.Check, field.Name)).Select(field => (constraint.Entity, field.Name)));
        foreach (var entity in document.Entities)
        {
            foreach (var key in entity.Unique.Append(entity.PrimaryKey).Where(key => key.Any(field => taken.Fields.Contains((entity.Name, field)))))
                lost.UnionWith(key.Select(field => (entity.Name, field)));
        }

        // Relationships that share a field decide together.
        foreach (var (gone, left) in document.Relationships.Where(one => taken.Relationships.Contains(one.Name)).SelectMany(gone => document.Relationships.Where(left => left.From.Entity == gone.From.Entity && left.From.Fields.Intersect(gone.From.Fields).Any()), (gone, left) => (gone, left)))
            lost.UnionWith(left.From.Fields.Concat(gone.From.Fields).Select(field => (left.From.Entity, field)));
        return new(what, Rest(document, taken), lost);
    }

    /// <summary>Takes out what leans on what is taken out already; false when there is no more.</summary>
    private static bool Spread(SchemaDocument document, Taken taken)
    {
        var before = taken.Count;
        foreach (var relationship in document.Relationships)
        {
            if (new[] { relationship.From, relationship.To }.Any(end => taken.Entities.Contains(end.Entity) || end.Fields.Any(field => taken.Fields.Contains((end.Entity, field)))))
                taken.Relationships.Add(relationship.Name);
        }

        foreach (var entity in document.Entities)
        {
            var gone = taken.Fields.Where(one => one.Entity == entity.Name).Select(one => one.Field).Concat(taken.Relationships).ToList();
            foreach (var field in entity.Fields)
            {
                var filling = document.Relationships.Where(one => one.From.Entity == entity.Name && one.From.Fields.Contains(field.Name)).ToList();
                var unfilled = field.Generator is null && filling.Count > 0 && filling.TrueForAll(one => taken.Relationships.Contains(one.Name));
                if (unfilled || gone.Exists(name => Names(field, name)) || NamesAbroad(document, taken, entity.Name, field))
                    taken.Fields.Add((entity.Name, field.Name));
            }

            taken.Constraints.UnionWith(document.Constraints.Where(one => one.Entity == entity.Name && gone.Exists(name => Names(one.Check, name))).Select(one => one.Name));
        }

        taken.Constraints.UnionWith(document.Constraints.Where(one => taken.Entities.Contains(one.Entity)).Select(one => one.Name));
        return taken.Count > before;
    }

    /// <summary>Whether a field reads, over a relationship, a field that is taken out.</summary>
    private static bool NamesAbroad(SchemaDocument document, Taken taken, string entity, FieldDefinition field) => document.Relationships
        .Where(one => (one.From.Entity == entity || one.To.Entity == entity) && Names(field, one.Name))
        .SelectMany(one => new[] { one.From.Entity, one.To.Entity })
        .Any(other => taken.Fields.Any(gone => gone.Entity == other && Names(field, gone.Field)));

    private static SchemaDocument Rest(SchemaDocument document, Taken taken)
    {
        // An entity whose rows a relationship decided keeps as many of its own.
        var plan = GenerationPlan.Compile(document, new()).Plan;
        var relationships = document.Relationships.Where(one => !taken.Relationships.Contains(one.Name)).ToList();
        return document with
        {
            Relationships = relationships,
            Constraints = [.. document.Constraints.Where(one => !taken.Constraints.Contains(one.Name))],
            Entities = [.. document.Entities.Where(entity => !taken.Entities.Contains(entity.Name)).Select(entity => entity with
            {
                Fields = [.. entity.Fields.Where(field => !taken.Fields.Contains((entity.Name, field.Name)))],
                PrimaryKey = IsWhole(entity, entity.PrimaryKey) ? entity.PrimaryKey : [],
                Unique = [.. entity.Unique.Where(key => IsWhole(entity, key))],
                Rows = entity.Rows ?? (relationships.Exists(one => one.From.Entity == entity.Name && one.Distribution?.Kind == DistributionKind.PerParent) ? null : plan?.Entity(entity.Name).Rows),
            })],
        };

        bool IsWhole(EntityDefinition entity, IReadOnlyList<string> key) => key.All(field => !taken.Fields.Contains((entity.Name, field)));
    }

    private sealed class Taken
    {
        public HashSet<string> Entities { get; } = [];

        public HashSet<string> Relationships { get; } = [];

        public HashSet<string> Constraints { get; } = [];

        public HashSet<(string Entity, string Field)> Fields { get; } = [];

        public int Count => Entities.Count + Relationships.Count + Constraints.Count + Fields.Count;
    }
}
