using System.Globalization;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>Says what is wrong with a rule set over a document: where, why and what to do.</summary>
public static class RuleValidator
{
    /// <summary>Most rules of a set.</summary>
    public const int MostRules = 5000;

    /// <summary>Most scenarios of a set.</summary>
    public const int MostScenarios = 500;

    /// <summary>Longest name of a rule or scenario.</summary>
    public const int LongestName = 120;

    private const int LongestText = 4000;

    /// <summary>All problems; places are <c>rules[2].args.min</c>, <c>scenarios[0].condition</c>, <c>weights.Business</c>. Empty: the set can be run.</summary>
    public static IReadOnlyList<SchemaProblem> Validate(SchemaDocument document, QualityRules rules)
    {
        var (index, problems) = (new SchemaIndex(document), new ProblemList());
        if (rules.Rules.Count > MostRules)
            problems.Error("rules", "rules.limit", $"There are {rules.Rules.Count} rules; at most {MostRules} are allowed.", "Remove some");
        if (rules.Scenarios.Count > MostScenarios)
            problems.Error("scenarios", "rules.limit", $"There are {rules.Scenarios.Count} scenarios; at most {MostScenarios} are allowed.", "Remove some");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < rules.Rules.Count; i++)
        {
            var (rule, path) = (rules.Rules[i], string.Create(CultureInfo.InvariantCulture, $"rules[{i}]"));
            Name(problems, path, "rule", rule.Name, names);
            Rule(index, rule, path, problems);
        }

        names.Clear();
        for (var i = 0; i < rules.Scenarios.Count; i++)
        {
            var (scenario, path) = (rules.Scenarios[i], string.Create(CultureInfo.InvariantCulture, $"scenarios[{i}]"));
            Name(problems, path, "scenario", scenario.Name, names);
            Scenario(index, scenario, path, problems);
        }

        foreach (var (metric, weight) in rules.Weights)
        {
            if (!(weight is >= 0 and <= 10))
                problems.Error($"weights.{metric}", "rules.bounds", string.Create(CultureInfo.InvariantCulture, $"The weight of {metric} is {weight}; it is 0 to 10."), "Write a number from 0 to 10");
        }

        Share(problems, "alertFall", "The fall that is told", rules.AlertFall);
        Share(problems, "leastScore", "The least score", rules.LeastScore);
        return problems.ToList();
    }

    /// <summary>What is wrong with one rule; places are its properties: <c>args.min</c>, <c>where</c>.</summary>
    public static IReadOnlyList<SchemaProblem> Validate(SchemaDocument document, QualityRule rule)
    {
        var problems = new ProblemList();
        Name(problems, "", "rule", rule.Name, null);
        Rule(new(document), rule, "", problems);
        return problems.ToList();
    }

    /// <summary>What is wrong with one scenario; places are its properties.</summary>
    public static IReadOnlyList<SchemaProblem> Validate(SchemaDocument document, Scenario scenario)
    {
        var problems = new ProblemList();
        Name(problems, "", "scenario", scenario.Name, null);
        Scenario(new(document), scenario, "", problems);
        return problems.ToList();
    }

    private static void Rule(SchemaIndex index, QualityRule rule, string path, ProblemList problems)
    {
        if (!(rule.Threshold is >= 0 and <= 1))
            problems.Error(At(path, "threshold"), "rules.bounds", string.Create(CultureInfo.InvariantCulture, $"The threshold is {rule.Threshold}; it is a share from 0 to 1."), "Write 1 for all rows, 0.95 for 95 %");
        if (!Enum.IsDefined(rule.Kind))
            problems.Error(At(path, "kind"), "rules.bounds", "There is no such kind of rule.", "Choose one of " + string.Join(", ", Enum.GetNames<RuleKind>()));
        if (!Enum.IsDefined(rule.Severity))
            problems.Error(At(path, "severity"), "rules.bounds", "There is no such severity.", "Choose one of " + string.Join(", ", Enum.GetNames<RuleSeverity>()));
        Text(problems, At(path, "note"), "The note", rule.Note);
        RuleBinding.Bind(index, rule, path, asOf: 0, problems);
    }

    private static void Scenario(SchemaIndex index, Scenario scenario, string path, ProblemList problems)
    {
        if (scenario.AtLeast is < 1 or > 1_000_000)
            problems.Error(At(path, "atLeast"), "rules.bounds", $"{scenario.AtLeast} rows are asked for; it is 1 to 1,000,000.", "Write a number in that range");
        Text(problems, At(path, "note"), "The note", scenario.Note);
        RuleBinding.Condition(index, scenario, path, problems);
    }

    private static void Name(ProblemList problems, string path, string what, string name, HashSet<string>? names)
    {
        var place = At(path, "name");
        if (string.IsNullOrWhiteSpace(name))
            problems.Error(place, "rules.name", $"A {what} needs a name that says what holds.", "Give it a name");
        else if (name.Length > LongestName)
            problems.Error(place, "rules.name", $"The name has {name.Length} characters; at most {LongestName} are allowed.", "Shorten it");
        else if (name.Any(char.IsControl))
            problems.Error(place, "rules.name", "The name holds a line end or another control character.", "Write it on one line");
        else if (names?.Add(name) == false)
            problems.Error(place, "rules.duplicate_name", $"There are two of the {what}s called \"{name}\".", "Rename one of them");
    }

    private static void Text(ProblemList problems, string path, string what, string? text)
    {
        if (text?.Length > LongestText)
            problems.Error(path, "rules.limit", $"{what} has {text.Length} characters; at most {LongestText} are allowed.", "Shorten it");
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
            problems.Error(path, "rules.limit", $"{what} holds the character NUL, which a database cannot store.", "Remove it");
    }

    private static void Share(ProblemList problems, string path, string what, double? value)
    {
        if (value is not (null or (>= 0 and <= 1)))
            problems.Error(path, "rules.bounds", string.Create(CultureInfo.InvariantCulture, $"{what} is {value}; it is a share from 0 to 1."), "Write 0.05 for 5 %, or leave it out");
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
