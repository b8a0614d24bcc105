using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;

namespace TdmPortal.Core.Masking;

/// <summary>
/// A masker made ready for one column. Immutable once it is prepared and used by several threads; what it gives depends
/// on the value, the key and companions of the same row only, never on the order of rows. No allocation a value.
/// </summary>
public abstract class Masker
{
    /// <summary>What must look at all rows of the entity first; null for most. It has seen all when <see cref="Mask"/> is called.</summary>
    /// <param name="column">The masked column's place in the entity.</param>
    public virtual RowPass? Preparation(int column) => null;

    /// <summary>Fills <paramref name="target"/> with the masked rows of <paramref name="source"/>; both are of the column's kind.</summary>
    public abstract void Mask(MaskBatch batch, Column source, Column target);
}
