namespace TdmPortal.Core.Generation;

/// <summary>Every key is made unique by construction, or refused with what it can give.</summary>
internal sealed partial class PlanCompiler
{
    private void ProveKeys()
    {
        foreach (var entity in entities)
        {
            // Keys of one field first: a longer key that has one of them is unique for that.
            foreach (var key in Keys(entity).OrderBy(key => key.Count))
                ProveKey(entity, [.. key.Select(name => entity.Fields[entity.FieldIndex(name)])]);
        }
    }

    private void ProveKey(EntityNode entity, FieldNode[] key)
    {
        var names = key.Select(field => field.Name).ToList();
        if (Array.Exists(key, field => field.Unique || IsProvedExpression(entity, field) || field.Source is { IsDistinct: true, Capacity: null }) || IsRelated(entity, key))
            return;
        if (Array.Exists(key, field => field.Composite is not null))
        {
            Unsupported($"entities[{entity.Index}]", $"{entity.Definition.Name}: two keys of several fields share {key.First(field => field.Composite is not null).Name}, which cannot be generated yet");
            return;
        }

        // A source that never repeats and has room enough settles it.
        var distinct = Array.Find(key, field => field.Source is { IsDistinct: true } source && source.Capacity >= (UInt128)entity.Rows && field.Definition.Array is null);
        if (distinct is not null)
        {
            distinct.Unique = true;
            return;
        }

        var generated = Array.FindAll(key, field => field.Source?.Capacity is not null && field.Definition.Array is null);
        if (key.Length == 1)
            ProveField(entity, key[0]);
        else
            ProveComposite(entity, key, generated);
    }

    /// <summary>Whether relationships alone make a key unique: one-to-one, distinct pairs, or a sequence counted within the parent that is part of it.</summary>
    private static bool IsRelated(EntityNode entity, FieldNode[] key)
    {
        var names = key.Select(field => field.Name).ToList();
        if (Array.Exists(key, field => field.Within is { } within && Covers(names, within) && field.Step != 0))
            return true;
        return entity.Parents.Exists(link => Covers(names, link) && (link.Link.ChildrenEach.Most <= 1
            || (link.Link is PairLink or PerParentPairLink or DistinctLink && Partner(link, _ => true) is { } other && names.All(name => link.Definition.From.Fields.Contains(name) || other.Definition.From.Fields.Contains(name)))
            || (link.Link is AgreeingLink && link.Definition.From.Fields.Any(name => entity.Fields[entity.FieldIndex(name)].Unique))));
    }

    /// <summary>An expression that is unique alone: the validator lets only those pass whose operands keep its values apart.</summary>
    private static bool IsProvedExpression(EntityNode entity, FieldNode field) =>
        field.Expression is not null && Keys(entity).Any(key => key.Count == 1 && key[0] == field.Name);

    private void ProveField(EntityNode entity, FieldNode field)
    {
        var path = Path(entity, field);
        var name = Name(entity, field);
        if (field.FilledBy is { } link)
        {
            Add(path, "generation.unsupported", $"{name}: it is unique and filled by {link.Name}, which gives one parent several children");
        }
        else if (field.Definition.Array is not null || field.Source?.Capacity is null)
        {
            Add(path, "schema.unique_unprovable", $"{name}: it is unique, but {field.Definition.Generator} cannot enumerate its values", "Take a generator that can, such as sequence, uuid or pattern");
        }
        else if (field.Source.Capacity < (UInt128)entity.Rows)
        {
            Add(path, "generation.unique_exhausted", $"{name} can give {Number(field.Source.Capacity.Value)} distinct values, {Number((UInt128)entity.Rows)} were asked",
                $"Give {entity.Definition.Name} {Number(field.Source.Capacity.Value)} rows or fewer", "Widen the generator's arguments, or take another generator");
        }
        else
        {
            field.Unique = true;
        }
    }

    private void ProveComposite(EntityNode entity, FieldNode[] key, FieldNode[] generated)
    {
        var name = $"{entity.Definition.Name} ({string.Join(", ", key.Select(field => field.Name))})";
        var size = (UInt128)1;
        foreach (var field in generated)
            size = Saturated(size, field.Source!.Capacity!.Value);
        var link = key.Select(field => field.FilledBy).FirstOrDefault(link => link is not null && link.Definition.From.Fields.All(one => Array.Exists(key, field => field.Name == one)));
        if (generated.Length == 0 || Array.Exists(generated, field => field.References.Count > 0))
        {
            Unsupported($"entities[{entity.Index}]", $"{name}: the engine cannot make this combination unique yet", "Add a sequence to the key");
            return;
        }

        // Within a parent the combinations are counted anew, so they must suffice for the largest family.
        var wanted = link is null ? (UInt128)entity.Rows : link.Link.ChildrenEach.Most is { } most ? (UInt128)most : (UInt128)entity.Rows;
        var within = link is not null && link.Link.ChildrenEach.Most is not null && size < (UInt128)entity.Rows ? link : null;
        if (within?.Link.IsOptional == true)
        {
            Unsupported($"entities[{entity.Index}]", $"{name}: the engine cannot make a combination with an optional parent unique yet");
            return;
        }

        if (size < (within is null ? (UInt128)entity.Rows : wanted))
        {
            Add($"entities[{entity.Index}]", "generation.unique_exhausted",
                $"{name} can give {Number(size)} distinct combinations{(link is null ? "" : $" for each {link.Parent.Definition.Name}")}, {Number(wanted)} {(within is null ? "were asked" : "are needed")}");
            return;
        }

        var combinations = size < (UInt128)1 << 62 ? (ulong)size : 1UL << 62;
        var sharedKey = Randomness.Derive(entity.Key, string.Join(',', key.Select(field => field.Name)));
        ulong divisor = 1;
        foreach (var field in generated)
        {
            var capacity = field.Source!.Capacity!.Value < combinations / divisor ? (ulong)field.Source.Capacity.Value : Math.Max(1, combinations / divisor);
            field.Composite = new(sharedKey, within, combinations, divisor, capacity);
            divisor *= capacity;
        }
    }

    private static UInt128 Saturated(UInt128 a, UInt128 b) => b == 0 ? 0 : a > UInt128.MaxValue / b ? UInt128.MaxValue : a * b;

    private static string Number(UInt128 value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
