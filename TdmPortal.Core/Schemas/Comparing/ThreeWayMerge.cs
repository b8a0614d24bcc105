namespace TdmPortal.Core.Schemas.Comparing;

/// <summary>The rules of a three-way merge, and the conflicts met.</summary>
internal sealed class ThreeWayMerge(IReadOnlySet<string>? theirsAt)
{
    private readonly HashSet<string> places = new(StringComparer.Ordinal);
    private readonly List<SchemaChange> conflicts = [];

    public IReadOnlyList<SchemaChange> Conflicts => conflicts;

    /// <summary>Mine, with each property that only they changed taken from theirs.</summary>
    /// <param name="was">Null where both added the part.</param>
    public T Properties<T>(string place, T? was, T mine, T theirs, IReadOnlyList<PartProperty<T>> properties)
        where T : class
    {
        var merged = mine;
        foreach (var property in properties)
        {
            var (origin, my, their) = (was is null ? null : property.Text(was), property.Text(mine), property.Text(theirs));
            if (my == their || (was is not null && their == origin))
                continue;
            if ((was is not null && my == origin) || TheirsWin($"{place}.{property.Name}", property.Describe(my, their), their, my))
                merged = property.Take(merged, theirs);
        }

        return merged;
    }

    /// <summary>Parts matched by name: additions of both, removals of both, the rest merged.</summary>
    public IReadOnlyList<T> Parts<T>(IReadOnlyList<T> was, IReadOnlyList<T> mine, IReadOnlyList<T> theirs, Func<T, string> name, string prefix, Func<T, string> text, Func<string, T?, T, T, T> merge)
        where T : class
    {
        var (origin, my, their) = (ByName(was, name), ByName(mine, name), ByName(theirs, name));
        var merged = new List<T>();
        foreach (var key in Order([.. was.Select(name)], [.. mine.Select(name)], [.. theirs.Select(name)]))
        {
            var place = prefix + key;
            var old = origin.GetValueOrDefault(key);
            switch (my.GetValueOrDefault(key), their.GetValueOrDefault(key))
            {
                case ({ } one, { } other):
                    merged.Add(merge(place, old, one, other));
                    break;
                case ({ } one, null):
                    // New of mine, or removed by them: that stands unless I changed it.
                    if (old is null || (text(old) != text(one) && !TheirsWin(place, "was changed here and removed there", null, text(one))))
                        merged.Add(one);
                    break;
                case (null, { } other):
                    if (old is null || (text(old) != text(other) && TheirsWin(place, "was removed here and changed there", text(other), null)))
                        merged.Add(other);
                    break;
            }
        }

        return merged;
    }

    private bool TheirsWin(string place, string what, string? theirs, string? mine)
    {
        var distinct = place;
        for (var number = 2; !places.Add(distinct); number++)
            distinct = FormattableString.Invariant($"{place} ({number})");
        conflicts.Add(new(SchemaChangeKind.Changed, distinct, $"{distinct}: {what}", theirs, mine));
        return theirsAt?.Contains(distinct) == true;
    }

    private static Dictionary<string, T> ByName<T>(IReadOnlyList<T> parts, Func<T, string> name)
    {
        var byName = new Dictionary<string, T>(parts.Count, StringComparer.Ordinal);
        foreach (var part in parts)
            byName.TryAdd(name(part), part);
        return byName;
    }

    /// <summary>My order, or theirs where only they moved parts; what the other side added follows its neighbour.</summary>
    private static List<string> Order(List<string> was, List<string> mine, List<string> theirs)
    {
        var moved = !was.Where(mine.Contains).SequenceEqual(mine.Where(was.Contains), StringComparer.Ordinal);
        var (order, added) = moved ? (mine, theirs) : (theirs, mine);
        order = [.. order.Distinct(StringComparer.Ordinal)];
        var known = order.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < added.Count; i++)
        {
            if (known.Add(added[i]))
                order.Insert(i == 0 ? 0 : order.IndexOf(added[i - 1]) + 1, added[i]);
        }

        return order;
    }
}
