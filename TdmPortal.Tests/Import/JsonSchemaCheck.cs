using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TdmPortal.Tests.Import;

/// <summary>A small check of values against a JSON Schema, written by the standard and not by what the import makes of it.</summary>
internal sealed class JsonSchemaCheck(JsonNode root)
{
    /// <summary>The first reason why the value is not valid; null where it is.</summary>
    public string? Of(JsonNode? value, JsonNode? schema, string at = "")
    {
        if (schema is JsonValue all)
            return all.GetValue<bool>() ? null : $"{at} may not be there";
        var rules = (JsonObject)schema!;
        if (value is null && rules["nullable"]?.GetValue<bool>() == true)
            return null;
        foreach (var (keyword, rule) in rules)
        {
            if (Breaks(value, rules, keyword, rule, at) is { } reason)
                return reason;
        }

        return null;
    }

    private string? Breaks(JsonNode? value, JsonObject rules, string keyword, JsonNode? rule, string at)
    {
        string? If(bool isBroken) => isBroken ? $"{at}: {value?.ToJsonString() ?? "null"} breaks {keyword} {rule?.ToJsonString()}" : null;
        var (number, text, list, members) = (Number(value), value is JsonValue one && one.TryGetValue<string>(out var found) ? found : null, value as JsonArray, value as JsonObject);
        IEnumerable<string?> Each() => ((JsonArray)rule!).Select(part => Of(value, part, at));
        return keyword switch
        {
            "$ref" => Of(value, Resolve(rule!.GetValue<string>()), at),
            "type" => If(!(rule as JsonArray ?? [rule!.DeepClone()]).Any(type => IsOf(value, type!.GetValue<string>()))),
            "enum" => If(!((JsonArray)rule!).Any(item => JsonNode.DeepEquals(item, value))),
            "const" => If(!JsonNode.DeepEquals(rule, value)),
            "allOf" => Each().FirstOrDefault(reason => reason is not null),
            "anyOf" => Each().All(reason => reason is not null) ? $"{at}: none of anyOf, {Each().First()}" : null,
            "oneOf" => Each().Count(reason => reason is null) != 1 ? $"{at}: {Each().Count(reason => reason is null)} of oneOf, {Each().FirstOrDefault(reason => reason is not null)}" : null,
            "not" => If(Of(value, rule, at) is null),
            "minimum" => If(number < Number(rule) || (number == Number(rule) && rules["exclusiveMinimum"] is JsonValue open && open.TryGetValue<bool>(out var isOpen) && isOpen)),
            "maximum" => If(number > Number(rule) || (number == Number(rule) && rules["exclusiveMaximum"] is JsonValue end && end.TryGetValue<bool>(out var isOpen) && isOpen)),
            "exclusiveMinimum" => If(number <= Number(rule)),
            "exclusiveMaximum" => If(number >= Number(rule)),
            "multipleOf" => If(number is not null && number % Number(rule) != 0),
            "minLength" => If(text is not null && text.EnumerateRunes().Count() < Number(rule)),
            "maxLength" => If(text is not null && text.EnumerateRunes().Count() > Number(rule)),
            "pattern" => If(text is not null && !Regex.IsMatch(text, rule!.GetValue<string>(), RegexOptions.ECMAScript, TimeSpan.FromSeconds(5))),
            "format" => If(text is not null && !HasForm(text, rule!.GetValue<string>())),
            "minItems" => If(list?.Count < Number(rule)),
            "maxItems" => If(list?.Count > Number(rule)),
            "uniqueItems" => If(list is not null && list.Select(item => item?.ToJsonString()).Distinct(StringComparer.Ordinal).Count() < list.Count),
            "items" => list?.Select((item, i) => rule is not JsonArray places ? Of(item, rule, $"{at}/{i}") : i < places.Count ? Of(item, places[i], $"{at}/{i}") : null).FirstOrDefault(reason => reason is not null),
            "required" => members is null ? null : ((JsonArray)rule!).Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name)).Select(name => $"{at}: {name} is missing").FirstOrDefault(),
            "properties" => members?.Where(member => rule![member.Key] is not null || ((JsonObject)rule).ContainsKey(member.Key)).Select(member => Of(member.Value, rule![member.Key], $"{at}/{member.Key}")).FirstOrDefault(reason => reason is not null),
            "additionalProperties" when rule is JsonValue allowed && allowed.TryGetValue<bool>(out var isAllowed) && !isAllowed => members?.Where(member => rules["properties"]?[member.Key] is null && rules["patternProperties"] is null).Select(member => $"{at}: {member.Key} is too much").FirstOrDefault(),
            "dependentRequired" => members is null ? null : ((JsonObject)rule!).Where(pair => members.ContainsKey(pair.Key)).SelectMany(pair => ((JsonArray)pair.Value!).Select(name => name!.GetValue<string>())).Where(name => !members.ContainsKey(name)).Select(name => $"{at}: {name} is missing, too").FirstOrDefault(),
            _ => null,
        };
    }

    private static decimal? Number(JsonNode? value) => value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == Math.Floor(number),
        "string" => value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String,
        _ => value is JsonValue && value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
    };

    private static bool HasForm(string text, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)),
        "time" => Regex.IsMatch(text, @"^\d\d:\d\d:\d\dZ$", RegexOptions.None, TimeSpan.FromSeconds(5)),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "email" => Regex.IsMatch(text, @"^[^@\s]+@[^@\s]+\.[a-z]+$", RegexOptions.None, TimeSpan.FromSeconds(5)),
        "ipv4" => System.Net.IPAddress.TryParse(text, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork,
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        _ => true,
    };

    private JsonNode Resolve(string reference)
    {
        if (reference.StartsWith("#/", StringComparison.Ordinal))
            return reference[2..].Split('/').Aggregate(root, (node, step) => node[step]!);
        return reference == "#" ? root : Find(root, reference)!;
    }

    private static JsonNode? Find(JsonNode? node, string anchor) => node switch
    {
        JsonObject rules when rules["$id"]?.ToString() == anchor || "#" + rules["$anchor"] == anchor => rules,
        JsonObject rules => rules.Select(member => Find(member.Value, anchor)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(item => Find(item, anchor)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
