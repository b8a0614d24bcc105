using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Changes;

/// <summary>
/// Says what an edit changes in the rows without making a version: rows are a pure function of document, settings and row
/// number, so some rows of both sides are made and compared. Names and row numbers decide values, hence most columns
/// usually keep their bytes.
/// </summary>
public static class PlanChanges
{
    /// <summary>Compares; bounded in rows and time by <paramref name="limits"/>.</summary>
    /// <param name="before">The state that is there.</param>
    /// <param name="after">The state that an edit would make; its document may have errors.</param>
    /// <param name="limits">How far to look.</param>
    /// <param name="time">Measures how long it takes.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ChangePreview Compare(PlanInput before, PlanInput after, ChangeLimits limits, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var (was, wasProblems) = GenerationPlan.Compile(before.Document, before.Options);
        cancellation.ThrowIfCancellationRequested();
        var (now, nowProblems) = GenerationPlan.Compile(after.Document, after.Options);
        cancellation.ThrowIfCancellationRequested();
        if (was is null || now is null)
            return new([], Errors(now is null ? nowProblems : wasProblems), FailedBefore: now is not null);
        var untouched = DefinitionParts.Untouched(before, after);
        var names = now.Document.Entities.Select(entity => entity.Name).Concat(was.Document.Entities.Select(entity => entity.Name)).Distinct(StringComparer.Ordinal).ToList();
        var found = new Dictionary<string, ChangedEntity>(StringComparer.Ordinal);

        // Where the document itself changed first: should time run out, the least telling is left.
        foreach (var name in names.OrderBy(name => SaysTheSame(was, now, name)))
        {
            found[name] = untouched.Contains(name)
                ? new(name, ChangeKind.Same, was.Entity(name).Rows, now.Entity(name).Rows) { IsUntouched = true }
                : new EntityComparison(was, Find(was, name), now, Find(now, name), limits, () => time.GetElapsedTime(started) >= limits.Longest).Run(cancellation);
        }

        return new(names.ConvertAll(name => found[name]), [], FailedBefore: false);
    }

    private static bool SaysTheSame(GenerationPlan before, GenerationPlan after, string name) =>
        (Find(before, name), Find(after, name)) is ({ } one, { } other) && SchemaWriter.Text(one.Definition) == SchemaWriter.Text(other.Definition);

    private static EntityPlan? Find(GenerationPlan plan, string name) => plan.Entities.FirstOrDefault(entity => entity.Name == name);

    private static IReadOnlyList<SchemaProblem> Errors(IReadOnlyList<SchemaProblem> problems) => [.. problems.Where(problem => problem.Severity == ProblemSeverity.Error)];
}
