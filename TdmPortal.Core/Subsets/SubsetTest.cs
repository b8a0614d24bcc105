using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Subsets;

/// <summary>Whether rows are chosen: by a condition and by a share of their keys.</summary>
/// <param name="where">Null: all.</param>
/// <param name="fields">Where each field of the document stands among the columns; -1: not read.</param>
/// <param name="percent">Share of the rows that meet it.</param>
/// <param name="key">Places of the key's columns; none: the row's number.</param>
internal sealed class SubsetTest(Expression? where, int[] fields, double percent, int[] key, ulong seed)
{
    private SubsetTest? other;

    public IEnumerable<int> Columns => fields.Where(place => place >= 0).Concat(key).Concat(other?.Columns ?? []);

    /// <summary>Either of them.</summary>
    public SubsetTest Or(SubsetTest test)
    {
        test.other = this;
        return test;
    }

    public bool[] Of(IReadOnlyList<Column?> batch, long firstRow, int count, Workspace workspace)
    {
        var chosen = new bool[count];
        Array.Fill(chosen, true);
        if (where is not null)
        {
            var rows = new GivenRows(workspace);
            rows.Load(batch, fields, count);
            var mark = workspace.Mark();
            var holds = (LongColumn)Evaluation.Of(where, rows);
            for (var row = 0; row < count; row++)
                chosen[row] = !holds.IsNull(row) && holds.Values[row] != 0;
            workspace.Release(mark);
        }

        if (percent < 100)
            Share(batch, firstRow, chosen);
        if (other?.Of(batch, firstRow, count, workspace) is { } more)
        {
            for (var row = 0; row < count; row++)
                chosen[row] |= more[row];
        }

        return chosen;
    }

    private void Share(IReadOnlyList<Column?> batch, long firstRow, bool[] chosen)
    {
        var hashes = new UInt128[chosen.Length];
        if (key.Length > 0)
            KeyHash.Fill([.. key.Select(column => batch[column]!)], hashes, new bool[chosen.Length]);
        for (var row = 0; row < chosen.Length; row++)
        {
            // 53 bits of a hash are a number from 0 to 1.
            var mixed = Randomness.Cell(seed, key.Length > 0 ? (long)(ulong)hashes[row] : firstRow + row);
            chosen[row] &= (mixed >> 11) * (1.0 / (1UL << 53)) * 100 < percent;
        }
    }
}
