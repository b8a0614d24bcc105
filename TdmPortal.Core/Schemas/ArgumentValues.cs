using System.Collections;
using System.Text.Json;

namespace TdmPortal.Core.Schemas;

/// <summary>A generator's arguments as they stand in the document: immutable, in the author's order.</summary>
public sealed class ArgumentValues : IReadOnlyCollection<KeyValuePair<string, JsonElement>>
{
    /// <summary>No arguments.</summary>
    public static ArgumentValues Empty { get; } = new([]);

    private readonly KeyValuePair<string, JsonElement>[] items;

    /// <summary>Takes the pairs in the order given; names must be distinct.</summary>
    public ArgumentValues(IEnumerable<KeyValuePair<string, JsonElement>> items) => this.items = [.. items];

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <summary>The value under a name, or null where there is none.</summary>
    public JsonElement? this[string name]
    {
        get
        {
            foreach (var item in items)
            {
                if (item.Key == name)
                    return item.Value;
            }

            return null;
        }
    }

    /// <summary>A copy with one argument set (in its place, or appended), or removed when <paramref name="value"/> is null.</summary>
    public ArgumentValues With(string name, JsonElement? value)
    {
        var copy = items.ToList();
        var at = copy.FindIndex(item => item.Key == name);
        if (value is null)
        {
            if (at >= 0)
                copy.RemoveAt(at);
        }
        else if (at >= 0)
        {
            copy[at] = new(name, value.Value);
        }
        else
        {
            copy.Add(new(name, value.Value));
        }

        return new(copy);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonElement>>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
