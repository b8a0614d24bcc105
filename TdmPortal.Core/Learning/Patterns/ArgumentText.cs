using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Arguments of generators, put together.</summary>
internal static class ArgumentText
{
    public static ArgumentValues Of(params ReadOnlySpan<(string Name, object Value)> pairs)
    {
        var values = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (name, value) in pairs)
            values.Add(new(name, JsonValue.Of(value)));
        return new(values);
    }
}
