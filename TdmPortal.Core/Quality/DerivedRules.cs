using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Deriving;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>
/// The rules that a schema document itself says: types, keys, relationships, checks, and what generators keep to. Rows that
/// are generated from the document keep all of them.
/// </summary>
public static class DerivedRules
{
    /// <summary>The rules of a document, valid or not, in the order of its entities and fields; none of a check that would not validate.</summary>
    public static QualityRules From(SchemaDocument document)
    {
        // Whether a null can occur is known once the document is compiled.
        var plan = GenerationPlan.Compile(document, new()).Plan;
        var rules = document.Entities.SelectMany(entity => DerivedEntity.Of(document, entity, plan?.Entities.FirstOrDefault(one => one.Name == entity.Name))).ToList();

        // Types say least: they go where there are more rules than a set may have.
        while (rules.Count > RuleValidator.MostRules)
            rules.RemoveAt(rules.FindLastIndex(rule => rule.Check == "type") is var type && type >= 0 ? type : rules.Count - 1);
        return new() { Rules = [.. Named(rules).Where(rule => RuleValidator.Validate(document, rule).Count == 0)] };
    }

    /// <summary>
    /// Derives the rules again: what people wrote or edited stays, and what they edited is not derived a second time; of
    /// derived rules it is kept whether they are turned off and how grave they are.
    /// </summary>
    public static RefreshedRules Refresh(QualityRules existing, SchemaDocument document)
    {
        var (added, changed, dropped, rules) = (new List<QualityRule>(), new List<QualityRule>(), new List<QualityRule>(), new List<QualityRule>());
        var derived = From(document).Rules.ToDictionary(Identity, StringComparer.Ordinal);
        foreach (var rule in existing.Rules)
        {
            var isNew = derived.Remove(Identity(rule), out var now);
            if (!rule.Derived)
            {
                rules.Add(rule);
            }
            else if (!isNew)
            {
                dropped.Add(rule);
            }
            else
            {
                now = now! with { Enabled = rule.Enabled, Severity = rule.Severity, Note = rule.Note };
                rules.Add(now);
                if (Said(now) != Said(rule))
                    changed.Add(now);
            }
        }

        added.AddRange(derived.Values);
        var taken = rules.Select(rule => rule.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        rules.AddRange(added.Select(rule => rule with { Name = Free(rule.Name, taken) }));
        return new(existing with { Rules = rules }, added, changed, dropped);
    }

    /// <summary>What makes two rules the same one, whatever their bounds: a condition is its own name.</summary>
    private static string Identity(QualityRule rule) =>
        $"{rule.Entity}\n{rule.Check}\n{string.Join(',', rule.Columns)}\n{rule.Where}\n{rule.Args["condition"]}{rule.Args["relationship"]}{rule.Args["to"]}";

    private static string Said(QualityRule rule) => string.Join('\n', [rule.Name, rule.Threshold.ToString("R", System.Globalization.CultureInfo.InvariantCulture), .. rule.Args.Select(pair => $"{pair.Key}={pair.Value}")]);

    private static IEnumerable<QualityRule> Named(IEnumerable<QualityRule> rules)
    {
        var (taken, seen) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.Ordinal));
        foreach (var rule in rules)
        {
            if (seen.Add(Identity(rule)))
                yield return rule with { Name = Free(rule.Name, taken) };
        }
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var shown = name.Length > RuleValidator.LongestName ? name[..(RuleValidator.LongestName - 1)] + "…" : name;
        for (var i = 2; !taken.Add(shown); i++)
        {
            var tail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({i})");
            shown = (name.Length + tail.Length > RuleValidator.LongestName ? name[..(RuleValidator.LongestName - tail.Length)] : name) + tail;
        }

        return shown;
    }
}
