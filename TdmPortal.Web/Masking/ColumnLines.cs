using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Masking;

namespace TdmPortal.Web.Masking;

/// <summary>What a policy does to a source, column by column, and how far it is from done.</summary>
public sealed class ColumnLines
{
    private ColumnLines(IReadOnlyList<ColumnLine> all) => All = all;

    /// <summary>In the order of the schema.</summary>
    public IReadOnlyList<ColumnLine> All { get; }
    public int Masked => All.Count(line => line.IsMasked);
    /// <summary>Left as they are on purpose.</summary>
    public int Kept => All.Count(line => line.IsKept);
    /// <summary>A run is refused as long as there are any.</summary>
    public int Undecided => All.Count(line => line.NeedsAttention);
    /// <summary>Not personal, and no rule names them.</summary>
    public int Untouched => All.Count - Masked - Kept - All.Count(line => line.NeedsAttention && !line.IsMasked && !line.IsKept);

    public static ColumnLines Of(MaskingView view, MaskingPolicy policy)
    {
        var findings = view.Findings.GroupBy(one => PolicyEdits.Name(one.Entity, one.Field), StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.First(), StringComparer.Ordinal);
        var decisions = view.Decisions.ToDictionary(one => PolicyEdits.Name(one.Entity, one.Field), StringComparer.Ordinal);
        var groups = new Dictionary<string, IdentityGroup>(StringComparer.Ordinal);
        foreach (var group in view.Identities.Where(group => group.Columns.Count > 1))
        {
            foreach (var column in group.Columns)
                groups.TryAdd(column, group);
        }

        var problems = ProblemsOf(view, policy);
        var lines = new List<ColumnLine>();
        foreach (var entity in view.Document.Entities)
        {
            foreach (var field in entity.Fields)
            {
                var name = PolicyEdits.Name(entity.Name, field.Name);
                var decision = decisions.GetValueOrDefault(name) ?? new(entity.Name, field.Name, null, ArgumentValues.Empty, DecidedBy.Nothing, "");
                lines.Add(new(entity, field, decision, findings.GetValueOrDefault(name), groups.GetValueOrDefault(name), problems.GetValueOrDefault(name) ?? []));
            }
        }

        return new(lines);
    }

    /// <summary>Problems of rules, at the columns that the rule decides; those of columns at the column.</summary>
    private static Dictionary<string, List<SchemaProblem>> ProblemsOf(MaskingView view, MaskingPolicy policy)
    {
        var found = new Dictionary<string, List<SchemaProblem>>(StringComparer.Ordinal);
        void Add(string column, SchemaProblem problem)
        {
            if (!found.TryGetValue(column, out var list))
                found[column] = list = [];
            list.Add(problem);
        }

        foreach (var problem in view.Problems)
        {
            if (PolicyPlace.RuleOf(problem.Path) is { } at && at < policy.Rules.Count)
            {
                var rule = policy.Rules[at];
                foreach (var decision in view.Decisions)
                {
                    var column = PolicyEdits.Name(decision.Entity, decision.Field);
                    if (rule.Columns.Count > 0 ? ReferenceEquals(PolicyEdits.RuleOf(policy, column), rule) : decision.By == DecidedBy.Kind && decision.Personal == rule.Personal)
                        Add(column, problem);
                }
            }
            else if (PolicyPlace.ColumnOf(problem.Path, view.Document) is { } column)
            {
                Add(column, problem);
            }
        }

        return found;
    }
}
