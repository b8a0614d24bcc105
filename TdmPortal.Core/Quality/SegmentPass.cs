using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality;

/// <summary>One segment of a <see cref="RowPass"/>: used by one thread.</summary>
public abstract class SegmentPass
{
    /// <summary>Looks at rows; they come in order.</summary>
    /// <param name="firstRow">Number of the first one in the entity.</param>
    /// <param name="columns">One for each column of the entity; null where no pass asked for it. Valid during the call.</param>
    public abstract void Add(long firstRow, IReadOnlyList<Column?> columns, int count);
}
