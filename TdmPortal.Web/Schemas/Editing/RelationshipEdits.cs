using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>Edits of relationships. A field that a relationship fills has no generator, so setting one clears them.</summary>
public static class RelationshipEdits
{
    /// <summary>
    /// A relationship from a child to a parent's key, with child fields made for it where there are none that fit
    /// (<c>customer_id</c> for <c>customer.id</c>).
    /// </summary>
    public static (SchemaDocument Document, RelationshipDefinition Relationship) ProposeRelationship(this SchemaDocument document, string child, string parent)
    {
        var to = document.Entity(parent) ?? throw new ArgumentException("No such entity.", nameof(parent));
        var key = to.PrimaryKey.Count > 0 ? to.PrimaryKey : [.. to.Fields.Where(f => f.Unique).Take(1).Select(f => f.Name)];
        if (key.Count == 0 && to.Fields.Count > 0)
            key = [to.Fields[0].Name];
        var next = document;
        var fields = new List<string>();
        var filled = document.Relationships.Where(r => r.From.Entity == child).SelectMany(r => r.From.Fields).ToHashSet(StringComparer.Ordinal);
        foreach (var name in key)
        {
            var target = to.Field(name)!;
            var wanted = child == parent ? "parent_" + name : name.StartsWith(parent, StringComparison.Ordinal) ? name : $"{parent}_{name}";
            if (next.Entity(child)!.Field(wanted) is not { } found || found.Type != target.Type || filled.Contains(wanted))
            {
                wanted = SchemaNames.Free(wanted, next.Entity(child)!.Fields.Select(f => f.Name));
                next = next.InsertFields(child, int.MaxValue, [new FieldDefinition { Name = wanted, Type = target.Type, Precision = target.Precision, Scale = target.Scale, MaxLength = target.MaxLength }]);
            }

            fields.Add(wanted);
        }

        var relationship = new RelationshipDefinition
        {
            Name = SchemaNames.Free(SchemaNames.FromText($"{child}_{parent}"), document.Relationships.Select(r => r.Name)),
            From = new(child, fields),
            To = new(parent, [.. key]),
            RootPercent = child == parent ? 10 : null,
        };
        return (next, relationship);
    }

    /// <summary>Adds a relationship or replaces the one named <paramref name="name"/>; renames follow into expressions.</summary>
    public static SchemaDocument SetRelationship(this SchemaDocument document, string? name, RelationshipDefinition relationship)
    {
        var all = document.Relationships.ToList();
        var at = all.FindIndex(r => r.Name == name);
        if (at >= 0)
            all[at] = relationship;
        else
            all.Add(relationship);
        var next = document with { Relationships = all };
        if (at >= 0 && name != relationship.Name)
        {
            next = next with
            {
                Entities = [.. next.Entities.Select(e => e with { Fields = [.. e.Fields.Select(f => FieldReferences.RenameRelationship(f, name!, relationship.Name))] })],
                Constraints = [.. next.Constraints.Select(c => c with { Check = ExpressionNames.RenameRelationship(c.Check, name!, relationship.Name) })],
            };
        }

        // perParent decides the child's rows; any other distribution needs them.
        var perParent = relationship.DecidesRows;
        var others = next.Relationships.Any(r => r.Name != relationship.Name && r.From.Entity == relationship.From.Entity && r.DecidesRows);
        next = next.WithEntity(relationship.From.Entity, e => perParent && e.Rows is not null ? e with { Rows = null }
            : !perParent && !others && e.Rows is null ? e with { Rows = 1000 } : e);
        // A key field that the parent's row shares with another relationship or with its own generator keeps it.
        return relationship.From.Fields.Count > 1 && at >= 0
            ? next
            : next.WithFields(relationship.From.Entity, relationship.From.Fields, field => field.Generator is null ? field : field.UseGenerator(null));
    }

    /// <summary>Takes a relationship out; its child fields get a generator again, so that the schema stays whole.</summary>
    public static SchemaDocument RemoveRelationship(this SchemaDocument document, string name)
    {
        var relationship = document.Relationships.FirstOrDefault(r => r.Name == name);
        if (relationship is null)
            return document;
        var next = document with { Relationships = [.. document.Relationships.Where(r => r.Name != name)] };
        var child = relationship.From.Entity;
        var filled = next.Relationships.Where(r => r.From.Entity == child).SelectMany(r => r.From.Fields).ToHashSet(StringComparer.Ordinal);
        var orphans = relationship.From.Fields.Where(f => !filled.Contains(f)).ToList();
        next = next.WithFields(child, orphans, field =>
        {
            if (field.Generator is not null)
                return field;
            var proposal = GeneratorProposals.For(child, field.Name, field.Type, field.MaxLength)[0];
            return field.UseGenerator(proposal.Generator, proposal.Args);
        });
        return relationship.DecidesRows ? next.WithEntity(child, e => e.Rows is null ? e with { Rows = 1000 } : e) : next;
    }
}
