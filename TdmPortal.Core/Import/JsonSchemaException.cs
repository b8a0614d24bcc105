using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import;

/// <summary>A JSON Schema from which no schema document can be made; all mistakes are listed, not only the first.</summary>
public sealed class JsonSchemaException : PortalException
{
    /// <param name="problems">At least one; a path is a JSON pointer.</param>
    public JsonSchemaException(IReadOnlyList<SchemaProblem> problems)
        : base(problems[0].Code, problems.Count == 1 ? $"{problems[0]}" : $"The JSON Schema has {problems.Count} mistakes, the first: {problems[0]}")
    {
        Problems = problems;
        SuggestedActions = [.. problems[0].SuggestedActions, .. problems.Skip(1).Take(20).Select(problem => $"Correct {problem}".TrimEnd('.'))];
    }

    /// <summary>All mistakes, in the order in which they were met.</summary>
    public IReadOnlyList<SchemaProblem> Problems { get; }
}
