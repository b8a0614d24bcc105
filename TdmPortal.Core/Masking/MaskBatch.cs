using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking;

/// <summary>The rows that are being masked, and what else of them a masker may see. Used by one thread.</summary>
public abstract class MaskBatch
{
    /// <summary>Rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a row's value stays as it is: null, a sentinel, empty, or the rule's condition does not hold.</summary>
    public abstract bool Keeps(int row);

    /// <summary>A column that <see cref="MaskerContext.Companion"/> asked for.</summary>
    public abstract Column Companion(int place);

    /// <summary>Room that is used again and again; what is in it is undefined.</summary>
    public abstract Span<byte> Scratch(int size);
}
