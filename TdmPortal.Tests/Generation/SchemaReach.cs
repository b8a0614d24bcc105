using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// Which values a change may change, by the contract: what it is of, what refers to that, and so on. Everything else has to
/// stay as it was.
/// </summary>
internal static class SchemaReach
{
    /// <summary>The fields within reach.</summary>
    /// <param name="changed">Fields whose values are others.</param>
    /// <param name="resized">Entities with another number of rows.</param>
    public static HashSet<(string Entity, string Field)> Of(SchemaDocument document, IEnumerable<(string Entity, string Field)> changed, IReadOnlySet<string> resized)
    {
        var reached = changed.ToHashSet();
        var links = document.Relationships.Where(one => resized.Contains(one.To.Entity)).ToHashSet();

        for (var before = -1; before < reached.Count;)
        {
            before = reached.Count;
            links.UnionWith(document.Relationships.Where(one => one.From.Fields.Any(field => reached.Contains((one.From.Entity, field)))));
            links.UnionWith(document.Relationships.Where(one => links.Any(other => DecideTogether(document, one, other))).ToList());
            foreach (var entity in document.Entities)
            {
                foreach (var key in Keys(entity).Where(key => key.Count > 1 && Keys(entity).Any(other => other != key && other.Intersect(key).Any()) && key.Any(field => reached.Contains((entity.Name, field)))))
                    reached.UnionWith(key.Select(field => (entity.Name, field)));
                foreach (var field in entity.Fields.Where(field => IsReached(document, entity, field, reached, links, resized)))
                    reached.Add((entity.Name, field.Name));
            }
        }

        return reached;
    }

    private static IEnumerable<IReadOnlyList<string>> Keys(EntityDefinition entity) => entity.Unique.Append(entity.PrimaryKey);

    /// <summary>Whether two relationships share a field, or fill a key between them.</summary>
    private static bool DecideTogether(SchemaDocument document, RelationshipDefinition one, RelationshipDefinition other) => one.From.Entity == other.From.Entity
        && document.Entities.Where(entity => entity.Name == one.From.Entity).SelectMany(Keys).Append(one.From.Fields)
            .Any(fields => one.From.Fields.Any(fields.Contains) && other.From.Fields.Any(fields.Contains));

    private static bool IsReached(SchemaDocument document, EntityDefinition entity, FieldDefinition field, HashSet<(string Entity, string Field)> reached, HashSet<RelationshipDefinition> links, IReadOnlySet<string> resized)
    {
        if (entity.Fields.Any(other => reached.Contains((entity.Name, other.Name))
            && (SchemaCuts.Names(field, other.Name) || document.Constraints.Any(check => check.Entity == entity.Name && SchemaCuts.Names(check.Check, field.Name) && SchemaCuts.Names(check.Check, other.Name)))))
            return true;
        foreach (var relationship in document.Relationships)
        {
            var (isChild, isParent) = (relationship.From.Entity == entity.Name, relationship.To.Entity == entity.Name);
            if (isChild && field.Generator is null && relationship.From.Fields.Contains(field.Name) && (links.Contains(relationship) || relationship.To.Fields.Any(key => reached.Contains((relationship.To.Entity, key)))))
                return true;
            if (!(isChild || isParent) || !SchemaCuts.Names(field, relationship.Name))
                continue;
            if (links.Contains(relationship) || (isParent && resized.Contains(relationship.From.Entity)))
                return true;
            if (reached.Any(one => one.Entity == (isChild ? relationship.To.Entity : relationship.From.Entity) && SchemaCuts.Names(field, one.Field)))
                return true;
        }

        return false;
    }
}
