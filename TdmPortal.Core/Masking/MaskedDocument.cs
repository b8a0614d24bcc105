using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>The schema of a masked version: the source's, with what the rows of a source and their masked values need.</summary>
public static class MaskedDocument
{
    /// <summary>Share of nulls that says "may be null"; how many there are, the rows say.</summary>
    private const double MayBeNull = 1;

    /// <summary>Columns may be null where the source's may, or where a masker makes them so; checks that masked values may not hold become rules of the quality report instead of constraints.</summary>
    /// <param name="keptChecks">Of the plan: <see cref="MaskPlanResult.KeptChecks"/>.</param>
    public static SchemaDocument Make(SchemaDocument source, IReadOnlySet<string> keptChecks) => source with
    {
        Entities = [.. source.Entities.Select(entity => entity with { Fields = [.. entity.Fields.Select(field => Loosen(entity, field))] })],
        Relationships = [.. source.Relationships.Select(relationship => Loosen(source, relationship))],
        Constraints = [.. source.Constraints.Where(constraint => keptChecks.Contains(constraint.Name))],
    };

    private static FieldDefinition Loosen(EntityDefinition entity, FieldDefinition field) =>
        field.Generator is null || field.NullPercent > 0 || entity.PrimaryKey.Contains(field.Name, StringComparer.Ordinal) ? field : field with { NullPercent = MayBeNull };

    private static RelationshipDefinition Loosen(SchemaDocument document, RelationshipDefinition relationship)
    {
        var child = document.Entities.First(entity => entity.Name == relationship.From.Entity);
        return relationship.NullPercent > 0 || relationship.RootPercent is not null || relationship.From.Entity == relationship.To.Entity || relationship.Distribution?.Kind == DistributionKind.PerParent || relationship.From.Fields.Any(field => child.PrimaryKey.Contains(field, StringComparer.Ordinal) || child.Fields.First(one => one.Name == field).Generator is not null)
            ? relationship : relationship with { NullPercent = MayBeNull };
    }
}
