namespace TdmPortal.Core.Schemas.Comparing;

/// <summary>One property of a part of a document, as comparing and merging see it.</summary>
/// <param name="Name">As in the document.</param>
/// <param name="Text">JSON text of its meaning: null where it is absent or what absence means.</param>
/// <param name="Take">The first part with this property taken from the second.</param>
internal sealed record PartProperty<T>(string Name, Func<T, string?> Text, Func<T, T, T> Take)
{
    /// <summary>What happened to it, without the place: "unique was turned on".</summary>
    public string Describe(string? before, string? after) => (before, after) switch
    {
        (null, "true") => $"{Name} was turned on",
        ("true", null) => $"{Name} was turned off",
        (null, _) => $"{Name} was set to {Shown(after!)}",
        (_, null) => $"{Name} was removed (it was {Shown(before)})",
        _ => $"{Name} changed from {Shown(before)} to {Shown(after)}",
    };

    /// <summary>JSON for people: names without quotes, nothing endless.</summary>
    public static string Shown(string json)
    {
        var text = json.Length > 2 && json[0] == '"' && json.IndexOf('"', 1) == json.Length - 1 && !json.Contains(' ', StringComparison.Ordinal) ? json[1..^1] : json;
        return text.Length > 100 ? text[..100] + "…" : text;
    }
}
