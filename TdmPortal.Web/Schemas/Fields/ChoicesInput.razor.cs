using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>A list of values, each with a weight where some are to come more often.</summary>
public partial class ChoicesInput
{
    private List<(int Key, WeightedChoice Choice)> rows = [];
    private string shown = "";
    private bool weighted;
    private string? fresh;
    private int keys;

    [Parameter] public JsonElement? Value { get; set; }
    [Parameter] public FieldType Type { get; set; } = FieldType.String;
    [Parameter] public string Label { get; set; } = "Values";
    [Parameter] public EventCallback<JsonElement?> ValueChanged { get; set; }

    protected override void OnParametersSet()
    {
        var text = Value?.GetRawText() ?? "";
        if (text == shown)
            return;
        shown = text;
        var choices = ArgumentJson.Choices(Value);
        rows = [.. choices.Select(choice => (keys++, choice))];
        weighted = choices.Any(choice => choice.Weight is not null);
    }

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private Task Set(int index, WeightedChoice choice)
    {
        rows[index] = (rows[index].Key, choice);
        return TellAsync();
    }

    private Task SetWeight(int index, string text) =>
        Set(index, rows[index].Choice with { Weight = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight >= 0 ? weight : 1 });

    private Task Remove(int index)
    {
        rows.RemoveAt(index);
        return TellAsync();
    }

    private Task Add(ChangeEventArgs change)
    {
        var taken = rows.Select(row => row.Choice.Value).ToHashSet(StringComparer.Ordinal);
        var values = Text(change).Split([',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(taken.Add).ToList();
        rows.AddRange(values.Select(value => (keys++, new WeightedChoice(value, weighted ? 1 : null))));
        fresh = fresh is null ? "" : null; // a changed attribute empties the box
        return values.Count == 0 ? Task.CompletedTask : TellAsync();
    }

    private Task Weigh(bool on)
    {
        weighted = on;
        rows = [.. rows.Select(row => (row.Key, row.Choice with { Weight = on ? 1 : null }))];
        return TellAsync();
    }

    private string Share(WeightedChoice choice)
    {
        var all = rows.Sum(row => row.Choice.Weight ?? 0);
        return all == 0 ? "" : ((choice.Weight ?? 0) / all).ToString("P0", CultureInfo.InvariantCulture);
    }

    private Task TellAsync()
    {
        JsonElement? value = rows.Count == 0 ? null : ArgumentJson.Choices([.. rows.Select(row => row.Choice)], Type);
        shown = value?.GetRawText() ?? "";
        return ValueChanged.InvokeAsync(value);
    }
}
