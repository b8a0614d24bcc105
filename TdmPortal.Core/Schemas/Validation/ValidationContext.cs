using TdmPortal.Core.Expressions;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>What the rules share while one document is validated.</summary>
internal sealed class ValidationContext
{
    private readonly List<int>?[]?[] filledBy;

    public ValidationContext(SchemaDocument document)
    {
        Document = document;
        Index = new(document);
        filledBy = new List<int>?[]?[document.Entities.Count];
        for (var i = 0; i < document.Relationships.Count; i++)
        {
            var from = document.Relationships[i].From;
            if (Index.Entity(from.Entity) is not { } child)
                continue;
            foreach (var name in from.Fields)
            {
                if (Index.Field(child, name) is not { } field)
                    continue;
                var fields = filledBy[child] ??= new List<int>?[document.Entities[child].Fields.Count];
                (fields[field] ??= []).Add(i);
            }
        }
    }

    public SchemaDocument Document { get; }

    public SchemaIndex Index { get; }

    public ProblemList Problems { get; } = new();

    /// <summary>Which fields each field reads; made while the expressions are checked.</summary>
    public Dictionary<(int Entity, int Field), List<(int Entity, int Field)>> Reads { get; } = [];

    /// <summary>The relationships that have a field at their child's end, by index.</summary>
    public IReadOnlyList<int> RelationshipsOf(int entity, int field) => filledBy[entity]?[field] ?? (IReadOnlyList<int>)[];

    public static string PathOf(int entity, int field) => $"entities[{entity}].fields[{field}]";

    /// <summary>A name for messages: quoted where it could be mistaken for the sentence, never endless.</summary>
    public static string Shown(string name) =>
        LegalNames.IsLegal(name) ? name : $"\"{(name.Length > 60 ? name[..60] + "…" : name)}\"";

    public string NameOf(int entity, int field) =>
        $"{Shown(Document.Entities[entity].Name)}.{Shown(Document.Entities[entity].Fields[field].Name)}";

    /// <summary>Reports an expression's error at its place.</summary>
    public void Report(string path, string owner, ExpressionError error) =>
        Problems.Error(path, "schema.expression", $"{owner}: at character {error.Position + 1}: {error.Message}", error.Suggestion is null ? [] : [error.Suggestion]);

    /// <summary>Notes what a field's expression reads.</summary>
    public void Note(int entity, int field, Expression expression)
    {
        var reads = ExpressionDependencies.Of(expression);
        foreach (var name in reads.Fields)
            NoteRead(entity, field, entity, name);
        foreach (var (relationship, name) in reads.ParentFields)
            NoteRead(entity, field, Index.Entity(relationship.To.Entity), name);
        foreach (var aggregate in reads.Aggregates)
            NoteAggregate(entity, field, aggregate);
    }

    private void NoteAggregate(int entity, int field, Aggregate aggregate)
    {
        if (aggregate.Argument is null || Index.Entity(aggregate.Relationship.From.Entity) is not { } child)
            return;
        var reads = ExpressionDependencies.Of(aggregate.Argument);
        foreach (var name in reads.Fields)
            NoteRead(entity, field, child, name);
        foreach (var (relationship, name) in reads.ParentFields)
            NoteRead(entity, field, Index.Entity(relationship.To.Entity), name);
        foreach (var inner in reads.Aggregates)
            NoteAggregate(entity, field, inner);
    }

    private void NoteRead(int entity, int field, int? readEntity, string readField)
    {
        if (readEntity is not { } target || Index.Field(target, readField) is not { } read)
            return;
        if (!Reads.TryGetValue((entity, field), out var list))
            Reads[(entity, field)] = list = [];
        list.Add((target, read));
    }
}
