using TdmPortal.Core.Schemas.Comparing;

namespace TdmPortal.Core.Schemas;

/// <summary>Compares two documents by name (not by position).</summary>
public static class SchemaDiff
{
    /// <summary>The differences, in the order of the newer document; empty when both mean the same.</summary>
    public static IReadOnlyList<SchemaChange> Compare(SchemaDocument before, SchemaDocument after)
    {
        var changes = new List<SchemaChange>();
        Properties(changes, "document", before, after, PartProperties.Document);
        Parts(changes, before.Entities, after.Entities, entity => entity.Name, entity => entity.Name, DescribeEntity, entity => SchemaWriter.Text(entity), (place, one, other) =>
        {
            Properties(changes, place, one, other, PartProperties.Entity);
            Fields(changes, one, other);
        });
        Order(changes, "document", "entities", before.Entities.Select(entity => entity.Name), after.Entities.Select(entity => entity.Name));
        Parts(changes, before.Relationships, after.Relationships, relationship => relationship.Name, relationship => relationship.Name, DescribeRelationship, relationship => SchemaWriter.Text(relationship),
            (place, one, other) => Properties(changes, place, one, other, PartProperties.Relationship));
        Parts(changes, before.Constraints, after.Constraints, constraint => constraint.Name, constraint => constraint.Name, constraint => $": {constraint.Check}", constraint => SchemaWriter.Text(constraint),
            (place, one, other) => Properties(changes, place, one, other, PartProperties.Constraint));
        return changes;
    }

    private static void Fields(List<SchemaChange> changes, EntityDefinition before, EntityDefinition after)
    {
        var renamed = Renamed(before, after);
        var known = renamed.Count == 0 ? before.Fields : [.. before.Fields.Select(field => renamed.TryGetValue(field.Name, out var name) ? field with { Name = name } : field)];
        foreach (var (from, to) in renamed)
            changes.Add(new(SchemaChangeKind.Changed, $"{after.Name}.{to}", $"{after.Name}.{from} was renamed to {to}", from, to));
        Parts(changes, known, after.Fields, field => field.Name, field => $"{after.Name}.{field.Name}", DescribeField, field => SchemaWriter.Text(field), (place, one, other) =>
        {
            Properties(changes, place, one, other, PartProperties.Field);
            if (one.Generator != other.Generator)
            {
                Properties(changes, place, one, other, [PartProperties.Filling]);
                return;
            }

            foreach (var argument in one.Args.Concat(other.Args).Select(argument => argument.Key).Distinct(StringComparer.Ordinal))
                Properties(changes, place, one, other, [PartProperties.Argument(argument)]);
        });
        Order(changes, after.Name, "fields", known.Select(field => field.Name), after.Fields.Select(field => field.Name));
    }

    /// <summary>A field that is gone and a new one that is the same in all else.</summary>
    private static Dictionary<string, string> Renamed(EntityDefinition before, EntityDefinition after)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var had = before.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var has = after.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var added = after.Fields.Where(field => !had.Contains(field.Name)).ToList();
        foreach (var gone in before.Fields.Where(field => !has.Contains(field.Name)))
        {
            var same = added.Find(field => SchemaWriter.Text(field with { Name = gone.Name }) == SchemaWriter.Text(gone));
            if (same is null)
                continue;
            added.Remove(same);
            renamed.TryAdd(gone.Name, same.Name);
        }

        return renamed;
    }

    private static void Properties<T>(List<SchemaChange> changes, string place, T before, T after, IReadOnlyList<PartProperty<T>> properties)
    {
        foreach (var property in properties)
        {
            var (one, other) = (property.Text(before), property.Text(after));
            if (one != other)
                changes.Add(new(SchemaChangeKind.Changed, place, $"{place}: {property.Describe(one, other)}", one, other));
        }
    }

    private static void Parts<T>(List<SchemaChange> changes, IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> name, Func<T, string> place, Func<T, string> describe, Func<T, string> text, Action<string, T, T> compare)
    {
        var had = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var part in before)
            had.TryAdd(name(part), part);
        foreach (var part in after)
        {
            if (had.Remove(name(part), out var one))
                compare(place(part), one, part);
            else
                changes.Add(new(SchemaChangeKind.Added, place(part), $"{place(part)} was added{describe(part)}", null, text(part)));
        }

        foreach (var part in before)
        {
            if (had.Remove(name(part)))
                changes.Add(new(SchemaChangeKind.Removed, place(part), $"{place(part)} was removed{describe(part)}", text(part), null));
        }
    }

    private static void Order(List<SchemaChange> changes, string place, string what, IEnumerable<string> before, IEnumerable<string> after)
    {
        var (one, other) = (before.ToList(), after.ToList());
        var common = one.Intersect(other, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        one.RemoveAll(name => !common.Contains(name));
        other.RemoveAll(name => !common.Contains(name));
        if (!one.SequenceEqual(other, StringComparer.Ordinal))
            changes.Add(new(SchemaChangeKind.Changed, place, $"{place}: the order of the {what} changed", string.Join(", ", one), string.Join(", ", other)));
    }

    private static string DescribeEntity(EntityDefinition entity) =>
        $", with {entity.Fields.Count} field{(entity.Fields.Count == 1 ? "" : "s")}{(entity.Rows is null ? "" : FormattableString.Invariant($" and {entity.Rows:N0} rows"))}";

    private static string DescribeField(FieldDefinition field) =>
        $": {FieldTypeNames.Of(field.Type)}{(field.Generator is null ? ", filled by a relationship" : $", {field.Generator}")}";

    private static string DescribeRelationship(RelationshipDefinition relationship) =>
        $": {relationship.From.Entity}({string.Join(", ", relationship.From.Fields)}) to {relationship.To.Entity}({string.Join(", ", relationship.To.Fields)})";
}
