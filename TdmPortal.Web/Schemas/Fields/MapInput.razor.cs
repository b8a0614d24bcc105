using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>Names with a value each, or cases with a list of choices each.</summary>
public partial class MapInput
{
    private List<(int Key, string Name, JsonElement? Value)> rows = [];
    private string shown = "";
    private string? fresh;
    private int keys;

    [Parameter] public JsonElement? Value { get; set; }
    /// <summary>Whether each value is a list of choices.</summary>
    [Parameter] public bool Cases { get; set; }
    [Parameter] public FieldType Type { get; set; } = FieldType.String;
    [Parameter] public string Label { get; set; } = "";
    [Parameter] public EventCallback<JsonElement?> ValueChanged { get; set; }

    protected override void OnParametersSet()
    {
        var text = Value?.GetRawText() ?? "";
        if (text == shown)
            return;
        shown = text;
        rows = Value is { ValueKind: JsonValueKind.Object } map ? [.. map.EnumerateObject().Select(item => (keys++, item.Name, (JsonElement?)item.Value))] : [];
    }

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private static JsonElement Parsed(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || text is "true" or "false" ? ArgumentJson.TryParse(text) ?? ArgumentJson.Text(text) : ArgumentJson.Text(text);

    private Task Rename(int index, string name)
    {
        rows[index] = rows[index] with { Name = name };
        return TellAsync();
    }

    private Task Set(int index, JsonElement? value)
    {
        rows[index] = rows[index] with { Value = value };
        return TellAsync();
    }

    private Task Remove(int index)
    {
        rows.RemoveAt(index);
        return TellAsync();
    }

    private Task Add(ChangeEventArgs change)
    {
        var name = Text(change).Trim();
        fresh = fresh is null ? "" : null; // a changed attribute empties the box
        if (name.Length == 0 || rows.Exists(row => row.Name == name))
            return Task.CompletedTask;
        rows.Add((keys++, name, null));
        return TellAsync();
    }

    private Task TellAsync()
    {
        var map = new JsonObject();
        foreach (var (_, name, value) in rows)
            map[name] = value is null ? (Cases ? new JsonArray() : "") : JsonNode.Parse(value.Value.GetRawText());
        JsonElement? next = rows.Count == 0 ? null : JsonSerializer.SerializeToElement(map);
        shown = next?.GetRawText() ?? "";
        return ValueChanged.InvokeAsync(next);
    }
}
