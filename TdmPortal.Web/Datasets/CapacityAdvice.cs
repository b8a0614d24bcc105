using System.Globalization;
using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>Rows that would fit, where a problem is that too many were asked for: what the button beside it sets.</summary>
/// <param name="Entity">Whose rows to change.</param>
/// <param name="Rows">The most that compiles without this problem.</param>
public sealed partial record CapacityAdvice(string Entity, long Rows)
{
    /// <summary>
    /// Looks for the largest number of rows under which <paramref name="problem"/> is gone, by compiling: at most 63 plans, usually
    /// about 20. What it returns has been tried. Null when fewer rows don't help.
    /// </summary>
    public static CapacityAdvice? Find(SchemaDocument document, GenerationOptions options, SchemaProblem problem, CancellationToken cancellation)
    {
        if (problem.Severity != ProblemSeverity.Error || problem.Code == "schema.unique_unprovable" || !problem.Code.StartsWith("generation.", StringComparison.Ordinal))
            return null;
        if (EntityOf(document, problem) is not { } entity)
            return null;
        var asked = GenerationEstimate.Of(document, options).Rows.GetValueOrDefault(entity);
        if (asked <= 1 || !Fits(1))
            return null;

        long fits = 1, exceeds = asked;
        while (exceeds - fits > 1)
        {
            cancellation.ThrowIfCancellationRequested();
            var middle = fits + (exceeds - fits) / 2;
            if (Fits(middle))
                fits = middle;
            else
                exceeds = middle;
        }

        return new CapacityAdvice(entity, fits);

        bool Fits(long rows)
        {
            var fewer = options with { Rows = new Dictionary<string, long>(options.Rows, StringComparer.Ordinal) { [entity] = rows } };
            return GenerationPlan.Compile(document, fewer).Problems.All(other => other.Severity != ProblemSeverity.Error || other.Code != problem.Code || other.Path != problem.Path);
        }
    }

    private static string? EntityOf(SchemaDocument document, SchemaProblem problem)
    {
        if (IndexIn(EntityPath(), problem.Path) is { } entity && entity < document.Entities.Count)
            return document.Entities[entity].Name;
        return IndexIn(RelationshipPath(), problem.Path) is { } relationship && relationship < document.Relationships.Count
            ? document.Relationships[relationship].From.Entity
            : null;
    }

    private static int? IndexIn(Regex path, string text) =>
        path.Match(text) is { Success: true } match && int.TryParse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    [GeneratedRegex(@"^entities\[(?<index>\d+)\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex EntityPath();

    [GeneratedRegex(@"^relationships\[(?<index>\d+)\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RelationshipPath();
}
