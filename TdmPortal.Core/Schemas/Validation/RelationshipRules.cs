using System.Globalization;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>Relationships: ends, keys, types, distributions, and cycles between entities.</summary>
internal static class RelationshipRules
{
    public static void Check(ValidationContext context)
    {
        var relationships = context.Document.Relationships;
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < relationships.Count; i++)
        {
            var relationship = relationships[i];
            var path = $"relationships[{i}]";
            DocumentRules.CheckName(context.Problems, $"{path}.name", "A relationship", relationship.Name);
            if (relationship.Name.Length > 0 && !names.TryAdd(relationship.Name, i))
                DocumentRules.Twice(context.Problems, $"{path}.name", $"There are two relationships called {ValidationContext.Shown(relationship.Name)}.");
            var child = CheckEnd(context, relationship.From, $"{path}.from", relationship.Name);
            var parent = CheckEnd(context, relationship.To, $"{path}.to", relationship.Name);
            CheckShares(context, relationship, path);
            CheckDistribution(context, relationship, path);
            if (child is null || parent is null)
                continue;
            var from = $"{relationship.From.Entity}({string.Join(',', relationship.From.Fields)})";
            if (!ends.TryAdd(from, i))
                context.Problems.Error($"{path}.from", "schema.relationship", $"{Shown(relationship)} fills {from}, which {relationships[ends[from]].Name} fills as well.", "Remove one of the two relationships");
            RelationshipKeys.Check(context, i, child.Value, parent.Value);
        }

        EntityCycles.Check(context);
    }

    public static string Shown(RelationshipDefinition relationship) => $"The relationship {ValidationContext.Shown(relationship.Name)}";

    public static void UnknownEntity(ValidationContext context, string path, string owner, string entity)
    {
        if (entity.Length == 0)
        {
            context.Problems.Error(path, "schema.unknown_entity", $"{owner} names no entity.", "Choose an entity");
            return;
        }

        var nearest = NearestName.Find(entity, context.Document.Entities.Select(one => one.Name));
        context.Problems.Error(path, "schema.unknown_entity", $"{owner} names the entity {ValidationContext.Shown(entity)}, which does not exist.", nearest is null ? "Choose an entity" : $"Write {nearest}");
    }

    /// <summary>The entity of an end whose fields all exist; null where they do not.</summary>
    private static int? CheckEnd(ValidationContext context, RelationshipEnd end, string path, string name)
    {
        if (context.Index.Entity(end.Entity) is not { } entity)
        {
            UnknownEntity(context, $"{path}.entity", $"The relationship {ValidationContext.Shown(name)}", end.Entity);
            return null;
        }

        var good = true;
        if (end.Fields.Count == 0)
        {
            context.Problems.Error($"{path}.fields", "schema.relationship", $"The relationship {ValidationContext.Shown(name)} names no fields of {end.Entity}.", "Choose its fields");
            good = false;
        }

        for (var i = 0; i < end.Fields.Count; i++)
        {
            if (context.Index.Field(entity, end.Fields[i]) is null)
            {
                var nearest = NearestName.Find(end.Fields[i], context.Document.Entities[entity].Fields.Select(field => field.Name));
                context.Problems.Error($"{path}.fields[{i}]", "schema.unknown_field", $"The relationship {ValidationContext.Shown(name)} names {end.Entity}.{ValidationContext.Shown(end.Fields[i])}, which does not exist.",
                    nearest is null ? "Choose a field" : $"Write {nearest}");
                good = false;
            }
            else if (end.Fields.Take(i).Contains(end.Fields[i], StringComparer.Ordinal))
            {
                context.Problems.Error($"{path}.fields[{i}]", "schema.relationship", $"The relationship {ValidationContext.Shown(name)} names {end.Entity}.{end.Fields[i]} twice.", "Remove one of them");
                good = false;
            }
        }

        return good ? entity : null;
    }

    private static void CheckShares(ValidationContext context, RelationshipDefinition relationship, string path)
    {
        if (relationship.NullPercent is { } nulls && !(nulls is >= 0 and <= 100))
            context.Problems.Error($"{path}.nullPercent", "schema.null_percent", string.Create(CultureInfo.InvariantCulture, $"{Shown(relationship)}: nullPercent is {nulls}; a share lies between 0 and 100."), "Write a number from 0 to 100");
        if (relationship.RootPercent is not { } roots)
            return;
        if (relationship.From.Entity != relationship.To.Entity)
            context.Problems.Error($"{path}.rootPercent", "schema.relationship", $"{Shown(relationship)} has a rootPercent, but only a relationship of an entity to itself has roots.", "Use nullPercent");
        else if (!(roots is >= 0 and <= 100))
            context.Problems.Error($"{path}.rootPercent", "schema.null_percent", string.Create(CultureInfo.InvariantCulture, $"{Shown(relationship)}: rootPercent is {roots}; a share lies between 0 and 100."), "Write a number from 0 to 100");
    }

    private static void CheckDistribution(ValidationContext context, RelationshipDefinition relationship, string path)
    {
        if (relationship.Distribution is not { } distribution)
            return;
        var problems = context.Problems;
        var kind = FieldTypeNames.Of(distribution.Kind);
        if (distribution.Exponent is { } exponent)
        {
            if (distribution.Kind != DistributionKind.Zipf)
                problems.Error($"{path}.distribution.exponent", "schema.distribution", $"{Shown(relationship)}: an exponent belongs to zipf, not to {kind}.", "Remove it", "Make the distribution zipf");
            else if (!(exponent is > 0 and <= 10))
                problems.Error($"{path}.distribution.exponent", "schema.distribution", string.Create(CultureInfo.InvariantCulture, $"{Shown(relationship)}: the exponent is {exponent}; it is greater than 0 and at most 10."), "Write 1 for the usual shape");
        }

        if (distribution.Kind != DistributionKind.PerParent)
        {
            if (distribution.Min is not null || distribution.Max is not null)
                problems.Error($"{path}.distribution", "schema.distribution", $"{Shown(relationship)}: min and max belong to perParent, not to {kind}.", "Remove them", "Make the distribution perParent");
            return;
        }

        if (distribution.Max is not { } max)
            problems.Error($"{path}.distribution.max", "schema.distribution", $"{Shown(relationship)}: perParent needs max, the most children of one parent.", "Set max");
        else if (distribution.Min is < 0 || max < (distribution.Min ?? 0) || max is < 1 or > 1_000_000)
            problems.Error($"{path}.distribution", "schema.distribution", $"{Shown(relationship)}: {distribution.Min ?? 0} to {max} children are not possible; min is 0 or more, max at least 1, at least min and at most 1000000.", "Correct min and max");
        if (relationship.From.Entity == relationship.To.Entity)
        {
            var (each, roots) = ((distribution.Min ?? 0) + (distribution.Max ?? 0), relationship.RootPercent ?? relationship.NullPercent ?? 0);
            if (each is > 0 and < 2 && !(roots > 50))
                problems.Error($"{path}.rootPercent", "schema.distribution", $"{Shown(relationship)}: with {distribution.Min ?? 0} to {distribution.Max} children each, half a child on average, fewer than half of the rows can have a parent.", "Set rootPercent above 50", "Raise max");
        }
        else if (relationship.NullPercent >= 100)
            problems.Error($"{path}.nullPercent", "schema.distribution", $"{Shown(relationship)}: with perParent the rows without a parent come on top of the parents' children, so not all rows can be without.", "Lower nullPercent", "Make it uniform or zipf");
    }
}
