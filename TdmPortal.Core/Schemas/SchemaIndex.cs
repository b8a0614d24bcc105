namespace TdmPortal.Core.Schemas;

/// <summary>
/// Finds a document's parts by name. Where a name stands twice the first one counts; null is "there is none". Not safe
/// for several threads: each compilation or validation makes its own.
/// </summary>
internal sealed class SchemaIndex
{
    private readonly Dictionary<string, int> entities;
    private readonly Dictionary<string, int> relationships;
    private readonly Dictionary<string, int>?[] fields;

    public SchemaIndex(SchemaDocument document)
    {
        Document = document;
        entities = new(document.Entities.Count, StringComparer.Ordinal);
        for (var i = 0; i < document.Entities.Count; i++)
            entities.TryAdd(document.Entities[i].Name, i);
        relationships = new(document.Relationships.Count, StringComparer.Ordinal);
        for (var i = 0; i < document.Relationships.Count; i++)
            relationships.TryAdd(document.Relationships[i].Name, i);
        fields = new Dictionary<string, int>?[document.Entities.Count];
    }

    public SchemaDocument Document { get; }

    public int? Entity(string name) => entities.TryGetValue(name, out var index) ? index : null;

    public RelationshipDefinition? Relationship(string name) => relationships.TryGetValue(name, out var index) ? Document.Relationships[index] : null;

    public int? Field(int entity, string name) => Fields(entity).TryGetValue(name, out var index) ? index : null;

    /// <summary>Index of each field by name.</summary>
    public IReadOnlyDictionary<string, int> Fields(int entity)
    {
        if (fields[entity] is { } known)
            return known;
        var definitions = Document.Entities[entity].Fields;
        var byName = new Dictionary<string, int>(definitions.Count, StringComparer.Ordinal);
        for (var i = 0; i < definitions.Count; i++)
            byName.TryAdd(definitions[i].Name, i);
        return fields[entity] = byName;
    }
}
