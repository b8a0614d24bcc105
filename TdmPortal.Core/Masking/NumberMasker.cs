using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking;

/// <summary>Masks what a <see cref="LongColumn"/> holds, one by one: integers, scaled decimals, booleans, dates (days), times and timestamps (microseconds).</summary>
internal abstract class NumberMasker : Masker
{
    public sealed override void Mask(MaskBatch batch, Column source, Column target)
    {
        var from = (LongColumn)source;
        var to = (LongColumn)target;
        to.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (from.IsNull(row))
                to.SetNull(row);
            else
                to.Values[row] = batch.Keeps(row) ? from.Values[row] : MaskValue(batch, row, from.Values[row]);
        }
    }

    /// <summary>The masked number.</summary>
    protected abstract long MaskValue(MaskBatch batch, int row, long value);
}
