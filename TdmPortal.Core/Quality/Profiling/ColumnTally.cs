using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>What is counted of one column: of a segment, then of all of them, taken in in order.</summary>
internal class ColumnTally
{
    public long Rows { get; private set; }

    public long Nulls { get; private protected set; }

    public long Empty { get; private protected set; }

    /// <summary>Begins again.</summary>
    /// <param name="seed">Of what is chosen by chance.</param>
    public virtual void Clear(ulong seed) => (Rows, Nulls, Empty) = (0, 0, 0);

    /// <summary>Looks at the first rows of a batch.</summary>
    public void Add(Column column, int count)
    {
        Rows += count;
        AddValues(column, count);
    }

    /// <summary>Takes in the rows that follow.</summary>
    public virtual void Merge(ColumnTally next)
    {
        Rows += next.Rows;
        Nulls += next.Nulls;
        Empty += next.Empty;
    }

    /// <summary>What was found out.</summary>
    public virtual ProfiledColumn Describe(ColumnDescription column) => new(Plain(column), null, ValueTable.None);

    /// <summary>Counts nulls and empty values only.</summary>
    private protected virtual void AddValues(Column column, int count)
    {
        for (var row = 0; row < count; row++)
        {
            if (column.IsNull(row))
                Nulls++;
            else if (column is TextColumn text ? text[row].Length == 0 : column is ArrayColumn array && array.Offsets[row] == array.Offsets[row + 1])
                Empty++;
        }
    }

    private protected ColumnProfile Plain(ColumnDescription column) => new() { Name = column.Name, Type = column.Type, IsArray = column.IsArray, Rows = Rows, Nulls = Nulls, Empty = Empty };
}
