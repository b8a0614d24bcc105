using System.Globalization;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Deriving;

/// <summary>What an entity says of its rows.</summary>
internal static class DerivedEntity
{
    /// <param name="plan">The entity as it was compiled; null where the document cannot be.</param>
    public static IEnumerable<QualityRule> Of(SchemaDocument document, EntityDefinition entity, EntityPlan? plan) =>
    [
        .. Keys(entity),
        .. document.Relationships.Where(relationship => relationship.From.Entity == entity.Name).Select(relationship => PointsTo(document, relationship)),
        .. document.Relationships.Where(relationship => relationship.To.Entity == entity.Name && relationship.DecidesRows).Select(Children),
        .. document.Constraints.Where(constraint => constraint.Entity == entity.Name).Select(constraint => Check(document, constraint)),
        .. entity.Fields.SelectMany((field, i) => DerivedField.Of(entity, field, plan?.Node.Fields[i], plan?.Rows)),
    ];

    private static IEnumerable<QualityRule> Keys(EntityDefinition entity)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<IReadOnlyList<string>> keys = [entity.PrimaryKey, .. entity.Unique, .. entity.Fields.Where(field => field.Unique).Select(field => new[] { field.Name })];
        foreach (var key in keys.Where(key => key.Count > 0 && seen.Add(string.Join(',', key.Order(StringComparer.Ordinal)))))
        {
            yield return new()
            {
                Name = key.Count == 1 ? $"{entity.Name}.{key[0]} occurs once" : $"{entity.Name}: {string.Join(", ", key)} occur once together",
                Kind = RuleKind.Consistency,
                Entity = entity.Name,
                Columns = key,
                Check = key.Count == 1 ? "unique" : "unique_together",
                Derived = true,
            };
        }
    }

    private static QualityRule PointsTo(SchemaDocument document, RelationshipDefinition relationship)
    {
        var toKey = document.Entities.FirstOrDefault(entity => entity.Name == relationship.To.Entity)?.PrimaryKey.SequenceEqual(relationship.To.Fields, StringComparer.Ordinal) ?? false;
        List<(string, string)> args = [("to", JsonArgs.Text(relationship.To.Entity))];
        if (!toKey)
            args.Add(("fields", JsonArgs.List(relationship.To.Fields)));
        return new()
        {
            Name = $"{relationship.From.Entity}.{string.Join(", ", relationship.From.Fields)} points to a row of {relationship.To.Entity}",
            Kind = RuleKind.Consistency,
            Entity = relationship.From.Entity,
            Columns = relationship.From.Fields,
            Check = "foreign_key_exists",
            Args = JsonArgs.Of([.. args]),
            Derived = true,
        };
    }

    private static QualityRule Children(RelationshipDefinition relationship)
    {
        var (min, max) = (relationship.Distribution!.Min ?? 0, relationship.Distribution.Max ?? 0);
        return new()
        {
            Name = $"{relationship.To.Entity} has {min} to {max} {relationship.From.Entity} ({relationship.Name})",
            Kind = RuleKind.Consistency,
            Entity = relationship.To.Entity,
            Check = "cardinality_between",
            Args = JsonArgs.Of(("relationship", JsonArgs.Text(relationship.Name)), ("min", min.ToString(CultureInfo.InvariantCulture)), ("max", max.ToString(CultureInfo.InvariantCulture))),
            Derived = true,
        };
    }

    private static QualityRule Check(SchemaDocument document, ConstraintDefinition constraint)
    {
        var index = new SchemaIndex(document);
        var condition = index.Entity(constraint.Entity) is { } entity ? CheckedExpression.Condition(constraint.Check, new EntityScope(index, entity)).Expression : null;
        return new()
        {
            Name = $"{constraint.Entity} keeps {constraint.Name}",
            Kind = RuleKind.Business,
            Entity = constraint.Entity,
            Columns = condition is null ? [] : [.. ExpressionDependencies.Of(condition).Fields.Take(16)],
            Check = "expression",
            Args = JsonArgs.Of(("condition", JsonArgs.Text(constraint.Check))),
            Derived = true,
        };
    }
}
