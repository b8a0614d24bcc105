
namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>
/// The last step of every proposal: what validation still refuses is replaced by something simpler that holds, and
/// said, so that the author begins with a document that generates.
/// </summary>
internal static class ProposalRepair
{
    public static ProposedSchema Finish(SchemaDocument document, Dictionary<string, ProposedGenerator> reasons, ProblemList problems)
    {
        // From the back, so that indexes stay true. Each round can uncover what the round before had hidden; a handful is more than enough.
        for (var round = 0; round < 4; round++)
        {
            var errors = SchemaValidator.Validate(document).Where(problem => problem.Severity == ProblemSeverity.Error).ToList();
            if (errors.Count == 0)
                return new(document, reasons, problems.ToList());
            var repaired = Enumerable.Reverse(errors).Aggregate(document, (current, error) => Repair(current, error, reasons, problems));
            if (ReferenceEquals(repaired, document))
                break;
            document = repaired;
        }

        foreach (var left in SchemaValidator.Validate(document).Where(problem => problem.Severity == ProblemSeverity.Error))
            problems.Add(left with { Severity = ProblemSeverity.Warning });
        return new(document, reasons, problems.ToList());
    }

    private static SchemaDocument Repair(SchemaDocument document, SchemaProblem error, Dictionary<string, ProposedGenerator> reasons, ProblemList problems)
    {
        if (ProblemPath.Index(error.Path, "relationships[") is { } relationship && relationship < document.Relationships.Count && error.Code == "schema.cycle")
        {
            var circle = document.Relationships[relationship];
            problems.Warning("", error.Code, $"{error.Message} {circle.Name} was made nullable.", "Check that its columns may be null");
            return document with { Relationships = [.. document.Relationships.Select((one, i) => i == relationship ? one with { NullPercent = 10 } : one)] };
        }

        if (ProblemPath.Index(error.Path, "constraints[") is { } constraint && constraint < document.Constraints.Count)
        {
            problems.Warning("", error.Code, $"A check was left out: {error.Message}");
            return document with { Constraints = [.. document.Constraints.Where((_, i) => i != constraint)] };
        }

        if (ProblemPath.Index(error.Path, "entities[") is not { } entity || ProblemPath.Index(error.Path, ".fields[") is not { } index || error.Path.EndsWith(".fields", StringComparison.Ordinal))
            return document;
        var owner = document.Entities[entity];
        var field = owner.Fields[index];
        if (field.Generator is null && document.Relationships.Any(one => one.From.Entity == owner.Name && one.From.Fields.Contains(field.Name, StringComparer.Ordinal)))
            return document;
        var fallback = Fallbacks.For(field.Name, field.Type, field.MaxLength).First();
        reasons[$"{owner.Name}.{field.Name}"] = fallback;
        var simpler = field with { Generator = fallback.Generator, Args = fallback.Args, When = null };
        return document.With(entity, owner with { Fields = [.. owner.Fields.Select((each, j) => j == index ? simpler : each)] });
    }
}
