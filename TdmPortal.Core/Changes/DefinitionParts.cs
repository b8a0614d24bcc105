using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Changes;

/// <summary>
/// Which entities have rows that an edit cannot reach. Entities that relationships connect, whatever the way, may depend
/// on each other; between others nothing is shared but the settings and the locale. So where a connected part says the
/// same on both sides, every byte of it is the same.
/// </summary>
internal static class DefinitionParts
{
    /// <summary>The entities, of those on both sides, in whose connected part nothing changed.</summary>
    public static HashSet<string> Untouched(PlanInput before, PlanInput after)
    {
        var (one, other) = (before.Options, after.Options);
        if (one.Seed != other.Seed || one.StableSeed != other.StableSeed || !one.Stable.SetEquals(other.Stable) || one.AsOf != other.AsOf || one.Scale != other.Scale || (before.Document.Locale ?? "en") != (after.Document.Locale ?? "en"))
            return [];
        var (parts, others) = (Of(before), Of(after));
        return parts.Where(part => others.TryGetValue(part.Key, out var same) && part.Value == same).Select(part => part.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>By entity, the text of all that its connected part says.</summary>
    private static Dictionary<string, string> Of(PlanInput input)
    {
        var document = input.Document;
        var root = document.Entities.ToDictionary(entity => entity.Name, entity => entity.Name, StringComparer.Ordinal);
        string Root(string name) => root[name] == name ? name : root[name] = Root(root[name]);
        foreach (var link in document.Relationships)
            root[Root(link.From.Entity)] = Root(link.To.Entity);
        var said = document.Entities.GroupBy(entity => Root(entity.Name), StringComparer.Ordinal).ToDictionary(part => part.Key, part => string.Join('\n',
            [
                .. part.Select(entity => Text(entity, input.Options)),
                .. document.Relationships.Where(link => Root(link.From.Entity) == part.Key).Select(SchemaWriter.Text),
                .. document.Constraints.Where(check => Root(check.Entity) == part.Key).Select(SchemaWriter.Text),
            ]), StringComparer.Ordinal);
        return document.Entities.ToDictionary(entity => entity.Name, entity => said[Root(entity.Name)], StringComparer.Ordinal);
    }

    // What is for people only decides no value.
    private static string Text(EntityDefinition entity, GenerationOptions options) =>
        SchemaWriter.Text(entity with { Description = null, Fields = [.. entity.Fields.Select(field => field.Description is null ? field : field with { Description = null })] })
        + (options.Rows.TryGetValue(entity.Name, out var rows) ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" × {rows}") : "");
}
