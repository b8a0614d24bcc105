using System.Runtime.CompilerServices;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>
/// Values: while there are few different ones a table says everything of them, and all else is worked out from it at the
/// end; from then on different values, frequent ones and statistics are kept by themselves, beginning with the table's.
/// </summary>
internal abstract class ValueTally(bool hasTexts) : ColumnTally
{
    /// <summary>Different values up to which all of them are counted.</summary>
    public const int MostExact = 2048;

    /// <summary>Values that are watched where there are more: one that is a fifth of a percent of the rows is sure to be among them.</summary>
    private const int MostFrequent = 512;

    /// <summary>Values that a profile shows.</summary>
    private const int MostTop = 50;

    private readonly ValueCounts values = new();
    private readonly DistinctCounter distinct = new();

    public bool IsExact { get; private set; } = true;

    protected ValueCounts Values => values;

    public override void Clear(ulong seed)
    {
        base.Clear(seed);
        values.Clear();
        distinct.Clear();
        IsExact = true;
    }

    public override void Merge(ColumnTally next)
    {
        base.Merge(next);
        var from = (ValueTally)next;
        if (from.IsExact)
        {
            for (var entry = 0; entry < from.values.Count; entry++)
                Take(from, entry);
            return;
        }

        if (IsExact)
            Spill();
        distinct.Merge(from.distinct);
        for (var entry = 0; entry < from.values.Count; entry++)
            values.Take(from.values, entry, hasTexts);
        values.TakeLoss(from.values);
        values.Purge(MostFrequent / 2, hasTexts);
        MergeStatistics(from);
    }

    /// <summary>Puts a value of the table, which came so often, into the statistics; of another tally's table when that is merged.</summary>
    private protected abstract void Fold(ValueCounts table, int entry, long times);

    /// <summary>Takes in the statistics of rows that follow.</summary>
    private protected abstract void MergeStatistics(ValueTally next);

    /// <summary>Fills in what the statistics say.</summary>
    private protected abstract ColumnProfile Complete(ColumnProfile profile, ColumnDescription column, bool allShown, out Distribution? distribution);

    /// <summary>The text of a value in the table.</summary>
    private protected abstract string TextOf(int entry, ColumnDescription column);

    /// <summary>Whether each value was greater than the one before, so that all differ.</summary>
    private protected virtual bool IsAscending => false;

    /// <summary>Counts a number; true when the statistics must take it in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool Count(ulong hash, long number)
    {
        if (IsExact)
        {
            if (!values.TryCount(hash))
            {
                values.Insert(hash, number, 1);
                if (values.Count > MostExact)
                    Spill();
            }

            return false;
        }

        distinct.Add(hash);
        if (!values.TryCount(hash))
        {
            if (values.Count == MostFrequent)
                values.Purge(MostFrequent / 2, hasTexts);
            values.Insert(hash, number, 1);
        }

        return true;
    }

    /// <summary>A text or 128-bit value that the table does not know.</summary>
    private protected void Insert(ulong hash, ReadOnlySpan<byte> text, long note)
    {
        if (!IsExact && values.Count == MostFrequent)
            values.Purge(MostFrequent / 2, hasTexts);
        values.Insert(hash, text, note, 1);
        if (IsExact && values.Count > MostExact)
            Spill();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void CountDistinct(ulong hash) => distinct.Add(hash);

    public sealed override ProfiledColumn Describe(ColumnDescription column)
    {
        var (wasExact, count) = (IsExact, Rows - Nulls);
        var order = Enumerable.Range(0, values.Count).OrderByDescending(values.Times).ThenBy(values.Hash).ToList();
        var allShown = wasExact && values.Count <= MostTop;
        var kept = order.Take(ValueTable.Most(wasExact, values.Count, hasTexts)).ToList();
        var table = new ValueTable([.. kept.Select(values.Hash)], [.. kept.Select(values.Times)], [.. kept.Take(ValueTable.MostTexts).Select(entry => Cut(TextOf(entry, column)))], wasExact && kept.Count == values.Count);
        var exactCount = wasExact ? values.Count : IsAscending ? count : (long?)null;
        var profile = Plain(column) with
        {
            Distinct = exactCount ?? Math.Min(distinct.Count(), count),
            DistinctError = exactCount is not null || distinct.IsExact ? 0 : DistinctCounter.Error,
            Top = [.. order.Take(MostTop).Select(entry => new TopValue(Cut(TextOf(entry, column)), values.Times(entry)))],
            TopIsAll = allShown,
        };

        // The statistics of a table are worked out in it for good: nothing is added to a tally that was described.
        if (wasExact)
        {
            for (var entry = 0; entry < values.Count; entry++)
                Fold(values, entry, values.Times(entry));
        }

        profile = Complete(profile, column, allShown, out var distribution);
        return new(profile, distribution, table);
    }

    private void Take(ValueTally from, int entry)
    {
        if (IsExact)
        {
            values.Take(from.values, entry, hasTexts);
            if (values.Count > MostExact)
                Spill();
            return;
        }

        distinct.Add(from.values.Hash(entry));
        values.Take(from.values, entry, hasTexts);
        if (values.Count >= MostFrequent)
            values.Purge(MostFrequent / 2, hasTexts);
        Fold(from.values, entry, from.values.Times(entry));
    }

    private void Spill()
    {
        IsExact = false;
        for (var entry = 0; entry < values.Count; entry++)
        {
            distinct.Add(values.Hash(entry));
            Fold(values, entry, values.Times(entry));
        }

        values.Purge(MostFrequent / 2, hasTexts);
    }

    private static string Cut(string text)
    {
        if (text.Length <= 80)
            return text;
        var end = char.IsHighSurrogate(text[79]) ? 79 : 80;
        return text[..end];
    }
}
