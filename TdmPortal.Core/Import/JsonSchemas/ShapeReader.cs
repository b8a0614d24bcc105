using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>
/// Puts the parts of a schema together: references followed, allOf merged, of anyOf and oneOf one chosen. Drafts 4 to
/// 2020-12 and OpenAPI are read alike; what a draft does not know does not stand in its schemas.
/// </summary>
internal sealed partial class ShapeReader(SchemaResources resources, SchemaReport report)
{
    private const int MostMerged = 100_000;
    private readonly Dictionary<string, SchemaShape> known = new(StringComparer.Ordinal);
    private int merged;

    /// <summary>A name of what the parts say together; equal for the same definition wherever it is referred to.</summary>
    public string KeyOf(IReadOnlyList<SchemaPart> parts) => string.Join(' ', parts.Select(part => Definition(part).Pointer).Distinct(StringComparer.Ordinal));

    /// <summary>What a part is that only refers to something: the definition itself.</summary>
    public SchemaPart Definition(SchemaPart part)
    {
        for (var steps = 0; steps < 100; steps++)
        {
            if (part.Element.ValueKind != JsonValueKind.Object || part.Element.EnumerateObject().Count(member => Says(member.Name)) != 1)
                return part;
            if (Reference(part) is { } reference)
            {
                if (resources.Resolve(reference) is not { } target)
                    return part;
                part = target;
            }
            else if (part.Get("allOf") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() == 1)
            {
                part = part.At(all[0], "allOf", 0);
            }
            else if ((part.Get("oneOf") is null ? "anyOf" : "oneOf") is var keyword && part.Get(keyword) is { ValueKind: JsonValueKind.Array } any && Branches(part, keyword, any).Where(branch => !IsNull(branch)).ToList() is [var only])
            {
                part = only;
            }
            else
            {
                return part;
            }
        }

        return part;
    }

    /// <summary>Whether a keyword says what values are like, other than that null is one.</summary>
    private static bool Says(string keyword) => keyword is not ("title" or "description" or "nullable" or "default" or "example" or "examples" or "deprecated" or "readOnly" or "writeOnly" or "$comment" or "xml" or "externalDocs" or "$id" or "id" or "$schema" or "$anchor" or "$defs" or "definitions")
        && !keyword.StartsWith("x-", StringComparison.Ordinal);

    public SchemaShape Read(IReadOnlyList<SchemaPart> parts)
    {
        var key = string.Join(' ', parts.Select(part => part.Pointer));
        if (known.TryGetValue(key, out var shape))
            return shape;
        shape = new SchemaShape(parts.Count == 0 ? "" : parts[0].Pointer);
        foreach (var part in parts)
            Merge(shape, part, []);
        if (shape.IsMixed)
            report.Note(shape.Pointer, "type", $"Of several types one is made, {Named(shape.Kind)}.");
        known.Add(key, shape);
        return shape;
    }

    private static string Named(JsonKinds kind) => kind.ToString().ToLowerInvariant();

    private static string? Reference(SchemaPart part)
    {
        foreach (var keyword in new[] { "$ref", "$dynamicRef", "$recursiveRef" })
        {
            if (part.Get(keyword) is { ValueKind: JsonValueKind.String } reference)
                return reference.GetString();
        }

        return null;
    }

    /// <param name="path">Definitions that are being merged: none is part of itself.</param>
    private void Merge(SchemaShape shape, SchemaPart part, HashSet<string> path)
    {
        if (++merged > MostMerged)
            throw report.Stop(part.Pointer, "import.json_schema_too_large", "Its references and alternatives unfold to more than can be read.", "Import a part of it");
        switch (part.Element.ValueKind)
        {
            case JsonValueKind.True:
                return;
            case JsonValueKind.False:
                shape.IsImpossible = true;
                return;
            case JsonValueKind.Object:
                break;
            default:
                Wrong(part, "", "a schema: an object, true or false");
                return;
        }

        if (!path.Add(part.Pointer))
            throw report.Stop(part.Pointer, "import.json_schema_endless", "This refers to itself without anything between, so it describes no value.", "Remove the circle of $ref and allOf");
        if (Reference(part) is { } reference)
        {
            if (resources.Resolve(reference) is { } target)
                Merge(shape, target, path);
            else if (resources.IsElsewhere(reference))
                report.Note(part, "$ref", "It stands in another document, which is not read; any value is taken for it.");
            else
                report.Wrong($"{part.Pointer}/$ref", "import.json_schema_reference", $"\"{reference}\" leads to nothing in this document.", "Correct the reference", "Add what it refers to");
        }

        var hasType = false;
        foreach (var member in part.Element.EnumerateObject())
            hasType |= member.Name == "type";
        foreach (var member in part.Element.EnumerateObject())
            Keyword(shape, part, member.Name, member.Value, path, hasType);
        path.Remove(part.Pointer);
    }

    private void Wrong(SchemaPart part, string keyword, string wanted) =>
        report.Wrong(keyword.Length == 0 ? part.Pointer : $"{part.Pointer}/{keyword}", "import.json_schema_invalid", $"This must be {wanted}.", $"Write {wanted}");

    private static List<SchemaPart> Branches(SchemaPart part, string keyword, JsonElement value) => [.. value.EnumerateArray().Select((branch, index) => part.At(branch, keyword, index))];

    private static bool IsNull(SchemaPart part) =>
        part.Get("type") is { ValueKind: JsonValueKind.String } type ? type.ValueEquals("null")
        : part.Get("const") is { } only ? only.ValueKind == JsonValueKind.Null
        : part.Get("enum") is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Null;

    /// <summary>Of alternatives one is made, so that rows are like that; values that are listed are all taken.</summary>
    private void Choose(SchemaShape shape, SchemaPart part, string keyword, JsonElement value, HashSet<string> path)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Wrong(part, keyword, "a list of schemas, at least one");
            return;
        }

        var all = Branches(part, keyword, value);
        var branches = all.Where(branch => !IsNull(branch)).ToList();
        var isNullable = branches.Count < all.Count && shape.Kinds.HasFlag(JsonKinds.Null);
        if (branches.Count == 0)
        {
            shape.Kinds &= JsonKinds.Null;
            return;
        }

        // "One of these members" is a rule between them.
        if (branches.TrueForAll(branch => branch.Element.ValueKind == JsonValueKind.Object && branch.Get("required") is { ValueKind: JsonValueKind.Array } required && required.GetArrayLength() == 1 && required[0].ValueKind == JsonValueKind.String && branch.Element.EnumerateObject().Count(member => Says(member.Name)) == 1))
        {
            shape.Rules.Add(new(keyword == "oneOf" ? SchemaRuleKind.One : SchemaRuleKind.Any, [.. branches.Select(branch => branch.Get("required")!.Value[0].GetString()!)]));
            return;
        }

        var shapes = branches.ConvertAll(branch => branches.Count == 1 ? null : Read([branch]));
        if (branches.Count > 1 && shapes.TrueForAll(one => one!.Values is not null && !one.Values.Exists(each => !JsonKinds.Scalars.HasFlag(SchemaShape.Of(each)))))
        {
            Allow(shape, [.. shapes.SelectMany(one => one!.Values!)], isNullable || shapes.Exists(one => one!.CanBeNull));
            return;
        }

        var chosen = branches.Count == 1 ? 0 : Math.Max(0, shapes.FindIndex(one => !one!.IsImpossible && Fits(shape, one)));
        if (branches.Count > 1)
            report.Note($"{part.Pointer}/{keyword}", $"{branches.Count} alternatives", $"Of the alternatives the {(chosen == 0 ? "first" : $"one at {chosen}")} is made.");
        var (mayBeNull, wasNullable) = (shape.Kinds, shape.IsNullable);
        Merge(shape, branches[chosen], path);
        if (isNullable)
            shape.Kinds |= mayBeNull & JsonKinds.Null;
        shape.IsNullable = wasNullable || (shape.IsNullable && branches.Count == 1);
        if (part.Get("discriminator") is { ValueKind: JsonValueKind.Object } discriminator && discriminator.TryGetProperty("propertyName", out var property) && property.ValueKind == JsonValueKind.String)
            shape.Add(property.GetString()!, part.At(JsonValue.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["const"] = Discriminated(discriminator, branches[chosen]) }), $"discriminator {chosen}"));
    }

    private static bool Fits(SchemaShape shape, SchemaShape branch) => (shape.Kinds & branch.Kinds & ~JsonKinds.Null) != JsonKinds.None && shape.Required.All(name => !branch.Properties.TryGetValue(name, out var parts) || parts.TrueForAll(one => one.Element.ValueKind != JsonValueKind.False));

    private static string Discriminated(JsonElement discriminator, SchemaPart branch)
    {
        var reference = Reference(branch) ?? branch.Name;
        var mapped = discriminator.TryGetProperty("mapping", out var mapping) && mapping.ValueKind == JsonValueKind.Object
            ? mapping.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String && (one.Value.ValueEquals(reference) || reference.EndsWith("/" + one.Value.GetString(), StringComparison.Ordinal))).Select(one => one.Name).FirstOrDefault()
            : null;
        return mapped ?? reference[(reference.LastIndexOf('/') + 1)..];
    }

    /// <summary>Only these values.</summary>
    private static void Allow(SchemaShape shape, List<JsonElement> values, bool withNull)
    {
        var some = values.Where(value => value.ValueKind != JsonValueKind.Null).DistinctBy(value => value.GetRawText(), StringComparer.Ordinal).ToList();
        shape.Values = shape.Values is null ? some : [.. shape.Values.Where(one => some.Exists(other => other.GetRawText() == one.GetRawText()))];
        var kinds = some.Aggregate(JsonKinds.None, (all, one) => all | SchemaShape.Of(one));
        shape.Kinds &= kinds | (withNull ? JsonKinds.Null : JsonKinds.None);
    }
}
