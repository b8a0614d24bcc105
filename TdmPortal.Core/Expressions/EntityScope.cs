using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Expressions;

/// <summary>An entity's fields, its parents and its children.</summary>
internal sealed class EntityScope(SchemaIndex schema, int entity) : ExpressionScope
{
    private readonly EntityDefinition definition = schema.Document.Entities[entity];

    public override string Name => definition.Name;

    public override IEnumerable<string> FieldNames => definition.Fields.Select(one => one.Name);

    public override FieldValue? Field(string name) =>
        schema.Field(entity, name) is { } index ? new(name, index, ExpressionType.Of(definition.Fields[index])) : null;

    public override (RelationshipDefinition Relationship, ExpressionScope Parent)? Parent(string relationship) =>
        schema.Relationship(relationship) is { } found && found.From.Entity == Name && schema.Entity(found.To.Entity) is { } parent
            ? (found, new EntityScope(schema, parent)) : null;

    public override (RelationshipDefinition Relationship, ExpressionScope Child)? Children(string relationship) =>
        schema.Relationship(relationship) is { } found && found.To.Entity == Name && schema.Entity(found.From.Entity) is { } child
            ? (found, new EntityScope(schema, child)) : null;

    public override IEnumerable<string> ParentRelationships =>
        schema.Document.Relationships.Where(relationship => relationship.From.Entity == Name).Select(relationship => relationship.Name);

    public override IEnumerable<string> ChildRelationships =>
        schema.Document.Relationships.Where(relationship => relationship.To.Entity == Name).Select(relationship => relationship.Name);
}
