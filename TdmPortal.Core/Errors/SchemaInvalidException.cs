using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Errors;

/// <summary>A schema document was refused; all its problems are listed, not only the first.</summary>
public sealed class SchemaInvalidException : PortalException
{
    /// <param name="problems">At least one.</param>
    public SchemaInvalidException(IReadOnlyList<SchemaProblem> problems)
        : base("schema.invalid", problems.Count == 1
            ? $"The schema has a problem: {problems[0]}"
            : $"The schema has {problems.Count} problems, the first: {(problems.Count == 0 ? "" : problems[0])}")
    {
        Problems = problems;
        SuggestedActions = problems.Count == 0 ? [] : problems[0].SuggestedActions;
    }

    /// <summary>All problems, in document order.</summary>
    public IReadOnlyList<SchemaProblem> Problems { get; }
}
