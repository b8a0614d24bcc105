using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>A problem with the names of the place that it concerns.</summary>
/// <param name="Problem">As validation or compilation gave it.</param>
/// <param name="Place">Key of the place that shows it; empty for the document as a whole.</param>
/// <param name="Entity">Name of the entity, null for the document as a whole.</param>
/// <param name="Field">Name of the field, null where it concerns none.</param>
/// <param name="Property">What of it: <c>generator</c>, <c>args.min</c>, <c>name</c>; may be empty.</param>
public sealed record LocatedProblem(SchemaProblem Problem, string Place, string? Entity, string? Field, string Property)
{
    public bool IsError => Problem.Severity == ProblemSeverity.Error;

    /// <summary>The column of the field grid that shows it.</summary>
    public FieldColumn Column => Property.Split('.', '[')[0] switch
    {
        "type" or "precision" or "scale" or "maxLength" or "array" => FieldColumn.Type,
        "generator" => FieldColumn.Generator,
        "args" => FieldColumn.Arguments,
        "nullPercent" or "when" => FieldColumn.Nulls,
        "unique" => FieldColumn.Unique,
        _ => FieldColumn.Name,
    };
}
