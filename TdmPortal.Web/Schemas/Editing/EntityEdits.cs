using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>Edits of entities and of the document around them. Each gives a new document, or the same one when nothing is to be done.</summary>
public static class EntityEdits
{
    public static EntityDefinition? Entity(this SchemaDocument document, string? name) => document.Entities.FirstOrDefault(entity => entity.Name == name);

    /// <summary>Replaces one entity, leaving all others as the same objects.</summary>
    public static SchemaDocument WithEntity(this SchemaDocument document, string name, Func<EntityDefinition, EntityDefinition> edit)
    {
        var entities = document.Entities;
        for (var at = 0; at < entities.Count; at++)
        {
            if (entities[at].Name != name)
                continue;
            var next = edit(entities[at]);
            if (ReferenceEquals(next, entities[at]))
                return document;
            return document with { Entities = [.. entities.Take(at), next, .. entities.Skip(at + 1)] };
        }

        return document;
    }

    /// <summary>A new entity with a numbered key, so that it can be generated and pointed at from the start.</summary>
    public static SchemaDocument AddEntity(this SchemaDocument document, string name, long rows = 1000) => document with
    {
        Entities =
        [
            .. document.Entities,
            new EntityDefinition
            {
                Name = SchemaNames.Free(SchemaNames.FromText(name, "entity"), document.Entities.Select(e => e.Name)),
                Rows = rows,
                Fields = [new FieldDefinition { Name = "id", Type = FieldType.Integer, Generator = "sequence" }],
                PrimaryKey = ["id"],
            },
        ],
    };

    /// <summary>Adds entities as they are, under free names.</summary>
    public static SchemaDocument AddEntities(this SchemaDocument document, IEnumerable<EntityDefinition> entities)
    {
        var all = document.Entities.ToList();
        foreach (var entity in entities)
            all.Add(entity with { Name = SchemaNames.Free(entity.Name, all.Select(e => e.Name)) });
        return document with { Entities = all };
    }

    /// <summary>A copy behind the original, with its relationships to parents and its checks.</summary>
    public static SchemaDocument DuplicateEntity(this SchemaDocument document, string name)
    {
        if (document.Entity(name) is not { } entity)
            return document;
        var copy = SchemaNames.Free(name, document.Entities.Select(e => e.Name));
        var at = document.Entities.TakeWhile(e => e.Name != name).Count() + 1;
        var relationships = document.Relationships.ToList();
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var relationship in document.Relationships.Where(r => r.From.Entity == name))
        {
            var free = SchemaNames.Free(relationship.Name.Replace(name, copy, StringComparison.Ordinal), relationships.Select(r => r.Name));
            renamed[relationship.Name] = free;
            relationships.Add(relationship with
            {
                Name = free,
                From = relationship.From with { Entity = copy },
                To = relationship.To.Entity == name ? relationship.To with { Entity = copy } : relationship.To,
            });
        }

        var constraints = document.Constraints.ToList();
        foreach (var constraint in document.Constraints.Where(c => c.Entity == name))
        {
            constraints.Add(constraint with
            {
                Entity = copy,
                Name = SchemaNames.Free(constraint.Name, constraints.Select(c => c.Name)),
                Check = renamed.Aggregate(constraint.Check, (text, pair) => ExpressionNames.RenameRelationship(text, pair.Key, pair.Value)),
            });
        }

        var fields = renamed.Aggregate(entity.Fields, (all, pair) => [.. all.Select(f => FieldReferences.RenameRelationship(f, pair.Key, pair.Value))]);
        return document with
        {
            Entities = [.. document.Entities.Take(at), entity with { Name = copy, Table = null, Fields = fields }, .. document.Entities.Skip(at)],
            Relationships = relationships,
            Constraints = constraints,
        };
    }

    /// <summary>Takes an entity out, with the relationships that touch it and its checks.</summary>
    public static SchemaDocument RemoveEntity(this SchemaDocument document, string name) => document.Entity(name) is null ? document : document with
    {
        Entities = [.. document.Entities.Where(e => e.Name != name)],
        Relationships = [.. document.Relationships.Where(r => r.From.Entity != name && r.To.Entity != name)],
        Constraints = [.. document.Constraints.Where(c => c.Entity != name)],
    };

    /// <summary>Renames an entity and all that points at it. Its values change, because they depend on its name.</summary>
    public static SchemaDocument RenameEntity(this SchemaDocument document, string name, string newName)
    {
        if (name == newName || document.Entity(name) is null || document.Entity(newName) is not null)
            return document;
        RelationshipEnd Renamed(RelationshipEnd end) => end.Entity == name ? end with { Entity = newName } : end;
        return document with
        {
            Entities = [.. document.Entities.Select(e => e.Name == name ? e with { Name = newName } : e)],
            Relationships = [.. document.Relationships.Select(r => r with { From = Renamed(r.From), To = Renamed(r.To) })],
            Constraints = [.. document.Constraints.Select(c => c.Entity == name ? c with { Entity = newName } : c)],
        };
    }

    public static SchemaDocument MoveEntity(this SchemaDocument document, string name, int by)
    {
        var entities = document.Entities.ToList();
        var at = entities.FindIndex(e => e.Name == name);
        var to = Math.Clamp(at + by, 0, entities.Count - 1);
        if (at < 0 || to == at)
            return document;
        var entity = entities[at];
        entities.RemoveAt(at);
        entities.Insert(to, entity);
        return document with { Entities = entities };
    }

    public static SchemaDocument SetConstraint(this SchemaDocument document, string name, ConstraintDefinition? constraint)
    {
        var all = document.Constraints.ToList();
        var at = all.FindIndex(c => c.Name == name);
        if (at >= 0 && constraint is null)
            all.RemoveAt(at);
        else if (at >= 0)
            all[at] = constraint!;
        else if (constraint is not null)
            all.Add(constraint);
        else
            return document;
        return document with { Constraints = all };
    }
}
