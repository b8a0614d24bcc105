namespace TdmPortal.Core.Schemas;

/// <summary>Collects problems up to a bound, so that a hostile document cannot fill the memory or the page.</summary>
internal sealed class ProblemList
{
    /// <summary>After so many problems the rest is only counted.</summary>
    public const int Limit = 1000;

    private readonly List<SchemaProblem> problems = [];
    private int left;

    public bool HasAny => problems.Count > 0;

    public void Error(string path, string code, string message, params ReadOnlySpan<string> actions) =>
        Add(new(path, code, message) { SuggestedActions = actions.ToArray() });

    public void Warning(string path, string code, string message, params ReadOnlySpan<string> actions) =>
        Add(new(path, code, message, ProblemSeverity.Warning) { SuggestedActions = actions.ToArray() });

    public void Add(SchemaProblem problem)
    {
        if (problems.Count < Limit)
            problems.Add(problem);
        else
            left++;
    }

    public IReadOnlyList<SchemaProblem> ToList() => left == 0
        ? problems
        : [.. problems, new("", "schema.too_many_problems", $"{left} more problems are not listed.") { SuggestedActions = ["Correct those that are listed and look again"] }];
}
