using System.Collections.Frozen;
using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>The problems of a document, found by the place that shows them. Names are those of the document that was checked.</summary>
public sealed class ProblemIndex
{
    public static ProblemIndex Empty { get; } = new(new SchemaDocument { Name = "empty" }, []);

    private readonly FrozenDictionary<string, List<LocatedProblem>> byPlace;

    public ProblemIndex(SchemaDocument document, IReadOnlyList<SchemaProblem> problems)
    {
        All = [.. problems.Select(problem => Locate(document, problem))];
        byPlace = All.GroupBy(p => p.Place, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
    }

    /// <summary>In document order.</summary>
    public IReadOnlyList<LocatedProblem> All { get; }
    public int Errors => All.Count(p => p.Problem.Severity == ProblemSeverity.Error);
    public int Warnings => All.Count - Errors;

    public IReadOnlyList<LocatedProblem> OfField(string entity, string field) => At($"f:{entity}.{field}");
    /// <summary>Of the entity itself, its fields not included.</summary>
    public IReadOnlyList<LocatedProblem> OfEntity(string entity) => At($"e:{entity}");
    public IReadOnlyList<LocatedProblem> OfRelationship(string name) => At($"r:{name}");
    public IReadOnlyList<LocatedProblem> OfConstraint(string name) => At($"c:{name}");
    public IReadOnlyList<LocatedProblem> OfDocument => At("");
    /// <summary>Errors in the entity, its fields, its checks and the relationships of which it is the child.</summary>
    public int ErrorsIn(string entity) => All.Count(p => p.Entity == entity && p.Problem.Severity == ProblemSeverity.Error);

    private IReadOnlyList<LocatedProblem> At(string place) => byPlace.TryGetValue(place, out var found) ? found : [];

    /// <summary>Follows a path like <c>entities[0].fields[2].args.min</c> to names.</summary>
    private static LocatedProblem Locate(SchemaDocument document, SchemaProblem problem)
    {
        var (root, index, rest) = Step(problem.Path);
        switch (root)
        {
            case "entities" when index >= 0 && index < document.Entities.Count:
                var entity = document.Entities[index];
                var (part, at, property) = Step(rest);
                return part == "fields" && at >= 0 && at < entity.Fields.Count
                    ? new(problem, $"f:{entity.Name}.{entity.Fields[at].Name}", entity.Name, entity.Fields[at].Name, property)
                    : new(problem, $"e:{entity.Name}", entity.Name, null, rest);
            case "relationships" when index >= 0 && index < document.Relationships.Count:
                var relationship = document.Relationships[index];
                return new(problem, $"r:{relationship.Name}", relationship.From.Entity, null, rest);
            case "constraints" when index >= 0 && index < document.Constraints.Count:
                var constraint = document.Constraints[index];
                return new(problem, $"c:{constraint.Name}", constraint.Entity, null, rest);
            default:
                return new(problem, "", null, null, problem.Path);
        }
    }

    /// <summary>The first step of a path: <c>fields[2].args.min</c> is fields, 2 and args.min; index -1 where there is none.</summary>
    private static (string Name, int Index, string Tail) Step(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? path : path[..dot];
        var rest = dot < 0 ? "" : path[(dot + 1)..];
        var open = first.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && first.EndsWith(']') && int.TryParse(first.AsSpan(open + 1, first.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (first[..open], index, rest)
            : (first, -1, rest);
    }
}
