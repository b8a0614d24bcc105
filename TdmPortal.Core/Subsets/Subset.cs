using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Subsets;

/// <summary>
/// Takes a part of a source that holds together. Chosen rows bring their children along, and children's children; every row that is
/// taken brings its parents, and their parents. A row that only came as a parent brings no children, else the part would grow to the
/// whole. Cycles and self references are followed to their end.
/// <para>
/// The source is read in passes over its key columns. Memory holds one bit a row and 16 bytes a key that is followed, not the keys:
/// two different ones of n have the same 128 bits with a probability below n² ÷ 2¹²⁹ (10⁻²⁰ for a thousand million), and even then a
/// row too many would come along, none would be missing.
/// </para>
/// </summary>
public static class Subset
{
    /// <summary>Works out which rows belong to it; blocks, call it where blocking is fine. The source must give its rows in the same order each time.</summary>
    /// <param name="progress">Called now and then with the number of rows read since the last call.</param>
    /// <returns>A view of the source with only those rows.</returns>
    /// <exception cref="Errors.PortalException"><c>subset.invalid</c>: an entity or a condition that does not fit the source.</exception>
    public static RowSource Take(RowSource source, SchemaDocument document, SubsetRequest request, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var walk = new SubsetWalk(source, document, request, progress, cancellation);
        walk.Run();
        return new SubsetSource(source, walk.Rows);
    }
}
