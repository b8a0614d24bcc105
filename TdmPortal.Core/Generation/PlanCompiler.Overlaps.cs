namespace TdmPortal.Core.Generation;

/// <summary>Keys of several fields that share generated fields: one row's combination has to be told by each of them.</summary>
internal sealed partial class PlanCompiler
{
    /// <summary>Core combinations and those of the rest that are made use of: their product is a number of 62 bits.</summary>
    private const ulong MostOfCore = 1UL << 40;
    private const ulong MostOfRest = 1UL << 20;

    /// <summary>
    /// By capacity, not by rows, so that more rows leave those that are there: around a core where all keys share one, else
    /// by a code; only where that has too few combinations, by a field that alone has a value for each row.
    /// </summary>
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
            else if (ProveOverlap(entity, cluster) is not { } most)
                continue;
            else if (TakeUnique(entity, cluster))
                keys.AddRange(cluster);
            else
                Exhausted(entity, cluster[0], cluster, most);
        }
    }

    /// <summary>Settles the keys that a field which alone has a value for each row is in; the others go on.</summary>
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

    /// <summary>Null where each key tells all rows apart, else how many rows the keys can tell apart.</summary>
    private static UInt128? ProveOverlap(EntityNode entity, List<FieldNode[]> cluster)
    {
        var usable = cluster.ConvertAll(key => Array.FindAll(key, IsEnumerable));
        var core = usable.Skip(1).Aggregate(usable[0].AsEnumerable(), (common, key) => common.Intersect(key)).ToArray();
        var rests = usable.ConvertAll(key => key.Except(core).ToArray());
        return core.Length > 0 && rests.SelectMany(rest => rest).GroupBy(field => field).All(group => group.Count() == 1)
            ? ProveAroundCore(entity, core, rests)
            : ProveByCode(entity, usable);
    }

    /// <summary>The shared fields take what they can; what is left of the row each key tells by its other fields.</summary>
    private static UInt128? ProveAroundCore(EntityNode entity, FieldNode[] core, List<FieldNode[]> rests)
    {
        var digits = Digits(core, MostOfCore);
        var coreSize = Product(digits);
        var rest = rests.Min(fields => (ulong)UInt128.Min(Size(fields), MostOfRest));
        if ((UInt128)coreSize * rest < (UInt128)entity.Rows)
            return (UInt128)coreSize * rest;
        var key = new CompositeKey(Shared(entity, core), null, coreSize * rest, 1, 1);
        Compose(core, digits, key);
        foreach (var fields in rests.Where(fields => fields.Length > 0))
        {
            digits = Digits(fields, 1UL << 62);
            Compose(fields, digits, key with { Rest = (coreSize, Shared(entity, fields), Product(digits)) });
        }

        return null;
    }

    /// <summary>Fields over one prime: as many of them as a key has determine the row.</summary>
    private static UInt128? ProveByCode(EntityNode entity, List<FieldNode[]> usable)
    {
        var fields = usable.SelectMany(key => key).Distinct().ToArray();
        var prime = Prime((ulong)UInt128.Min(fields.Min(field => field.Source!.Capacity!.Value), MostOfRest));
        var terms = Math.Min(3, usable.Min(key => key.Length));
        var combinations = prime < (ulong)fields.Length ? 0 : Product(Enumerable.Repeat(prime, terms));
        if (combinations < (ulong)entity.Rows)
            return combinations;
        for (var i = 0; i < fields.Length; i++)
            fields[i].Composite = new(Shared(entity, fields), null, combinations, 1, (ulong)UInt128.Min(fields[i].Source!.Capacity!.Value, (UInt128)1 << 62)) { Code = (prime, terms, (ulong)i) };
        return null;
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
