namespace TdmPortal.Core.Schemas;

/// <summary>Checks a document against the contract: names, limits, types, arguments, references, expressions.</summary>
public static class SchemaValidator
{
    /// <summary>
    /// All problems that can be seen without compiling a plan, in document order. Capacity and satisfiability are
    /// <see cref="Generation.GenerationPlan.Compile"/>'s, which calls this first.
    /// </summary>
    public static IReadOnlyList<SchemaProblem> Validate(SchemaDocument document) => throw new NotImplementedException();
}
