namespace TdmPortal.Core.Schemas.Validation;

/// <summary>What a relationship asks of the fields at its two ends.</summary>
internal static class RelationshipKeys
{
    public static void Check(ValidationContext context, int index, int child, int parent)
    {
        var relationship = context.Document.Relationships[index];
        var (problems, path, shown) = (context.Problems, $"relationships[{index}]", RelationshipRules.Shown(relationship));
        var (childEntity, parentEntity) = (context.Document.Entities[child], context.Document.Entities[parent]);
        var (from, to) = (relationship.From.Fields, relationship.To.Fields);
        if (from.Count != to.Count)
        {
            problems.Error($"{path}.to.fields", "schema.relationship", $"{shown} joins {from.Count} fields of {childEntity.Name} with {to.Count} of {parentEntity.Name}; the numbers must agree.", "Name as many fields at both ends");
            return;
        }

        for (var i = 0; i < from.Count; i++)
            CheckTypes(context, index, i, childEntity.Fields[context.Index.Field(child, from[i])!.Value], parentEntity.Fields[context.Index.Field(parent, to[i])!.Value]);
        if (!IsKey(parentEntity, to))
        {
            problems.Error($"{path}.to.fields", "schema.relationship_target", $"{shown} points to {parentEntity.Name}({string.Join(", ", to)}), which is no key of {parentEntity.Name}.",
                to.Count == 1 ? $"Make {parentEntity.Name}.{to[0]} unique" : "Add a unique key over these fields", parentEntity.PrimaryKey.Count == 0 ? "Give it a primary key" : $"Point to its primary key ({string.Join(", ", parentEntity.PrimaryKey)})");
        }

        if (from.Count > 1 && from.All(name => childEntity.Fields[context.Index.Field(child, name)!.Value].Generator is not null))
        {
            problems.Error($"{path}.from.fields", "schema.relationship", $"{shown} has nothing to fill: all its fields in {childEntity.Name} have generators of their own.", "Remove the generator of one of them");
        }

        CheckNullable(context, relationship, path, shown, child);
        CheckOneToOne(context, relationship, path, shown, childEntity, parentEntity);
        if (parentEntity.Rows == 0 && childEntity.Rows > 0 && (relationship.NullPercent ?? 0) < 100 && parent != child)
            problems.Error(path, "schema.relationship_rows", $"{shown} has no parents to choose from: {parentEntity.Name} has 0 rows, {childEntity.Name} has {childEntity.Rows}.", $"Give {parentEntity.Name} rows");
    }

    private static void CheckTypes(ValidationContext context, int index, int position, FieldDefinition from, FieldDefinition to)
    {
        var relationship = context.Document.Relationships[index];
        var path = $"relationships[{index}].from.fields[{position}]";
        var pair = $"{relationship.From.Entity}.{from.Name} and {relationship.To.Entity}.{to.Name}";
        if (from.Type != to.Type || (from.Type == FieldType.Decimal && (from.Scale ?? 2) != (to.Scale ?? 2)))
        {
            context.Problems.Error(path, "schema.relationship_type", $"{RelationshipRules.Shown(relationship)} joins {pair}, but one is {Describe(from)}, the other {Describe(to)}.", $"Make {relationship.From.Entity}.{from.Name} {Describe(to)}");
        }
        else if (from.MaxLength < (to.MaxLength ?? int.MaxValue) && from.Type == FieldType.String)
        {
            context.Problems.Warning(path, "schema.relationship_type", $"{RelationshipRules.Shown(relationship)} joins {pair}, but the first has room for {from.MaxLength} characters only; a longer key would not fit.", $"Set maxLength of {relationship.From.Entity}.{from.Name} to that of {relationship.To.Entity}.{to.Name}");
        }

        if (to.Array is not null)
            context.Problems.Error($"relationships[{index}].to.fields[{position}]", "schema.relationship_type", $"{RelationshipRules.Shown(relationship)} points to {relationship.To.Entity}.{to.Name}, which is a list.", "Choose another field");
    }

    private static string Describe(FieldDefinition field) =>
        field.Type == FieldType.Decimal ? $"a decimal of scale {field.Scale ?? 2}" : FieldRules.Article(FieldTypeNames.Of(field.Type));

    /// <summary>Whether the fields, in any order, are a whole key of the entity.</summary>
    public static bool IsKey(EntityDefinition entity, IReadOnlyList<string> fields) =>
        Same(entity.PrimaryKey, fields) || entity.Unique.Any(group => Same(group, fields))
        || (fields.Count == 1 && entity.Fields.Any(field => field.Name == fields[0] && field.Unique));

    private static bool Same(IReadOnlyList<string> key, IReadOnlyList<string> fields) =>
        key.Count == fields.Count && key.All(name => fields.Contains(name, StringComparer.Ordinal));

    private static void CheckNullable(ValidationContext context, RelationshipDefinition relationship, string path, string shown, int child)
    {
        var isSelf = relationship.From.Entity == relationship.To.Entity;
        if (!isSelf && !(relationship.NullPercent > 0))
            return;
        var entity = context.Document.Entities[child];
        var canBeNull = relationship.From.Fields.Any(name => !entity.PrimaryKey.Contains(name, StringComparer.Ordinal) && entity.Fields[context.Index.Field(child, name)!.Value].Generator is null);
        if (canBeNull)
            return;
        context.Problems.Error(isSelf ? path : $"{path}.nullPercent", "schema.relationship_null",
            isSelf ? $"{shown} joins {entity.Name} to itself, so its roots are null, but its fields belong to the primary key or have generators."
                : $"{shown} gives children without a parent (nullPercent), but its fields belong to the primary key or have generators.",
            isSelf ? "Choose a field outside of the primary key" : "Remove nullPercent");
    }

    private static void CheckOneToOne(ValidationContext context, RelationshipDefinition relationship, string path, string shown, EntityDefinition child, EntityDefinition parent)
    {
        if (!IsKey(child, relationship.From.Fields))
            return;
        var problems = context.Problems;
        var kind = relationship.Distribution?.Kind ?? DistributionKind.Uniform;
        if (kind == DistributionKind.Zipf)
            problems.Error($"{path}.distribution.kind", "schema.one_to_one", $"{shown} fills a whole key of {child.Name}, so each parent has at most one child; zipf would give some many.", "Make it uniform");
        else if (kind == DistributionKind.PerParent && relationship.Distribution!.Max > 1)
            problems.Error($"{path}.distribution.max", "schema.one_to_one", $"{shown} fills a whole key of {child.Name}, so each parent has at most one child, not {relationship.Distribution.Max}.", "Set max to 1");
        else if (child.Rows > parent.Rows && child.Rows * (1 - ((relationship.NullPercent ?? 0) / 100)) > parent.Rows)
            problems.Error(path, "schema.one_to_one", $"{shown} fills a whole key of {child.Name}, so it has at most as many rows as {parent.Name}; it has {child.Rows}, {parent.Name} has {parent.Rows}.", $"Lower the rows of {child.Name} to {parent.Rows}", $"Raise those of {parent.Name}");
    }
}
