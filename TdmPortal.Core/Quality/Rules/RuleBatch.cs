using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Rows that a rule looks at. Filled anew for each batch and rule; used by one thread.</summary>
internal sealed class RuleBatch(Workspace workspace)
{
    private bool[] looked = [];
    private bool all;
    private IReadOnlyDictionary<Expression, ConditionBits> known = NoBits;

    public static readonly IReadOnlyDictionary<Expression, ConditionBits> NoBits = new Dictionary<Expression, ConditionBits>();

    /// <summary>Number of the first row in its entity.</summary>
    public long FirstRow { get; private set; }

    public int Count => Rows.Count;

    public GivenRows Rows { get; } = new(workspace);

    /// <summary>The values of a field.</summary>
    public Column this[int field] => Rows.Get(field);

    /// <summary>Takes rows.</summary>
    /// <param name="places">Where each field stands among the columns; -1: nowhere.</param>
    /// <param name="bits">Conditions over relationships, worked out before.</param>
    public void Load(long firstRow, IReadOnlyList<Column?> columns, int count, int[] places, IReadOnlyDictionary<Expression, ConditionBits>? bits = null)
    {
        (FirstRow, known, all) = (firstRow, bits ?? NoBits, true);
        Rows.Load(columns, places, count);
    }

    /// <summary>From now on only rows that meet the condition are looked at; null: all.</summary>
    public void Look(Expression? where)
    {
        all = where is null;
        if (where is null)
            return;
        if (looked.Length < Count)
            looked = new bool[Count];
        var mark = workspace.Mark();
        var holds = Holds(where);
        for (var i = 0; i < Count; i++)
            looked[i] = !holds.IsNull(i) && holds.Values[i] != 0;
        workspace.Release(mark);
    }

    /// <summary>Whether a row is looked at.</summary>
    public bool Looks(int row) => all || looked[row];

    public bool LooksAtAll => all;

    /// <summary>A condition in each row; valid until the workspace is released.</summary>
    public LongColumn Holds(Expression condition)
    {
        if (!known.TryGetValue(condition, out var bits))
            return (LongColumn)Evaluation.Of(condition, Rows);
        var column = workspace.Long(Count);
        bits.CopyTo(column, FirstRow);
        return column;
    }

    public (int, int, int, int) Mark() => workspace.Mark();

    public void Release((int, int, int, int) mark) => workspace.Release(mark);
}
