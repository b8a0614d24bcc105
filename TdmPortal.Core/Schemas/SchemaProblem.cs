namespace TdmPortal.Core.Schemas;

/// <summary>Something wrong at one place of a schema document.</summary>
/// <param name="Path">
/// Where, by index as the file has it: <c>entities[0].fields[2].args.min</c>, <c>relationships[1].to.fields</c>,
/// <c>constraints[0].check</c>; empty for the document as a whole.
/// </param>
/// <param name="Code">Stable and machine-readable, e.g. <c>schema.unknown_generator</c>.</param>
/// <param name="Message">What is wrong and why, naming entity and field (<c>customer.email</c>).</param>
/// <param name="Severity">Whether it stops generation.</param>
public sealed record SchemaProblem(string Path, string Code, string Message, ProblemSeverity Severity = ProblemSeverity.Error)
{
    /// <summary>What the author can do, most useful first.</summary>
    public IReadOnlyList<string> SuggestedActions { get; init; } = [];

    /// <summary>"path: reason", the line that the command line prints.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
