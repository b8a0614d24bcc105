using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Errors;

/// <summary>A schema document was refused; all its problems are listed, not only the first.</summary>
public sealed class SchemaInvalidException(IReadOnlyList<SchemaProblem> problems)
    : PortalException("schema.invalid", problems.Count == 1
        ? $"The schema has a problem: {problems[0].Path}: {problems[0].Message}"
        : $"The schema has {problems.Count} problems, the first: {(problems.Count == 0 ? "" : $"{problems[0].Path}: {problems[0].Message}")}")
{
    /// <summary>All problems, in document order.</summary>
    public IReadOnlyList<SchemaProblem> Problems { get; } = problems;
}
