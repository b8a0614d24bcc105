namespace TdmPortal.Core.Generation;

/// <summary>Every key is made unique by construction, or refused with what it can give.</summary>
internal sealed partial class PlanCompiler
{
    private void ProveKeys()
    {
        foreach (var entity in entities)
        {
            // Keys of one field first: a longer key that has one of them is unique for that.
            var left = new List<FieldNode[]>();
            foreach (var key in Keys(entity).OrderBy(key => key.Count).Select(key => key.Select(name => entity.Fields[entity.FieldIndex(name)]).ToArray()))
            {
                if (!IsProved(entity, key))
                    left.Add(key);
            }

            ProveTogether(entity, left);
        }
    }

    private bool IsProved(EntityNode entity, FieldNode[] key)
    {
        if (Array.Exists(key, field => field.Unique || IsProvedExpression(entity, field) || field.Source is { IsDistinct: true, Capacity: null }) || IsRelated(entity, key))
            return true;

        // A source that never repeats and has room enough settles it.
        var distinct = Array.Find(key, field => field.Source is { IsDistinct: true } source && source.Capacity >= (UInt128)entity.Rows && field.Definition.Array is null);
        if (distinct is not null)
            distinct.Unique = true;
        else if (key.Length == 1)
            ProveField(entity, key[0]);
        return distinct is not null || key.Length == 1;
    }

    /// <summary>Whether relationships alone make a key unique: one-to-one, distinct pairs, or a sequence counted within the parent that is part of it.</summary>
    private bool IsRelated(EntityNode entity, FieldNode[] key)
    {
        var names = key.Select(field => field.Name).ToList();
        if (Array.Exists(key, field => field.Within is { } within && Covers(names, within) && field.Step != 0))
            return true;
        return entity.Parents.Exists(link => Covers(names, link) && (link.Link.ChildrenEach.Most <= 1
            || (link.Link is PairLink or PartnerLink or CappedZipfLink or RankedPairLink or DistinctLink && (paired.GetValueOrDefault(link) ?? Partner(link, _ => true)) is { } other && Covers(names, other)
                && (Array.TrueForAll(key, field => field.FilledBy is not null) || names.All(name => link.Definition.From.Fields.Contains(name) || other.Definition.From.Fields.Contains(name))))
            || (tuples.TryGetValue(link, out var sides) && Array.TrueForAll(sides, side => Covers(names, side)))
            || (link.Link is AgreeingLink or MatchedLink && link.Definition.From.Fields.Any(name => entity.Fields[entity.FieldIndex(name)].Unique))));
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
            Add(path, "schema.unique_unprovable", $"{name}: it is unique, but {link.Name} fills it from {link.Parent.Definition.Name}.{link.Parent.Fields[field.ParentField].Name}, which is not unique alone", $"Make {link.Parent.Definition.Name}.{link.Parent.Fields[field.ParentField].Name} unique", "Take unique from the field");
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

    private void ProveComposite(EntityNode entity, FieldNode[] key)
    {
        var name = Combined(entity, key);
        var generated = Array.FindAll(key, IsEnumerable);
        if (generated.Length == 0)
        {
            Add($"entities[{entity.Index}]", "schema.unique_unprovable", $"{name}: it is unique, but none of its fields can be made so: {string.Join(", ", key.Select(Filling))}", "Add a sequence to the key", "Take a generator for one of them that can enumerate its values, such as pattern");
            return;
        }

        // Within a parent the combinations are counted anew, so they must suffice for the largest family.
        var size = Size(generated);
        var names = key.Select(field => field.Name).ToList();
        var link = entity.Parents.Find(link => Covers(names, link) && Array.Exists(key, field => field.FilledBy == link));
        var most = link is not null && size < (UInt128)entity.Rows ? MostChildren(link) : null;
        var within = most is null ? null : link;
        var wanted = most is null ? (UInt128)entity.Rows : (UInt128)most;
        if (size < wanted)
        {
            Add($"entities[{entity.Index}]", "generation.unique_exhausted",
                $"{name} can give {Number(size)} distinct combinations{(link is null ? "" : $" for each {link.Parent.Definition.Name}")}, {Number(wanted)} {(within is null ? "were asked" : "are needed")}",
                $"Widen the generators of {string.Join(", ", generated.Select(field => field.Name))}", $"Give {(within ?? link)?.Parent.Definition.Name ?? entity.Definition.Name} {(within is null && link is null ? "fewer" : "more")} rows");
            return;
        }

        var combinations = size < (UInt128)1 << 62 ? (ulong)size : 1UL << 62;
        Compose(generated, Digits(generated, combinations), new(Shared(entity, key), within, combinations, 1, 1));
    }

    private static UInt128 Size(IEnumerable<FieldNode> fields) => fields.Aggregate((UInt128)1, (size, field) => Saturated(size, field.Source!.Capacity!.Value));

    private static string Combined(EntityNode entity, FieldNode[] key) => $"{entity.Definition.Name} ({string.Join(", ", key.Select(field => field.Name))})";

    private static ulong Shared(EntityNode entity, IEnumerable<FieldNode> fields) => Randomness.Derive(entity.Key, string.Join(',', fields.Select(field => field.Name)));

    /// <summary>Whether a field's values can be taken by number, whatever the row's other fields are.</summary>
    private static bool IsEnumerable(FieldNode field) => field is { Source.Capacity: not null, Definition.Array: null, References.Count: 0 };

    private static string Filling(FieldNode field) => field.FilledBy is { } link ? $"{link.Name} fills {field.Name}" : $"{field.Definition.Generator} gives {field.Name}";

    /// <summary>Gives each of several fields its digit of the combination.</summary>
    private static void Compose(FieldNode[] fields, IReadOnlyList<ulong> digits, CompositeKey key)
    {
        ulong divisor = 1;
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Composite = key with { Divisor = divisor, Capacity = digits[i] };
            divisor *= digits[i];
        }
    }

    /// <summary>How many values each of several fields gives so that they make a number of combinations, or as many as they can.</summary>
    private static List<ulong> Digits(FieldNode[] fields, ulong combinations)
    {
        var digits = new List<ulong>();
        foreach (var field in fields)
        {
            var needed = ((combinations - 1) / Product(digits)) + 1;
            digits.Add((ulong)UInt128.Min(field.Source!.Capacity!.Value, needed));
        }

        return digits;
    }

    private static ulong Product(IEnumerable<ulong> digits) => digits.Aggregate(1UL, (size, digit) => size * digit);

    /// <summary>Most children that a parent has: by the distribution, else counted; null where there are too many to count.</summary>
    private static long? MostChildren(LinkNode link)
    {
        if (link.Link.ChildrenEach.Most is { } known)
            return known;
        if (link.Parent.Rows > MostFamilies || link.Child.Rows > MostFamilies)
            return null;
        long most = 0;
        for (long parent = 0; parent < link.Parent.Rows; parent++)
            most = Math.Max(most, link.Link.CountOf(parent));
        return most;
    }

    private static UInt128 Saturated(UInt128 a, UInt128 b) => b == 0 ? 0 : a > UInt128.MaxValue / b ? UInt128.MaxValue : a * b;

    private static string Number(UInt128 value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
