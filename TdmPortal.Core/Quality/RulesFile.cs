using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>
/// A rule set as a JSON file: <c>{ "rules": [ { "name", "kind", "entity", "columns", "check", "args", "where", "severity", "threshold", "enabled", "derived", "note" } ],
/// "scenarios": [ { "name", "entity", "condition", "atLeast", "make", "note" } ], "weights": { "completeness": 1 }, "alertFall": 0.05, "leastScore": 0.9 }</c>.
/// What stands for its default is left out.
/// </summary>
public static class RulesFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const string UnknownName = "rules.unknown_name";
    private static readonly string[] SetProperties = ["rules", "scenarios", "weights", "alertFall", "leastScore"];
    private static readonly string[] RuleProperties = ["name", "kind", "entity", "columns", "check", "args", "where", "severity", "threshold", "enabled", "derived", "note"];
    private static readonly string[] ScenarioProperties = ["name", "entity", "condition", "atLeast", "make", "note"];

    /// <summary>Reads UTF-8 (a byte order mark is allowed), collecting every problem of form. Never throws for bad input. What the rules say is checked by <see cref="RuleValidator"/>.</summary>
    public static RulesReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        var problems = new ProblemList();
        if (utf8.Length > MaxBytes)
        {
            problems.Error("", "rules.too_large", $"The file has {utf8.Length} bytes; a rule set has {MaxBytes} at most.", "Check that it is a rule set");
            return new(null, problems.ToList());
        }

        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 64 });
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                JsonPart.Wrong("", "an object in braces: a rule set", json.RootElement, problems);
                return new(null, problems.ToList());
            }

            var rules = Set(new(json.RootElement, "", "a rule set", SetProperties, problems), problems);
            return new(rules, problems.ToList());
        }
        catch (JsonException failure)
        {
            problems.Error("", "rules.not_json", string.Create(CultureInfo.InvariantCulture, $"line {(failure.LineNumber ?? 0) + 1}, column {(failure.BytePositionInLine ?? 0) + 1}: This is not JSON."), "Check the brackets, quotes and commas there");
        }
        catch (InvalidOperationException)
        {
            problems.Error("", "rules.not_json", "A text holds one half of a surrogate pair (\\ud800 to \\udfff), which is no character.", "Remove it");
        }

        return new(null, problems.ToList());
    }

    /// <summary>The set as UTF-8; read again it is the same.</summary>
    public static byte[] Write(QualityRules rules)
    {
        var json = new JsonText();
        json.Open('{');
        json.Name("rules");
        json.Open('[');
        foreach (var rule in rules.Rules)
        {
            json.NextItem();
            Write(json, rule);
        }

        json.Close(']');
        json.Name("scenarios");
        json.Open('[');
        foreach (var scenario in rules.Scenarios)
        {
            json.NextItem();
            Write(json, scenario);
        }

        json.Close(']');
        if (rules.Weights.Count > 0)
        {
            json.Name("weights");
            json.Open('{', inline: true);
            foreach (var (metric, weight) in rules.Weights.OrderBy(pair => pair.Key))
                json.Optional(JsonPart.NameOf(metric), weight);
            json.Close('}');
        }

        if (rules.AlertFall is { } fall)
            json.Optional("alertFall", fall);
        else
            json.Null("alertFall");
        json.Optional("leastScore", rules.LeastScore);
        json.Close('}');
        return json.ToUtf8();
    }

    private static void Write(JsonText json, QualityRule rule)
    {
        json.Open('{');
        json.Property("name", rule.Name);
        json.Property("kind", JsonPart.NameOf(rule.Kind));
        json.Property("entity", rule.Entity);
        if (rule.Columns.Count > 0)
            json.Names("columns", rule.Columns);
        json.Property("check", rule.Check);
        json.Arguments(rule.Args);

        json.Optional("where", rule.Where);
        if (rule.Severity != RuleSeverity.Error)
            json.Property("severity", JsonPart.NameOf(rule.Severity));
        json.Optional("threshold", rule.Threshold == 1 ? null : rule.Threshold);
        json.Optional("enabled", rule.Enabled ? null : false);
        json.Optional("derived", rule.Derived ? true : null);
        json.Optional("note", rule.Note);
        json.Close('}');
    }

    private static void Write(JsonText json, Scenario scenario)
    {
        json.Open('{');
        json.Property("name", scenario.Name);
        json.Property("entity", scenario.Entity);
        json.Property("condition", scenario.Condition);
        json.Optional("atLeast", scenario.AtLeast == 1 ? null : (long?)scenario.AtLeast);
        json.Optional("make", scenario.Make ? true : null);
        json.Optional("note", scenario.Note);
        json.Close('}');
    }

    private static QualityRules Set(JsonPart part, ProblemList problems)
    {
        var (rules, scenarios) = (new List<QualityRule>(), new List<Scenario>());
        foreach (var item in part.Items("rules", "rules"))
        {
            if (Part(item, $"rules[{rules.Count}]", "a rule", RuleProperties, problems) is { } rule)
                rules.Add(Rule(rule));
        }

        foreach (var item in part.Items("scenarios", "scenarios"))
        {
            if (Part(item, $"scenarios[{scenarios.Count}]", "a scenario", ScenarioProperties, problems) is { } scenario)
                scenarios.Add(Scenario(scenario));
        }

        var weights = new Dictionary<QualityMetric, double>();
        if (part.Part("weights", "the weights", [.. Enum.GetValues<QualityMetric>().Select(JsonPart.NameOf)]) is { } given)
        {
            foreach (var metric in Enum.GetValues<QualityMetric>())
            {
                if (given.Number(JsonPart.NameOf(metric)) is { } weight)
                    weights[metric] = weight;
            }
        }

        return new()
        {
            Rules = rules,
            Scenarios = scenarios,
            Weights = weights,
            AlertFall = part.TryGet("alertFall", out var fall) ? (fall.ValueKind == JsonValueKind.Null ? null : part.Number("alertFall")) : QualityRules.None.AlertFall,
            LeastScore = part.TryGet("leastScore", out var least) && least.ValueKind != JsonValueKind.Null ? part.Number("leastScore") : null,
        };

        QualityRule Rule(JsonPart rule) => new()
        {
            Name = rule.RequiredText("name", "A rule"),
            Kind = rule.Named<RuleKind>("kind", UnknownName) ?? CheckCatalogue.Find(rule.Text("check") ?? "")?.Kind ?? RuleKind.Business,
            Entity = rule.RequiredText("entity", "A rule"),
            Columns = rule.Names("columns"),
            Check = rule.RequiredText("check", "A rule"),
            Args = rule.Arguments(),
            Where = rule.Text("where"),
            Severity = rule.Named<RuleSeverity>("severity", UnknownName) ?? RuleSeverity.Error,
            Threshold = rule.Number("threshold") ?? 1,
            Enabled = rule.Flag("enabled") ?? true,
            Derived = rule.Flag("derived") ?? false,
            Note = rule.Text("note"),
        };
    }

    private static Scenario Scenario(JsonPart scenario) => new()
    {
        Name = scenario.RequiredText("name", "A scenario"),
        Entity = scenario.RequiredText("entity", "A scenario"),
        Condition = scenario.RequiredText("condition", "A scenario"),
        AtLeast = scenario.Whole("atLeast", 1, 1_000_000) ?? 1,
        Make = scenario.Flag("make") ?? false,
        Note = scenario.Text("note"),
    };

    private static JsonPart? Part(JsonElement item, string path, string what, string[] known, ProblemList problems)
    {
        if (item.ValueKind == JsonValueKind.Object)
            return new JsonPart(item, path, what, known, problems);
        JsonPart.Wrong(path, "an object in braces", item, problems);
        return null;
    }
}
