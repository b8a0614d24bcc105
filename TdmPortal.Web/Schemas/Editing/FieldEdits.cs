using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>Edits of an entity's fields, singly and on many at once.</summary>
public static class FieldEdits
{
    public static FieldDefinition? Field(this EntityDefinition entity, string? name) => entity.Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>Edits the named fields; the others stay the same objects.</summary>
    public static SchemaDocument WithFields(this SchemaDocument document, string entity, IReadOnlyCollection<string> names, Func<FieldDefinition, FieldDefinition> edit) =>
        document.WithEntity(entity, e =>
        {
            var changed = false;
            var fields = new List<FieldDefinition>(e.Fields.Count);
            foreach (var field in e.Fields)
            {
                var next = names.Contains(field.Name) ? edit(field) : field;
                changed |= !ReferenceEquals(next, field) && next != field;
                fields.Add(next);
            }

            return changed ? e with { Fields = fields } : e;
        });

    public static SchemaDocument WithField(this SchemaDocument document, string entity, string name, Func<FieldDefinition, FieldDefinition> edit) =>
        document.WithFields(entity, [name], edit);

    /// <summary>Puts fields in at a place, under free names.</summary>
    public static SchemaDocument InsertFields(this SchemaDocument document, string entity, int at, IEnumerable<FieldDefinition> fields) =>
        document.WithEntity(entity, e =>
        {
            var all = e.Fields.ToList();
            var place = Math.Clamp(at, 0, all.Count);
            foreach (var field in fields)
                all.Insert(place++, field with { Name = SchemaNames.Free(field.Name, all.Select(f => f.Name)) });
            return all.Count == e.Fields.Count ? e : e with { Fields = all };
        });

    /// <summary>Takes fields out, with the keys, unique groups and relationships that cannot be without them.</summary>
    public static SchemaDocument RemoveFields(this SchemaDocument document, string entity, IReadOnlyCollection<string> names)
    {
        if (document.Entity(entity) is not { } found || !found.Fields.Any(f => names.Contains(f.Name)))
            return document;
        bool Touches(RelationshipEnd end) => end.Entity == entity && end.Fields.Any(names.Contains);
        return document.WithEntity(entity, e => e with
        {
            Fields = [.. e.Fields.Where(f => !names.Contains(f.Name))],
            PrimaryKey = [.. e.PrimaryKey.Where(f => !names.Contains(f))],
            Unique = [.. e.Unique.Where(group => !group.Any(names.Contains))],
            Correlations = [.. e.Correlations.Select(correlation => correlation.Without(names)).OfType<CorrelationDefinition>()],
        }) with
        {
            Relationships = [.. document.Relationships.Where(r => !Touches(r.From) && !Touches(r.To))],
        };
    }

    /// <summary>Renames a field and all that speaks of it: keys, relationships, expressions, arguments.</summary>
    public static SchemaDocument RenameField(this SchemaDocument document, string entity, string name, string newName)
    {
        if (name == newName || document.Entity(entity) is not { } found || found.Field(name) is null || found.Field(newName) is not null)
            return document;
        string Renamed(string field) => field == name ? newName : field;
        RelationshipEnd End(RelationshipEnd end) => end.Entity == entity && end.Fields.Contains(name) ? end with { Fields = [.. end.Fields.Select(Renamed)] } : end;
        var referred = FieldReferences.RenameField(document, entity, name, newName);
        return referred.WithEntity(entity, e => e with
        {
            Fields = [.. e.Fields.Select(f => f.Name == name ? f with { Name = newName } : f)],
            PrimaryKey = [.. e.PrimaryKey.Select(Renamed)],
            Unique = [.. e.Unique.Select(IReadOnlyList<string> (group) => [.. group.Select(Renamed)])],
            Correlations = [.. e.Correlations.Select(correlation => correlation with { Fields = [.. correlation.Fields.Select(Renamed)] })],
        }) with
        {
            Relationships = [.. document.Relationships.Select(r => r with { From = End(r.From), To = End(r.To) })],
        };
    }

    /// <summary>Gives several fields a common beginning, all in one step.</summary>
    public static SchemaDocument PrefixFields(this SchemaDocument document, string entity, IReadOnlyCollection<string> names, string prefix)
    {
        var valid = SchemaNames.FromText(prefix);
        valid = prefix.EndsWith('_') ? valid + "_" : valid;
        return names.Aggregate(document, (next, name) => next.RenameField(entity, name, valid + name));
    }

    /// <summary>Moves fields up or down together; a block stops at the edge.</summary>
    public static SchemaDocument MoveFields(this SchemaDocument document, string entity, IReadOnlyCollection<string> names, int by) =>
        document.WithEntity(entity, e =>
        {
            var fields = e.Fields.ToList();
            var places = Enumerable.Range(0, fields.Count).Where(i => names.Contains(fields[i].Name)).ToList();
            if (places.Count == 0 || (by < 0 ? places[0] + by < 0 : places[^1] + by >= fields.Count))
                return e;
            foreach (var place in by < 0 ? places : Enumerable.Reverse(places))
            {
                var field = fields[place];
                fields.RemoveAt(place);
                fields.Insert(place + by, field);
            }

            return e with { Fields = fields };
        });

    /// <summary>Copies behind the last of the named fields.</summary>
    public static SchemaDocument DuplicateFields(this SchemaDocument document, string entity, IReadOnlyCollection<string> names)
    {
        if (document.Entity(entity) is not { } found)
            return document;
        var last = found.Fields.ToList().FindLastIndex(f => names.Contains(f.Name));
        return document.InsertFields(entity, last + 1, found.Fields.Where(f => names.Contains(f.Name)));
    }

    /// <summary>Sets a generator; arguments of the same name and kind go along, the rest come from <paramref name="args"/>.</summary>
    public static FieldDefinition UseGenerator(this FieldDefinition field, string? generator, ArgumentValues? args = null)
    {
        if (generator is null)
            return field with { Generator = null, Args = ArgumentValues.Empty };
        if (args is not null)
            return field with { Generator = generator, Args = args };
        if (generator == field.Generator)
            return field;
        var before = field.Generator is null ? null : GeneratorCatalogue.Find(field.Generator);
        var after = GeneratorCatalogue.Find(generator);
        var kept = field.Args.Where(arg => after?.Arguments.FirstOrDefault(a => a.Name == arg.Key) is { } takes
            && before?.Arguments.FirstOrDefault(a => a.Name == arg.Key)?.Kind == takes.Kind);
        return field with { Generator = generator, Args = new(kept) };
    }

    /// <summary>Changes the type, drops what only the former type has, and proposes a generator when the present one cannot fill it.</summary>
    public static FieldDefinition UseType(this FieldDefinition field, string entity, FieldType type)
    {
        if (field.Type == type)
            return field;
        var next = field with
        {
            Type = type,
            Precision = type == FieldType.Decimal ? field.Precision : null,
            Scale = type == FieldType.Decimal ? field.Scale : null,
            MaxLength = type == FieldType.String ? field.MaxLength : null,
        };
        if (field.Generator is null || GeneratorCatalogue.Find(field.Generator)?.Types.Contains(type) == true)
            return next;
        var proposal = GeneratorProposals.For(entity, field.Name, type)[0];
        return next.UseGenerator(proposal.Generator, proposal.Args);
    }

    /// <summary>A field as its name alone suggests it: type, generator and the reason.</summary>
    public static (FieldDefinition Field, ProposedGenerator Reason) Propose(string entity, string name)
    {
        var best = (Type: FieldType.String, Proposal: GeneratorProposals.For(entity, name, FieldType.String)[0]);
        foreach (var type in (ReadOnlySpan<FieldType>)[FieldType.Integer, FieldType.Decimal, FieldType.Date, FieldType.Timestamp, FieldType.Boolean, FieldType.Uuid])
        {
            var proposal = GeneratorProposals.For(entity, name, type)[0];
            if (proposal.Confidence > best.Proposal.Confidence)
                best = (type, proposal);
        }

        return (new FieldDefinition { Name = name, Type = best.Type, Generator = best.Proposal.Generator, Args = best.Proposal.Args }, best.Proposal);
    }

    /// <summary>Copies one property of the first named field to the others (Ctrl+D).</summary>
    public static SchemaDocument FillDown(this SchemaDocument document, string entity, IReadOnlyList<string> names, FieldColumn column)
    {
        if (document.Entity(entity) is not { } found || names.Count < 2 || found.Field(names[0]) is not { } source)
            return document;
        if (column == FieldColumn.Key)
            return document.SetKey(entity, names, found.PrimaryKey.Contains(source.Name));
        return document.WithFields(entity, [.. names.Skip(1)], field => column switch
        {
            FieldColumn.Type => (field with { Precision = source.Precision, Scale = source.Scale, MaxLength = source.MaxLength }).UseType(entity, source.Type),
            FieldColumn.Generator or FieldColumn.Arguments => field.UseGenerator(source.Generator, source.Args) with { Type = source.Type, Precision = source.Precision, Scale = source.Scale },
            FieldColumn.Nulls => field with { NullPercent = source.NullPercent },
            FieldColumn.Unique => field with { Unique = source.Unique },
            _ => field,
        });
    }

    /// <summary>Puts fields into the primary key, in field order, or takes them out.</summary>
    public static SchemaDocument SetKey(this SchemaDocument document, string entity, IReadOnlyCollection<string> names, bool key) =>
        document.WithEntity(entity, e =>
        {
            IReadOnlyList<string> next = key
                ? [.. e.PrimaryKey, .. e.Fields.Select(f => f.Name).Where(f => names.Contains(f) && !e.PrimaryKey.Contains(f))]
                : [.. e.PrimaryKey.Where(f => !names.Contains(f))];
            return next.Count == e.PrimaryKey.Count ? e : e with { PrimaryKey = next };
        });
}
