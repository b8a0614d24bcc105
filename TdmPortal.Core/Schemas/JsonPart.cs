using System.Globalization;
using System.Text.Json;

namespace TdmPortal.Core.Schemas;

/// <summary>One object of a schema file with the place it stands at; reports every property that is not as it should be.</summary>
internal readonly struct JsonPart
{
    private readonly Dictionary<string, JsonElement> properties;
    private readonly ProblemList problems;

    /// <param name="what">For people: "a field", "an entity".</param>
    public JsonPart(JsonElement element, string path, string what, string[] known, ProblemList problems)
    {
        (Path, this.problems) = (path, problems);
        properties = new(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var name = property.Name;
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var nearest = NearestName.Find(name, known);
                problems.Error(At(name), "schema.unknown_property", $"\"{name}\" is no property of {what}. Known are: {string.Join(", ", known)}.",
                    nearest is null ? "Remove it" : $"Write \"{nearest}\"");
            }
            else if (!properties.TryAdd(name, property.Value))
            {
                problems.Error(At(name), "schema.duplicate_property", $"\"{name}\" stands twice in the same object; only one can hold.", "Remove one of them");
            }
        }
    }

    public string Path { get; }

    public string At(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public bool TryGet(string name, out JsonElement value) => properties.TryGetValue(name, out value);

    public string? Text(string name)
    {
        if (!properties.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Wrong(name, "text in quotes", value);
        return null;
    }

    public string RequiredText(string name, string what)
    {
        if (properties.ContainsKey(name))
            return Text(name) ?? "";
        problems.Error(At(name), "schema.missing_property", $"{what} needs \"{name}\".", $"Add \"{name}\"");
        return "";
    }

    public bool? Flag(string name)
    {
        if (!properties.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Wrong(name, "true or false", value);
        return null;
    }

    public double? Number(string name)
    {
        if (!properties.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        Wrong(name, "a number", value);
        return null;
    }

    public long? Whole(string name, long min = long.MinValue, long max = long.MaxValue)
    {
        if (!properties.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (!value.TryGetInt64(out var number) && value.TryGetDecimal(out var exact) && decimal.IsInteger(exact) && exact is >= long.MinValue and <= long.MaxValue)
                return Within(name, (long)exact, min, max);
            if (value.TryGetInt64(out number))
                return Within(name, number, min, max);
        }

        Wrong(name, "a whole number", value);
        return null;
    }

    public int? SmallWhole(string name) => (int?)Whole(name, int.MinValue, int.MaxValue);

    private long? Within(string name, long number, long min, long max)
    {
        if (number >= min && number <= max)
            return number;
        problems.Error(At(name), "schema.wrong_type", string.Create(CultureInfo.InvariantCulture, $"{number} is out of range: {min} to {max}."), string.Create(CultureInfo.InvariantCulture, $"Write a number from {min} to {max}"));
        return null;
    }

    /// <summary>The elements of an array property; none, with a problem, where it is not an array.</summary>
    public IEnumerable<JsonElement> Items(string name, string ofWhat)
    {
        if (!properties.TryGetValue(name, out var value))
            return [];
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray();
        Wrong(name, $"a list of {ofWhat}", value);
        return [];
    }

    /// <summary>The names in an array of texts.</summary>
    public IReadOnlyList<string> Names(string name) =>
        properties.TryGetValue(name, out var value) ? Names(value, At(name), problems) : [];

    public static IReadOnlyList<string> Names(JsonElement value, string path, ProblemList problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(path, "a list of field names", value, problems);
            return [];
        }

        var names = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
                names.Add(item.GetString()!);
            else
                Wrong($"{path}[{names.Count}]", "a field's name in quotes", item, problems);
        }

        return names;
    }

    /// <summary>The object <c>args</c>; of names that stand twice the first counts.</summary>
    public ArgumentValues Arguments()
    {
        if (!properties.TryGetValue("args", out var args))
            return ArgumentValues.Empty;
        if (args.ValueKind == JsonValueKind.Object)
            return new(args.EnumerateObject().DistinctBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Name, pair.Value.Clone())));
        Wrong("args", "an object in braces", args);
        return ArgumentValues.Empty;
    }

    /// <summary>A text that is one of an enumeration's names in camel case; null where absent or, with a problem of this code, where it is none of them.</summary>
    public T? Named<T>(string name, string code)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == text)
                return value;
        }

        var known = Enum.GetValues<T>().Select(NameOf).ToList();
        problems.Error(At(name), code, $"\"{text}\" is no {name}. Known are: {string.Join(", ", known)}.", NearestName.Find(text, known) is { } near ? $"Write \"{near}\"" : "Choose one of them");
        return null;
    }

    /// <summary>As <see cref="Named"/> reads it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>An object property as a part of its own; null where absent or, with a problem, where it is something else.</summary>
    public JsonPart? Part(string name, string what, string[] known)
    {
        if (!properties.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new JsonPart(value, At(name), what, known, problems);
        Wrong(name, "an object in braces", value);
        return null;
    }

    public void Wrong(string name, string wanted, JsonElement found) => Wrong(At(name), wanted, found, problems);

    public static void Wrong(string path, string wanted, JsonElement found, ProblemList problems) =>
        problems.Error(path, "schema.wrong_type", $"This must be {wanted}, but it is {Describe(found)}.", $"Write {wanted}");

    private static string Describe(JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "" : value.GetRawText();
        return value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the text {(text.Length > 60 ? text[..60] + "…\"" : text)}",
            JsonValueKind.Number => $"the number {(text.Length > 60 ? text[..60] + "…" : text)}",
            _ => text,
        };
    }
}
