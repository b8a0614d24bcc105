
namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Whole numbers: those below a billion among each other, larger ones among those of as many digits that the type holds; signs stay.</summary>
internal sealed class FpeNumberMasker(MaskerContext context, bool small) : NumberMasker
{
    private readonly NumberMap map = new(context.Key);
    private readonly ulong largest = small ? (ulong)short.MaxValue
        : context.Column.SqlType.Contains("bigint", StringComparison.OrdinalIgnoreCase) || context.Column.SqlType.Contains("int8", StringComparison.OrdinalIgnoreCase) ? long.MaxValue
        : context.Column.SqlType.Contains("int", StringComparison.OrdinalIgnoreCase) || context.Column.SqlType.Contains("serial", StringComparison.OrdinalIgnoreCase) ? (ulong)int.MaxValue : long.MaxValue;

    protected override long MaskValue(MaskBatch batch, int row, long value)
    {
        // -1 is the first below zero, so that zero has no sign.
        var size = value < 0 ? (ulong)-(value + 1) : (ulong)value;
        var (from, to) = Class(size);
        var masked = from + (ulong)map.Map(size - from, to - from);
        return value < 0 ? -(long)masked - 1 : (long)masked;
    }

    /// <summary>The numbers that a number is permuted among: from, and the first that is not among them.</summary>
    private (ulong From, ulong To) Class(ulong size)
    {
        if (size > largest)
            return (0, (ulong)long.MaxValue + 1);
        if (largest < 1_000_000_000 || size < 1_000_000_000)
            return (0, Math.Min(largest + 1, 1_000_000_000));
        ulong from = 1_000_000_000;
        while (from <= ulong.MaxValue / 10 && size >= from * 10)
            from *= 10;
        return (from, from > largest / 10 ? largest + 1 : from * 10);
    }
}
