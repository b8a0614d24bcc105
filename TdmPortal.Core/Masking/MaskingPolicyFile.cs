using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Subsets;

namespace TdmPortal.Core.Masking;

/// <summary>
/// A masking policy as a JSON file: <c>{ "name", "title", "description", "strategy", "rules": [ { "personal" | "columns", "masker", "args", "when", "reason" } ],
/// "identities": [ { "name", "columns", "form" } ], "sentinels": [ … ], "quasiIdentifiers": [ { "entity", "fields", "k", "sensitive", "l" } ],
/// "subset": { "chosen": [ { "entity", "where", "percent" } ], "whole", "children" }, "columns": { "customer": { "id": "integer" } } }</c>.
/// What stands for its default is left out.
/// </summary>
public static class MaskingPolicyFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private static readonly string[] PolicyProperties = ["name", "title", "description", "strategy", "rules", "identities", "sentinels", "quasiIdentifiers", "subset", "columns"];
    private static readonly string[] RuleProperties = ["personal", "columns", "masker", "args", "when", "reason"];
    private static readonly string[] IdentityProperties = ["name", "columns", "form"];
    private static readonly string[] QuasiProperties = ["entity", "fields", "k", "sensitive", "l"];
    private static readonly string[] SubsetProperties = ["chosen", "whole", "children"];
    private static readonly string[] ChoiceProperties = ["entity", "where", "percent"];

    /// <summary>Reads UTF-8 (a byte order mark is allowed), collecting every problem of form. Never throws for bad input. What the policy says is checked by <see cref="MaskingPolicyValidator"/>.</summary>
    public static MaskingPolicyReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        var problems = new ProblemList();
        if (utf8.Length > MaxBytes)
        {
            problems.Error("", "masking.too_large", $"The file has {utf8.Length} bytes; a masking policy has {MaxBytes} at most.", "Check that it is a masking policy");
            return new(null, problems.ToList());
        }

        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 64 });
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                var policy = Policy(new(json.RootElement, "", "a masking policy", PolicyProperties, problems), problems);
                return new(policy, problems.ToList());
            }

            JsonPart.Wrong("", "an object in braces: a masking policy", json.RootElement, problems);
        }
        catch (JsonException failure)
        {
            problems.Error("", "masking.not_json", string.Create(CultureInfo.InvariantCulture, $"line {(failure.LineNumber ?? 0) + 1}, column {(failure.BytePositionInLine ?? 0) + 1}: This is not JSON."), "Check the brackets, quotes and commas there");
        }
        catch (InvalidOperationException)
        {
            problems.Error("", "masking.not_json", "A text holds one half of a surrogate pair (\\ud800 to \\udfff), which is no character.", "Remove it");
        }

        return new(null, problems.ToList());
    }

    /// <summary>The policy as UTF-8; read again it is the same.</summary>
    public static byte[] Write(MaskingPolicy policy)
    {
        var json = new JsonText();
        json.Open('{');
        json.Property("name", policy.Name);
        json.Optional("title", policy.Title);
        json.Optional("description", policy.Description);
        json.Optional("strategy", policy.Strategy is { } strategy ? JsonPart.NameOf(strategy) : null);
        List(json, "rules", policy.Rules, Rule);
        if (policy.Identities.Count > 0)
            List(json, "identities", policy.Identities, Identity);
        if (policy.Sentinels.Count > 0)
            json.Names("sentinels", policy.Sentinels);
        if (policy.QuasiIdentifiers.Count > 0)
            List(json, "quasiIdentifiers", policy.QuasiIdentifiers, Quasi);
        if (policy.Subset is { } subset)
            Subset(json, subset);
        if (policy.Columns.Count > 0)
            Columns(json, policy.Columns);
        json.Close('}');
        return json.ToUtf8();
    }

    private static void List<T>(JsonText json, string name, IReadOnlyList<T> items, Action<JsonText, T> write)
    {
        json.Name(name);
        json.Open('[');
        foreach (var item in items)
        {
            json.NextItem();
            json.Open('{');
            write(json, item);
            json.Close('}');
        }

        json.Close(']');
    }

    private static void Rule(JsonText json, MaskingRule rule)
    {
        json.Optional("personal", rule.Personal);
        if (rule.Columns.Count > 0)
            json.Names("columns", rule.Columns);
        json.Property("masker", rule.Masker);
        json.Arguments(rule.Args);

        json.Optional("when", rule.When);
        json.Optional("reason", rule.Reason);
    }

    private static void Identity(JsonText json, IdentityGroup identity)
    {
        json.Property("name", identity.Name);
        json.Names("columns", identity.Columns);
        if (identity.Form != CanonicalForm.Auto)
            json.Property("form", JsonPart.NameOf(identity.Form));
    }

    private static void Quasi(JsonText json, QuasiIdentifiers quasi)
    {
        json.Property("entity", quasi.Entity);
        json.Names("fields", quasi.Fields);
        json.Optional("k", (long?)quasi.K);
        json.Optional("sensitive", quasi.Sensitive);
        json.Optional("l", (long?)quasi.L);
    }

    private static void Subset(JsonText json, SubsetRequest subset)
    {
        json.Name("subset");
        json.Open('{');
        List(json, "chosen", subset.Chosen, (_, choice) =>
        {
            json.Property("entity", choice.Entity);
            json.Optional("where", choice.Where);
            json.Optional("percent", choice.Percent == 100 ? null : (double?)choice.Percent);
        });
        if (subset.Whole.Count > 0)
            json.Names("whole", subset.Whole);
        json.Optional("children", subset.Children ? null : false);
        json.Close('}');
    }

    private static void Columns(JsonText json, IReadOnlyList<RememberedColumn> columns)
    {
        json.Name("columns");
        json.Open('{');
        foreach (var entity in columns.GroupBy(column => column.Entity, StringComparer.Ordinal))
        {
            json.Name(entity.Key);
            json.Open('{');
            foreach (var column in entity)
                json.Property(column.Field, column.Type);
            json.Close('}');
        }

        json.Close('}');
    }

    private static MaskingPolicy Policy(JsonPart part, ProblemList problems) => new()
    {
        Name = part.RequiredText("name", "A masking policy"),
        Title = part.Text("title"),
        Description = part.Text("description"),
        Strategy = Named<MaskingStrategy>(part, "strategy"),
        Rules = Parts(part, "rules", "a rule", RuleProperties, problems, rule => new MaskingRule
        {
            Personal = rule.Text("personal"),
            Columns = rule.Names("columns"),
            Masker = rule.RequiredText("masker", "A rule"),
            Args = rule.Arguments(),
            When = rule.Text("when"),
            Reason = rule.Text("reason"),
        }),
        Identities = Parts(part, "identities", "an identity", IdentityProperties, problems, identity =>
            new IdentityGroup(identity.RequiredText("name", "An identity"), identity.Names("columns")) { Form = Named<CanonicalForm>(identity, "form") ?? CanonicalForm.Auto }),
        Sentinels = part.Names("sentinels"),
        QuasiIdentifiers = Parts(part, "quasiIdentifiers", "a set of quasi-identifiers", QuasiProperties, problems, quasi =>
            new QuasiIdentifiers(quasi.RequiredText("entity", "A set of quasi-identifiers"), quasi.Names("fields"))
            {
                K = (int)(quasi.Whole("k", 1, 1_000_000) ?? 5),
                Sensitive = quasi.Text("sensitive"),
                L = (int)(quasi.Whole("l", 1, 1_000_000) ?? 2),
            }),
        Subset = part.Part("subset", "a subset", SubsetProperties) is { } subset
            ? new SubsetRequest(Parts(subset, "chosen", "a choice", ChoiceProperties, problems, choice =>
                new SubsetChoice(choice.RequiredText("entity", "A choice")) { Where = choice.Text("where"), Percent = choice.Number("percent") ?? 100 }))
            {
                Whole = subset.Names("whole"),
                Children = subset.Flag("children") ?? true,
            }
            : null,
        Columns = Remembered(part),
    };

    private static List<T> Parts<T>(JsonPart part, string name, string what, string[] known, ProblemList problems, Func<JsonPart, T> read)
    {
        var (found, place) = (new List<T>(), 0);
        foreach (var item in part.Items(name, name))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{part.At(name)}[{place++}]");
            if (item.ValueKind == JsonValueKind.Object)
                found.Add(read(new(item, path, what, known, problems)));
            else
                JsonPart.Wrong(path, "an object in braces", item, problems);
        }

        return found;
    }

    private static List<RememberedColumn> Remembered(JsonPart part)
    {
        var found = new List<RememberedColumn>();
        if (!part.TryGet("columns", out var columns))
            return found;
        if (columns.ValueKind != JsonValueKind.Object || columns.EnumerateObject().Any(entity => entity.Value.ValueKind != JsonValueKind.Object || entity.Value.EnumerateObject().Any(field => field.Value.ValueKind != JsonValueKind.String)))
        {
            part.Wrong("columns", "an object of entities, each an object of fields and their types", columns);
            return found;
        }

        foreach (var entity in columns.EnumerateObject().DistinctBy(one => one.Name, StringComparer.Ordinal))
            found.AddRange(entity.Value.EnumerateObject().DistinctBy(one => one.Name, StringComparer.Ordinal).Select(field => new RememberedColumn(entity.Name, field.Name, field.Value.GetString()!)));
        return found;
    }

    /// <summary>Null may be written out for what is not said.</summary>
    private static T? Named<T>(JsonPart part, string name)
        where T : struct, Enum => part.TryGet(name, out var given) && given.ValueKind == JsonValueKind.Null ? null : part.Named<T>(name, "masking.unknown_name");
}
