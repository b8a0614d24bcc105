namespace TdmPortal.Core.Quality;

/// <summary>
/// Something that looks once at all rows of an entity. Rows come in segments of <see cref="SegmentRows"/>, each looked at
/// in order by one thread; segments are taken in again in their order, so that what comes out does not depend on threads.
/// </summary>
public abstract class RowPass
{
    /// <summary>Rows of a segment; the last one may have fewer.</summary>
    public const int SegmentRows = 96 * 1024;

    /// <summary>Places of the columns that it looks at, in <see cref="SourceEntity.Columns"/>.</summary>
    public abstract IReadOnlyList<int> Columns { get; }

    /// <summary>Begins a segment; called by several threads.</summary>
    public abstract SegmentPass Begin();

    /// <summary>Takes in a segment that is done; called in the order of segments, by one thread at a time.</summary>
    public abstract void Take(SegmentPass segment);
}
