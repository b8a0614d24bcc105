using TdmPortal.Core.Schemas.Comparing;

namespace TdmPortal.Core.Schemas;

/// <summary>Three-way merge of two edits of the same document, per property of each field, entity, relationship and constraint.</summary>
public static class SchemaMerge
{
    /// <summary>Merges <paramref name="mine"/> and <paramref name="theirs"/>, both made from <paramref name="origin"/>.</summary>
    /// <param name="theirsAt">Places of conflicts (<see cref="SchemaChange.Place"/>) at which theirs is to win; they stay among the conflicts.</param>
    public static SchemaMergeResult Merge(SchemaDocument origin, SchemaDocument mine, SchemaDocument theirs, IReadOnlySet<string>? theirsAt = null)
    {
        var merge = new ThreeWayMerge(theirsAt);
        var document = merge.Properties("document", origin, mine, theirs, PartProperties.Document) with
        {
            Entities = merge.Parts(origin.Entities, mine.Entities, theirs.Entities, entity => entity.Name, "", entity => SchemaWriter.Text(entity), (place, was, my, their) =>
                merge.Properties(place, was, my, their, PartProperties.Entity) with
                {
                    Fields = merge.Parts(was?.Fields ?? [], my.Fields, their.Fields, field => field.Name, $"{place}.", field => SchemaWriter.Text(field), (fieldPlace, wasField, myField, theirField) => Field(merge, fieldPlace, wasField, myField, theirField)),
                }),
            Relationships = merge.Parts(origin.Relationships, mine.Relationships, theirs.Relationships, relationship => relationship.Name, "", relationship => SchemaWriter.Text(relationship),
                (place, was, my, their) => merge.Properties(place, was, my, their, PartProperties.Relationship)),
            Constraints = merge.Parts(origin.Constraints, mine.Constraints, theirs.Constraints, constraint => constraint.Name, "", constraint => SchemaWriter.Text(constraint),
                (place, was, my, their) => merge.Properties(place, was, my, their, PartProperties.Constraint)),
        };
        return new(document, merge.Conflicts);
    }

    private static FieldDefinition Field(ThreeWayMerge merge, string place, FieldDefinition? was, FieldDefinition my, FieldDefinition their)
    {
        var merged = merge.Properties(place, was, my, their, PartProperties.Field);
        // Arguments mean something to their generator only: where that changed they go with it.
        if (was is null || my.Generator != was.Generator || their.Generator != was.Generator)
            return merge.Properties(place, was, merged, their, [PartProperties.Filling]);
        var arguments = my.Args.Concat(their.Args).Concat(was.Args).Select(argument => argument.Key).Distinct(StringComparer.Ordinal).Select(PartProperties.Argument).ToList();
        return merge.Properties($"{place}.args", was, merged, their, arguments);
    }
}
