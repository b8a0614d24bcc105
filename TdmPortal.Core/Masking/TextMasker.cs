using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking;

/// <summary>Masks texts one by one.</summary>
/// <param name="maxLength">Longest text in code points; what is longer is cut. Null: no bound.</param>
internal abstract class TextMasker(int? maxLength) : Masker
{
    public sealed override void Mask(MaskBatch batch, Column source, Column target)
    {
        var from = (TextColumn)source;
        var to = (TextColumn)target;
        to.Reset(batch.Count);
        Ahead(batch, from);
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
                if (to.Current.Length > maxLength)
                    to.Truncate(TextCut.Bytes(to.Current, maxLength.Value));
                to.End();
            }
        }
    }

    /// <summary>What is worked out for all rows of a batch at once, before they are masked.</summary>
    protected virtual void Ahead(MaskBatch batch, TextColumn from)
    {
    }

    /// <summary>Appends the masked text to the row under way of <paramref name="to"/>; must not end it.</summary>
    protected abstract void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to);
}
