using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Changes;

/// <summary>Compares an entity's rows on both sides of an edit, cell by cell, until it has seen enough or time is up.</summary>
internal sealed class EntityComparison(GenerationPlan before, EntityPlan? was, GenerationPlan after, EntityPlan? now, ChangeLimits limits, Func<bool> isTimeUp)
{
    // The first piece is small, so that even slow rows give something to show; a piece is not interrupted.
    private const int SmallestPiece = 16, LargestPiece = 256;

    private readonly List<ColumnPair> columns = ColumnPair.Of(was, now);
    private readonly List<long> changed = [];
    private readonly ByteBuffer wasText = new(256), nowText = new(256);
    private readonly bool[] differ = new bool[LargestPiece];
    private long firstRows, spreadRows, rowsChanged;
    private bool cutShort;

    public ChangedEntity Run(CancellationToken cancellation)
    {
        string? failure = null;
        IReadOnlyList<ChangedRow> shown = [];
        try
        {
            if (was is not null && now is not null)
                Look(Math.Min(was.Rows, now.Rows), cancellation);
            shown = Show();
        }
        catch (PortalException cannot)
        {
            failure = cannot.Message;
        }

        return new((now ?? was)!.Name, Kind(), was?.Rows, now?.Rows)
        {
            FirstRows = firstRows, SpreadRows = spreadRows, RowsChanged = rowsChanged, IsCutShort = cutShort, Failure = failure, Columns = [.. columns.Select(column => column.ToColumn())], Rows = shown,
        };
    }

    private ChangeKind Kind()
    {
        if (was is null || now is null)
            return was is null ? ChangeKind.Added : ChangeKind.Removed;
        return was.Rows != now.Rows || columns.Exists(column => column.Kind != ChangeKind.Same || column.ToColumn().IsRetyped) ? ChangeKind.Changed : ChangeKind.Same;
    }

    private void Look(long common, CancellationToken cancellation)
    {
        var first = Math.Min(common, limits.FirstRows);
        var rest = common - first;
        var spread = Math.Min(rest, limits.SpreadRows);
        var rows = new long[LargestPiece];
        for (int piece = SmallestPiece, at = 0; at < first + spread; at += piece, piece = Math.Min(piece * 4, LargestPiece))
        {
            cancellation.ThrowIfCancellationRequested();
            if (cutShort = isTimeUp())
                return;
            piece = (int)Math.Min(piece, at < first ? first - at : first + spread - at);
            for (var i = 0; i < piece; i++)
                rows[i] = at < first ? at + i : Spread(first, rest, spread, at - first + i);
            Compare(rows.AsSpan(0, piece));
            if (at < first)
                firstRows += piece;
            else
                spreadRows += piece;
        }
    }

    /// <summary>One row of each of as many equal stretches, anywhere in its stretch: an even step would meet what repeats at the same place each time.</summary>
    private static long Spread(long first, long rest, long spread, long at)
    {
        var (from, to) = ((long)((Int128)rest * at / spread), (long)((Int128)rest * (at + 1) / spread));
        return first + from + (long)(Randomness.Cell(0, at) % (ulong)(to - from));
    }

    private void Compare(ReadOnlySpan<long> rows)
    {
        var numbers = rows.ToArray();
        before.Read(was!, numbers, one => after.Read(now!, numbers, other =>
        {
            var found = differ.AsSpan(0, numbers.Length);
            found.Clear();
            foreach (var column in columns)
                column.Compare(one, other, found, wasText, nowText);
            for (var i = 0; i < found.Length; i++)
            {
                if (!found[i])
                    continue;
                rowsChanged++;
                if (changed.Count < limits.ShownRows)
                    changed.Add(numbers[i]);
            }

            return true;
        }));
    }

    /// <summary>Rows that changed; then those that come or go; then any.</summary>
    private List<ChangedRow> Show()
    {
        var (had, has) = (was?.Rows ?? 0, now?.Rows ?? 0);
        var common = Math.Min(had, has);
        var numbers = new List<long>(changed);
        for (var row = common; row < Math.Max(had, has) && numbers.Count < limits.ShownRows; row++)
            numbers.Add(row);
        if (Kind() != ChangeKind.Same)
        {
            for (var row = 0L; row < common && numbers.Count < limits.ShownRows; row++)
            {
                if (!changed.Contains(row))
                    numbers.Add(row);
            }
        }

        numbers.Sort();
        var (left, right) = (numbers.TakeWhile(row => row < had).ToArray(), numbers.TakeWhile(row => row < has).ToArray());
        return Over(before, was, left, one => Over(after, now, right, other => numbers.ConvertAll(row => Row(row, one, left, other, right))));
    }

    private ChangedRow Row(long number, Frame? one, long[] left, Frame? other, long[] right)
    {
        var (had, has) = (Array.IndexOf(left, number), Array.IndexOf(right, number));
        var kind = had < 0 ? ChangeKind.Added : has < 0 ? ChangeKind.Removed : ChangeKind.Same;
        var cells = columns.ConvertAll(column => column.Cell(had < 0 ? null : one, had, has < 0 ? null : other, has));
        return new(number, kind == ChangeKind.Same && cells.Exists(cell => cell.Kind != ChangeKind.Same) ? ChangeKind.Changed : kind, cells);
    }

    private static T Over<T>(GenerationPlan plan, EntityPlan? entity, long[] rows, Func<Frame?, T> use) => entity is null || rows.Length == 0 ? use(null) : plan.Read(entity, rows, use);
}
