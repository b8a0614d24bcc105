using TdmPortal.Core.Masking;

namespace TdmPortal.Web.Masking;

/// <summary>Edits of a policy, each giving the next document.</summary>
public static class PolicyEdits
{
    /// <summary>The word for "stays as it is, on purpose".</summary>
    public const string Keep = "keep";

    /// <summary><c>entity.field</c>.</summary>
    public static string Name(string entity, string field) => $"{entity}.{field}";

    /// <summary>Whether a rule's place (<c>entity.field</c> or <c>*.field</c>) means the column.</summary>
    public static bool Means(string place, string column) =>
        place == column || (place.StartsWith("*.", StringComparison.Ordinal) && column.EndsWith(place[1..], StringComparison.Ordinal) && column.IndexOf('.', StringComparison.Ordinal) == column.Length - place.Length + 1);

    /// <summary>The first rule that names the column, which is the one that wins; null where there is none.</summary>
    public static MaskingRule? RuleOf(MaskingPolicy policy, string column) => policy.Rules.FirstOrDefault(rule => rule.Columns.Any(place => Means(place, column)));

    /// <summary>The first rule for a kind of personal data.</summary>
    public static MaskingRule? RuleOfKind(MaskingPolicy policy, string kind) => policy.Rules.FirstOrDefault(rule => rule.Personal == kind && rule.Columns.Count == 0);

    /// <summary>One rule for these columns. They leave the rules that named them; rules for all fields of a name stay, behind it.</summary>
    public static MaskingPolicy WithColumns(MaskingPolicy policy, IReadOnlyList<string> columns, MaskingRule rule)
    {
        var wanted = rule with { Personal = null, Columns = [.. columns] };
        var at = policy.Rules.ToList().FindIndex(one => one.Columns.Any(place => columns.Any(column => Means(place, column))));
        var rules = new List<MaskingRule>();
        foreach (var (one, index) in policy.Rules.Select((one, index) => (one, index)))
        {
            if (index == at)
                rules.Add(wanted);
            if (Without(one, columns) is { } rest)
                rules.Add(rest);
        }

        if (at < 0)
            rules.Add(wanted);
        return policy with { Rules = rules };
    }

    /// <summary>No rule names these columns any more; kind and strategy decide. Rules for all fields of a name stay.</summary>
    public static MaskingPolicy WithoutColumns(MaskingPolicy policy, IReadOnlyList<string> columns) =>
        policy.Rules.All(rule => ReferenceEquals(Without(rule, columns), rule)) ? policy : policy with { Rules = [.. policy.Rules.Select(rule => Without(rule, columns)).OfType<MaskingRule>()] };

    /// <summary>Another rule in the place of one.</summary>
    public static MaskingPolicy Replace(MaskingPolicy policy, MaskingRule former, MaskingRule next) =>
        ReferenceEquals(former, next) ? policy : policy with { Rules = [.. policy.Rules.Select(rule => ReferenceEquals(rule, former) ? next : rule)] };

    public static MaskingPolicy Without(MaskingPolicy policy, MaskingRule rule) =>
        policy with { Rules = [.. policy.Rules.Where(one => !ReferenceEquals(one, rule))] };

    /// <summary>The rule for a kind; null removes it.</summary>
    public static MaskingPolicy WithKind(MaskingPolicy policy, string kind, MaskingRule? rule)
    {
        var former = RuleOfKind(policy, kind);
        var wanted = rule is null ? null : rule with { Personal = kind, Columns = [] };
        return (former, wanted) switch
        {
            (null, null) => policy,
            (null, _) => policy with { Rules = [.. policy.Rules, wanted!] },
            (_, null) => Without(policy, former),
            _ => Replace(policy, former, wanted),
        };
    }

    /// <summary>A group's name and columns; a column is in one group of the policy only. A group without columns goes.</summary>
    public static MaskingPolicy WithGroup(MaskingPolicy policy, string? former, IdentityGroup? next)
    {
        var groups = new List<IdentityGroup>();
        var placed = false;
        foreach (var group in policy.Identities)
        {
            if (group.Name == former)
            {
                if (next is { Columns.Count: > 0 })
                    groups.Add(next);
                placed = true;
            }
            else
            {
                var rest = next is null ? group : group with { Columns = [.. group.Columns.Except(next.Columns, StringComparer.Ordinal)] };
                if (rest.Columns.Count > 0)
                    groups.Add(rest.Columns.Count == group.Columns.Count ? group : rest);
            }
        }

        if (!placed && next is { Columns.Count: > 0 })
            groups.Add(next);
        return policy with { Identities = groups };
    }

    private static MaskingRule? Without(MaskingRule rule, IReadOnlyList<string> columns)
    {
        if (!rule.Columns.Any(columns.Contains))
            return rule;
        List<string> rest = [.. rule.Columns.Except(columns, StringComparer.Ordinal)];
        return rest.Count == 0 ? null : rule with { Columns = rest };
    }
}
