using System.Text.Json;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>A list of values, or a map from value to weight, as it stands in a document.</summary>
/// <param name="Texts">The values' texts; null is a null.</param>
/// <param name="Weights">As many.</param>
internal sealed record WeightedValues(IReadOnlyList<string?> Texts, IReadOnlyList<double> Weights)
{
    /// <summary>Null, with a problem reported, when it is neither or has nothing to choose from.</summary>
    public static WeightedValues? Read(SourceContext context, JsonElement value, string argument)
    {
        var (texts, weights) = (new List<string?>(), new List<double>());
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    texts.Add(item.ValueKind == JsonValueKind.Null ? null : Literals.Text(item));
                    weights.Add(1);
                }

                break;
            case JsonValueKind.Object:
                foreach (var item in value.EnumerateObject())
                {
                    if (item.Value.ValueKind != JsonValueKind.Number || !item.Value.TryGetDouble(out var weight) || !(weight >= 0) || weight > 1e15)
                        return context.Refuse<WeightedValues?>(argument, $"the weight of \"{item.Name}\" must be a number of at least 0, not {item.Value.GetRawText()}", null);
                    texts.Add(item.Name);
                    weights.Add(weight);
                }

                break;
            default:
                return context.Refuse<WeightedValues?>(argument, $"\"{argument}\" must be a list of values, or values with weights", null);
        }

        return weights.Sum() > 0 ? new(texts, weights) : context.Refuse<WeightedValues?>(argument, $"\"{argument}\" has nothing to choose from", null);
    }
}
