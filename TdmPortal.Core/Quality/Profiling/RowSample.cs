using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>
/// Some rows of an entity, all of them where they are few: those whose number, mixed with a fixed seed, begins with
/// <see cref="Level"/> zero bits. So the same rows are drawn every time, by any number of threads, and of two versions rows of
/// the same numbers. Numbers and times are kept as doubles in the unit of <see cref="ColumnProfile.Mean"/>, other values by 64
/// bits of their hash; 0 stands for null there, NaN here.
/// </summary>
internal sealed class RowSample
{
    /// <summary>Rows that are kept at most; fewer of wide entities.</summary>
    public const int MostRows = 50_000;
    private const int MostCells = 2_000_000;
    private const ulong Seed = 0x51_7A_3B_6C_0D_11_92_E5;

    private readonly bool[] isNumber;
    private readonly double[] perUnit;
    private readonly int most;
    private readonly List<long> rows = [];
    private readonly List<long>[] cells;

    public RowSample(IReadOnlyList<ColumnDescription> columns)
    {
        isNumber = [.. columns.Select(NumberUnit.Is)];
        perUnit = [.. columns.Select(NumberUnit.PerUnit)];
        cells = [.. columns.Select(_ => new List<long>())];
        most = Math.Clamp(MostCells / Math.Max(1, columns.Count), 500, MostRows);
    }

    public RowSample(bool[] isNumber, int level, IEnumerable<long> rows, IEnumerable<IEnumerable<long>> cells)
    {
        this.isNumber = isNumber;
        perUnit = [];
        Level = level;
        this.rows.AddRange(rows);
        this.cells = [.. cells.Select(column => column.ToList())];
        most = int.MaxValue;
    }

    public int Level { get; private set; }

    /// <summary>Numbers of the rows, ascending.</summary>
    public IReadOnlyList<long> Rows => rows;

    public IReadOnlyList<bool> IsNumber => isNumber;

    public IReadOnlyList<IReadOnlyList<long>> Cells => cells;

    /// <summary>A number; NaN for null.</summary>
    public double Number(int column, int place) => BitConverter.Int64BitsToDouble(cells[column][place]);

    /// <summary>A value's hash; 0 for null.</summary>
    public ulong Hash(int column, int place) => (ulong)cells[column][place];

    public void Clear()
    {
        Level = 0;
        rows.Clear();
        foreach (var column in cells)
            column.Clear();
    }

    public void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
    {
        for (var row = 0; row < count; row++)
        {
            if (!IsDrawn(firstRow + row, Level))
                continue;
            rows.Add(firstRow + row);
            for (var column = 0; column < cells.Length; column++)
                cells[column].Add(Cell(columns[column]!, row, column));
            Thin();
        }
    }

    public void Merge(RowSample next)
    {
        Raise(next.Level);
        for (var place = 0; place < next.rows.Count; place++)
        {
            if (!IsDrawn(next.rows[place], Level))
                continue;
            rows.Add(next.rows[place]);
            for (var column = 0; column < cells.Length; column++)
                cells[column].Add(next.cells[column][place]);
            Thin();
        }
    }

    /// <summary>The same with fewer rows.</summary>
    public RowSample Thinned(int mostRows)
    {
        var thinned = new RowSample(isNumber, Level, rows, cells);
        while (thinned.rows.Count > mostRows)
            thinned.Raise(thinned.Level + 1);
        return thinned;
    }

    private static bool IsDrawn(long row, int level) => level == 0 || Randomness.Cell(Seed, row) >> (64 - level) == 0;

    private void Thin()
    {
        while (rows.Count > most)
            Raise(Level + 1);
    }

    private void Raise(int level)
    {
        if (level <= Level)
            return;
        Level = level;
        var kept = 0;
        for (var place = 0; place < rows.Count; place++)
        {
            if (!IsDrawn(rows[place], level))
                continue;
            rows[kept] = rows[place];
            foreach (var column in cells)
                column[kept] = column[place];
            kept++;
        }

        rows.RemoveRange(kept, rows.Count - kept);
        foreach (var column in cells)
            column.RemoveRange(kept, column.Count - kept);
    }

    private long Cell(Column column, int row, int place)
    {
        if (!isNumber[place])
            return column.IsNull(row) ? 0 : (long)ValueHash.Of(column, row);
        var number = column.IsNull(row) ? double.NaN : column switch
        {
            LongColumn whole => whole.Values[row],
            WideColumn wide => (double)wide.Values[row],
            _ => ((DoubleColumn)column).Values[row],
        };
        return BitConverter.DoubleToInt64Bits(number / perUnit[place]);
    }
}
