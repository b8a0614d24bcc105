using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking;

/// <summary>Masks texts one by one.</summary>
internal abstract class TextMasker : Masker
{
    public sealed override void Mask(MaskBatch batch, Column source, Column target)
    {
        var from = (TextColumn)source;
        var to = (TextColumn)target;
        to.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (from.IsNull(row))
            {
                to.AddNull();
            }
            else if (batch.Keeps(row))
            {
                to.Add(from[row]);
            }
            else
            {
                MaskValue(batch, row, from[row], to);
                to.End();
            }
        }
    }

    /// <summary>Appends the masked text to the row under way of <paramref name="to"/>; must not end it.</summary>
    protected abstract void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to);
}
