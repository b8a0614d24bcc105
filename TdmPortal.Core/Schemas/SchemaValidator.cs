using TdmPortal.Core.Schemas.Validation;

namespace TdmPortal.Core.Schemas;

/// <summary>Checks a document against the contract: names, limits, types, arguments, references, expressions.</summary>
public static class SchemaValidator
{
    /// <summary>Most entities of a document.</summary>
    public const int MaxEntities = 500;

    /// <summary>Most fields of an entity.</summary>
    public const int MaxFields = 1000;

    /// <summary>Most rows of an entity.</summary>
    public const long MaxRows = 1_000_000_000_000;

    /// <summary>
    /// All problems that can be seen without compiling a plan, in document order. Capacity and satisfiability are
    /// <see cref="Generation.GenerationPlan.Compile"/>'s, which calls this first.
    /// </summary>
    public static IReadOnlyList<SchemaProblem> Validate(SchemaDocument document)
    {
        var context = new ValidationContext(document);
        DocumentRules.Check(context);
        for (var entity = 0; entity < document.Entities.Count; entity++)
            EntityRules.Check(context, entity);
        RelationshipRules.Check(context);
        ConstraintRules.Check(context);
        FieldCycles.Check(context);
        return context.Problems.ToList();
    }
}
