using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Changes;

/// <summary>A column that is there before, after, or both, and how many cells of it were found to differ.</summary>
internal sealed class ColumnPair(int before, ColumnDescription? was, int after, ColumnDescription? now)
{
    public ChangeKind Kind => was is null ? ChangeKind.Added : now is null ? ChangeKind.Removed : CellsChanged > 0 ? ChangeKind.Changed : ChangeKind.Same;

    public long CellsChanged { get; private set; }

    /// <summary>The columns of after in their order, then those that are gone.</summary>
    public static List<ColumnPair> Of(EntityPlan? before, EntityPlan? after)
    {
        var had = (before?.Columns ?? []).Select((column, at) => (column, at)).ToDictionary(one => one.column.Name, StringComparer.Ordinal);
        var pairs = (after?.Columns ?? []).Select((column, at) => had.Remove(column.Name, out var one) ? new ColumnPair(one.at, one.column, at, column) : new ColumnPair(-1, null, at, column)).ToList();
        pairs.AddRange(had.Values.OrderBy(one => one.at).Select(one => new ColumnPair(one.at, one.column, -1, null)));
        return pairs;
    }

    /// <summary>Marks the rows of two frames over the same row numbers whose cells differ.</summary>
    public void Compare(Frame one, Frame other, Span<bool> differ, ByteBuffer oneText, ByteBuffer otherText)
    {
        if (was is null || now is null)
            return;
        var (left, right) = (one.Get(before), other.Get(after));
        for (var row = 0; row < differ.Length; row++)
        {
            if (Equal(left, right, row, oneText, otherText))
                continue;
            differ[row] = true;
            CellsChanged++;
        }
    }

    /// <summary>The cell of a row, for people; a frame is null where the row is not there.</summary>
    public ChangedCell Cell(Frame? one, int oneRow, Frame? other, int otherRow)
    {
        var (had, has) = (one is not null && was is not null, other is not null && now is not null);
        var (left, right) = (had ? CellText.Of(one!.Get(before), oneRow, was!) : null, has ? CellText.Of(other!.Get(after), otherRow, now!) : null);
        var kind = (had, has) switch { (true, true) => left == right ? ChangeKind.Same : ChangeKind.Changed, (true, false) => ChangeKind.Removed, (false, true) => ChangeKind.Added, _ => ChangeKind.Same };
        return new(left, right, kind);
    }

    public ChangedColumn ToColumn() => new((now ?? was)!.Name, Kind, CellsChanged, was?.SqlType, now?.SqlType);

    private bool Equal(Column left, Column right, int row, ByteBuffer leftText, ByteBuffer rightText)
    {
        if (left.IsNull(row) || right.IsNull(row))
            return left.IsNull(row) && right.IsNull(row);
        if (left is TextColumn one && right is TextColumn other)
            return one[row].SequenceEqual(other[row]);
        Write(leftText, left, row, was!);
        Write(rightText, right, row, now!);
        return leftText.Written.SequenceEqual(rightText.Written);
    }

    private static void Write(ByteBuffer to, Column column, int row, ColumnDescription description)
    {
        to.Clear();
        if (column is TextColumn text)
            to.Append(text[row]);
        else if (column is ArrayColumn array)
            RowWriter.WriteJsonArray(to, array, row, description);
        else
            RowWriter.WritePlain(to, column, row, description);
    }
}
