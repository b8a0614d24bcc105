using System.Text.Json;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>Finds what references point to inside of one document: pointers, anchors, and parts with an id of their own.</summary>
internal sealed class SchemaResources
{
    private readonly Dictionary<string, SchemaPart> anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaPart> ids = new(StringComparer.Ordinal);

    public SchemaResources(JsonElement root)
    {
        Root = new(root, "");
        Index(Root);
    }

    public SchemaPart Root { get; }

    private void Index(SchemaPart part)
    {
        if (part.Element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in part.Element.EnumerateObject())
            {
                if (member is { Name: "$id" or "id", Value.ValueKind: JsonValueKind.String })
                    Name(member.Value.GetString()!, part);
                else if (member is { Name: "$anchor" or "$dynamicAnchor", Value.ValueKind: JsonValueKind.String })
                    anchors.TryAdd(member.Value.GetString()!, part);
                else if (member.Name is not ("enum" or "const" or "examples" or "default" or "example"))
                    Index(part.At(member.Value, member.Name));
            }
        }
        else if (part.Element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in part.Element.EnumerateArray())
                Index(part.At(item, (index++).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    private void Name(string id, SchemaPart part)
    {
        // Up to draft 7 an id that is only a fragment is an anchor.
        if (id.StartsWith('#'))
            anchors.TryAdd(id[1..], part);
        else
            ids.TryAdd(id.TrimEnd('#'), part);
    }

    /// <summary>Whether a reference leads out of the document.</summary>
    public bool IsElsewhere(string reference) => !reference.StartsWith('#') && Resource(reference) is null;

    /// <summary>Null where nothing is there.</summary>
    public SchemaPart? Resolve(string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        if ((hash == 0 ? Root : Resource(reference)) is not { } from)
            return null;
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        if (fragment.Length == 0)
            return from;
        if (!fragment.StartsWith('/'))
            return anchors.TryGetValue(fragment, out var anchored) ? anchored : null;
        var at = from;
        foreach (var step in fragment[1..].Split('/'))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.Get(name) is { } member)
                at = at.At(member, name);
            else if (at.Element.ValueKind == JsonValueKind.Array && int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < at.Element.GetArrayLength())
                at = at.At(at.Element[index], name);
            else
                return null;
        }

        return at;
    }

    private SchemaPart? Resource(string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var name = hash < 0 ? reference : reference[..hash];
        if (ids.TryGetValue(name, out var part))
            return part;
        // An id is an address, a reference to it may be the end of it.
        var ending = "/" + name.TrimStart('.', '/');
        var found = ids.Where(one => one.Key.EndsWith(ending, StringComparison.Ordinal)).Take(2).ToList();
        return found.Count == 1 ? found[0].Value : null;
    }
}
