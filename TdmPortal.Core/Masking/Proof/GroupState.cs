using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>Groups of rows that agree in some quasi-identifiers.</summary>
internal sealed class GroupState
{
    /// <summary>Different groups that are counted; with more of them there is nothing left to hide among.</summary>
    public const int MostGroups = 1_000_000;

    private readonly Dictionary<ulong, long> rows = [];
    private readonly Dictionary<(ulong Group, ulong Value), long> sensitive = [];

    /// <summary>Whether there were more groups than are counted.</summary>
    public bool TooMany { get; private set; }

    public void Add(ulong group, ulong? value)
    {
        if (TooMany)
            return;
        rows[group] = rows.GetValueOrDefault(group) + 1;
        if (value is { } own)
            sensitive[(group, own)] = sensitive.GetValueOrDefault((group, own)) + 1;
        if (rows.Count > MostGroups || sensitive.Count > 2 * MostGroups)
        {
            TooMany = true;
            rows.Clear();
            sensitive.Clear();
        }
    }

    public RiskFigures? Risk()
    {
        if (TooMany)
            return null;
        var (all, smallest) = (rows.Values.Sum(), rows.Count == 0 ? 0 : rows.Values.Min());
        return all == 0 ? new(0, 0, 0, 0, 0, 0) : new(all, rows.Count, smallest, 1.0 / smallest, (double)rows.Count / all, (double)rows.Values.Count(count => count == 1) / all);
    }

    /// <summary>Groups with fewer than <paramref name="k"/> rows or, where a value is looked at, fewer than <paramref name="l"/> different ones; the smallest first.</summary>
    public List<(ulong Group, long Rows, long? Distinct)> Failing(int k, int? l)
    {
        var distinct = sensitive.Keys.GroupBy(key => key.Group).ToDictionary(group => group.Key, group => group.LongCount());
        return [.. rows.Select(group => (group.Key, group.Value, Distinct: l is null ? (long?)null : distinct.GetValueOrDefault(group.Key))).Where(group => group.Value < k || group.Distinct < l).OrderBy(group => group.Value).ThenBy(group => group.Key)];
    }

    /// <summary>exp of the least entropy of the sensitive value in a group.</summary>
    public double? EntropyL()
    {
        if (sensitive.Count == 0)
            return null;
        var least = double.PositiveInfinity;
        foreach (var group in sensitive.GroupBy(entry => entry.Key.Group))
        {
            var all = (double)rows[group.Key];
            var entropy = group.Sum(entry => -(entry.Value / all) * DeterministicMath.Log(entry.Value / all));
            least = Math.Min(least, entropy);
        }

        return DeterministicMath.Exp(least);
    }
}
