namespace TdmPortal.Core.Generation;

/// <summary>Keys of several fields that share generated fields: one row's combination has to be told by each of them.</summary>
internal sealed partial class PlanCompiler
{
    private void ProveTogether(EntityNode entity, List<FieldNode[]> keys)
    {
        while (keys.Count > 0)
        {
            var cluster = new List<FieldNode[]> { keys[0] };
            for (var i = 0; i < cluster.Count; i++)
                cluster.AddRange(keys.Where(key => !cluster.Contains(key) && Array.Exists(key, field => IsEnumerable(field) && cluster[i].Contains(field))));
            keys.RemoveAll(cluster.Contains);
            if (cluster.Count == 1)
                ProveComposite(entity, cluster[0]);
            else if (!TakeUnique(entity, cluster))
                ProveOverlap(entity, cluster);
            else
                keys.AddRange(cluster);
        }
    }

    /// <summary>A field that alone has a value for each row settles all keys that it is in; the keys left go on.</summary>
    private static bool TakeUnique(EntityNode entity, List<FieldNode[]> cluster)
    {
        var field = cluster.SelectMany(key => key).Distinct().Where(field => IsEnumerable(field) && field.Source!.Capacity >= (UInt128)entity.Rows)
            .MaxBy(field => (cluster.Count(key => key.Contains(field)), -field.Index));
        if (field is null)
            return false;
        field.Unique = true;
        cluster.RemoveAll(key => key.Contains(field));
        return true;
    }

    private void ProveOverlap(EntityNode entity, List<FieldNode[]> cluster)
    {
        var usable = cluster.ConvertAll(key => Array.FindAll(key, IsEnumerable));
        var core = usable.Skip(1).Aggregate(usable[0].AsEnumerable(), (common, key) => common.Intersect(key)).ToArray();
        var rests = usable.ConvertAll(key => key.Except(core).ToArray());
        if (core.Length > 0 && rests.SelectMany(rest => rest).GroupBy(field => field).All(group => group.Count() == 1))
            ProveAroundCore(entity, cluster, core, rests);
        else
            ProveByCode(entity, cluster, usable);
    }

    /// <summary>The shared fields take what they can; what is left of the row each key tells by its other fields.</summary>
    private void ProveAroundCore(EntityNode entity, List<FieldNode[]> cluster, FieldNode[] core, List<FieldNode[]> rests)
    {
        var rows = (ulong)Math.Max(1, entity.Rows);
        var digits = Digits(core, rows);
        var coreSize = Product(digits);
        var rest = ((rows - 1) / coreSize) + 1;
        for (var i = 0; i < rests.Count; i++)
        {
            if (Size(rests[i]) < rest)
                Exhausted(entity, cluster[i], cluster, Saturated(Size(rests[i]), coreSize));
        }

        var key = new CompositeKey(Shared(entity, core), null, coreSize * rest, 1, 1);
        Compose(core, digits, key);
        foreach (var fields in rests.Where(fields => fields.Length > 0))
        {
            digits = Digits(fields, 1UL << 62);
            Compose(fields, digits, key with { Rest = (coreSize, Shared(entity, fields), Product(digits)) });
        }
    }

    /// <summary>Fields over one prime: as many of them as a key has determine the row.</summary>
    private void ProveByCode(EntityNode entity, List<FieldNode[]> cluster, List<FieldNode[]> usable)
    {
        var fields = usable.SelectMany(key => key).Distinct().ToArray();
        var smallest = fields.Min(field => field.Source!.Capacity!.Value);
        var prime = Prime((ulong)UInt128.Min(smallest, 1 << 20));
        var terms = 1;
        for (var size = (UInt128)prime; size < (UInt128)entity.Rows; size = Saturated(size, prime))
            terms++;
        var shortest = usable.FindIndex(key => key.Length < terms);
        if (prime < (ulong)fields.Length || shortest >= 0)
        {
            var at = Math.Max(0, shortest);
            Exhausted(entity, cluster[at], cluster, prime < (ulong)fields.Length ? smallest : Enumerable.Repeat((UInt128)prime, usable[at].Length).Aggregate((UInt128)1, Saturated));
            return;
        }

        var combinations = Product(Enumerable.Repeat(prime, terms));
        for (var i = 0; i < fields.Length; i++)
            fields[i].Composite = new(Shared(entity, fields), null, combinations, 1, (ulong)UInt128.Min(fields[i].Source!.Capacity!.Value, (UInt128)1 << 62)) { Code = (prime, terms, (ulong)i) };
    }

    private void Exhausted(EntityNode entity, FieldNode[] key, List<FieldNode[]> cluster, UInt128 most) => Add($"entities[{entity.Index}]", "generation.unique_exhausted",
        $"{Combined(entity, key)} can give {Number(most)} distinct combinations beside {string.Join(" and ", cluster.Where(other => other != key).Select(other => $"({string.Join(", ", other.Select(field => field.Name))})"))}, with which it shares fields; {Number((UInt128)entity.Rows)} were asked",
        $"Widen the generators of {string.Join(", ", key.Where(IsEnumerable).Select(field => field.Name))}", $"Give {entity.Definition.Name} fewer rows");

    /// <summary>The largest prime that is not above a number, 1 for none.</summary>
    private static ulong Prime(ulong most)
    {
        for (var number = most; number > 1; number--)
        {
            var isPrime = true;
            for (ulong divisor = 2; divisor * divisor <= number && isPrime; divisor++)
                isPrime = number % divisor != 0;
            if (isPrime)
                return number;
        }

        return 1;
    }
}
