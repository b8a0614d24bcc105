using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality;

/// <summary>Rows of one entity, batch by batch, in order. Not for several threads at once.</summary>
public abstract class RowReader : IDisposable
{
    /// <summary>The columns asked for; they are refilled by each <see cref="Read"/>.</summary>
    public abstract IReadOnlyList<Column> Batch { get; }

    /// <summary>Reads up to <paramref name="most"/> rows into <see cref="Batch"/>; fewer only at the end.</summary>
    /// <returns>How many; 0 at the end.</returns>
    public abstract int Read(int most);

    /// <inheritdoc/>
    public abstract void Dispose();
}
