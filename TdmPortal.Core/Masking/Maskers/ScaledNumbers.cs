using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Masks numbers of every type by one function of IEEE 754 numbers; what comes out is rounded to the column's scale.</summary>
internal abstract class ScaledNumbers(MaskerContext context) : Masker
{
    private readonly int scale = context.Column.Type == FieldType.Decimal ? context.Column.Scale : 0;

    /// <summary>Numbers in 128 bits are more exact than what comes out here, so they are refused.</summary>
    protected static bool Refused(MaskerContext context)
    {
        if (context.Column is { Type: FieldType.Decimal, Precision: > 18 })
            context.Report("masking.too_precise", $"{context.Column.Name} has {context.Column.Precision} digits, and {context.Definition.Title.ToLowerInvariant()} masks numbers of up to 18.", "Choose constant or redact");
        return context.Failed();
    }

    public sealed override void Mask(MaskBatch batch, Column source, Column target)
    {
        target.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (source.IsNull(row))
            {
                target.SetNull(row);
            }
            else if (source is DoubleColumn real)
            {
                ((DoubleColumn)target).Values[row] = batch.Keeps(row) ? real.Values[row] : MaskValue(batch, row, real.Values[row]);
            }
            else
            {
                var whole = ((LongColumn)source).Values[row];
                ((LongColumn)target).Values[row] = batch.Keeps(row) ? whole : Round(MaskValue(batch, row, Real(whole)));
            }
        }
    }

    /// <summary>A scaled number as it is written.</summary>
    protected double Real(long value) => scale == 0 ? value : value / (double)PowersOfTen.Long(scale);

    /// <summary>The value of a cell.</summary>
    protected double Read(Column column, int row) => column is DoubleColumn real ? real.Values[row] : Real(((LongColumn)column).Values[row]);

    protected abstract double MaskValue(MaskBatch batch, int row, double value);

    private long Round(double value)
    {
        var scaled = scale == 0 ? value : value * PowersOfTen.Long(scale);
        return scaled >= 9.2e18 ? long.MaxValue : scaled <= -9.2e18 ? long.MinValue : (long)Math.Floor(scaled + 0.5);
    }
}
