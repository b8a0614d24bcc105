namespace TdmPortal.Core.Quality;

/// <summary>Typed rows of several entities that can be read again and again: a plan, a stored version, files.</summary>
public abstract class RowSource
{
    /// <summary>In the order of the schema.</summary>
    public abstract IReadOnlyList<SourceEntity> Entities { get; }

    /// <summary>Whether ranges of rows may be read by several threads side by side; else reading begins at row 0.</summary>
    public virtual bool ReadsRanges => false;

    /// <summary>Cells of a column that could not be read as its type, once it was read to the end; null where there can be none.</summary>
    /// <param name="column">Its place in <see cref="SourceEntity.Columns"/>.</param>
    public virtual UnreadCells? UnreadOf(SourceEntity entity, int column) => null;

    /// <summary>Begins to read. Blocks; call it where blocking is fine.</summary>
    /// <param name="columns">Places in <see cref="SourceEntity.Columns"/>; only these are read.</param>
    /// <param name="firstRow">From 0; 0 unless <see cref="ReadsRanges"/>.</param>
    /// <param name="rows">How many at most; null: all that come.</param>
    public abstract RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation);
}
