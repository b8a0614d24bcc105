using TdmPortal.Core.Generation;
using TdmPortal.Core.Learning.Patterns;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Learning;

/// <summary>A learned document is one that generates: what validation or compilation refuses is made simpler, and told.</summary>
internal static class LearnedRepair
{
    private const int Rounds = 12;

    public static (SchemaDocument Document, IReadOnlyList<SchemaProblem> Problems) Finish(SchemaDocument document, Dictionary<string, ProposedGenerator> reasons)
    {
        var told = new ProblemList();
        var proposed = ProposalRepair.Finish(document, reasons, told);
        document = proposed.Document!;
        List<SchemaProblem> problems = [.. proposed.Problems];
        for (var round = 0; round < Rounds; round++)
        {
            var errors = GenerationPlan.Compile(document, new()).Problems.Where(problem => problem.Severity == ProblemSeverity.Error).ToList();
            if (errors.Count == 0)
                break;
            var simpler = document;
            foreach (var error in errors)
            {
                var next = Simpler(simpler, error, reasons);
                if (!ReferenceEquals(next, simpler))
                    problems.Add(error with { Severity = ProblemSeverity.Warning });
                simpler = next;
            }

            if (ReferenceEquals(simpler, document))
            {
                problems.AddRange(errors.Select(error => error with { Severity = ProblemSeverity.Warning }));
                break;
            }

            document = simpler;
        }

        return (document, problems);
    }

    private static SchemaDocument Simpler(SchemaDocument document, SchemaProblem error, Dictionary<string, ProposedGenerator> reasons)
    {
        if (ProblemPath.Index(error.Path, "relationships[") is { } relationship && relationship < document.Relationships.Count && document.Relationships[relationship].Distribution is not null)
            return document with { Relationships = [.. document.Relationships.Select((one, i) => i == relationship && one.Distribution!.Kind == DistributionKind.Zipf ? one with { Distribution = null } : one)] };
        if (ProblemPath.Index(error.Path, "constraints[") is { } constraint && constraint < document.Constraints.Count)
            return document with { Constraints = [.. document.Constraints.Where((_, i) => i != constraint)] };
        if (ProblemPath.Index(error.Path, "entities[") is not { } place || place >= document.Entities.Count)
            return document;
        var entity = document.Entities[place];
        if (error.Path.Contains(".correlations[", StringComparison.Ordinal) || error.Code == "schema.correlation")
            return document.With(place, entity with { Correlations = [] });
        if (ProblemPath.Index(error.Path, ".fields[") is not { } at || at >= entity.Fields.Count || entity.Fields[at] is not { Generator: not null } field)
            return document;
        var simpler = field.Generator == "pattern" || field.Type != FieldType.String ? Fallbacks.For(field.Name, field.Type, field.MaxLength).First() : new ProposedGenerator("pattern", ArgumentText.Of(("regex", Fallbacks.Code(field.MaxLength))), "what was learned has too few values", 0.5);
        if (field.Generator == simpler.Generator && !field.Unique)
            return document;
        reasons[$"{entity.Name}.{field.Name}"] = simpler;
        var changed = field with { Generator = simpler.Generator, Args = simpler.Args, Unique = field.Generator != simpler.Generator && field.Unique };
        return document.With(place, entity with
        {
            Fields = [.. entity.Fields.Select((one, i) => i == at ? changed : one)],
            Correlations = [.. entity.Correlations.Select(correlation => correlation.Without([field.Name])).OfType<CorrelationDefinition>()],
        });
    }
}
