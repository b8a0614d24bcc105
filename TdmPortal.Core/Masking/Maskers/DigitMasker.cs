using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Masks texts some digits of which are permuted. The numbers of a batch are permuted before its texts are written, two at a time: the
/// processor would wait for each of FF1's rounds otherwise.
/// </summary>
internal abstract class DigitMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    /// <summary>The permuted numbers of the batch under way, by row; a masker that is called for a single piece has a batch of one.</summary>
    [ThreadStatic]
    private static ulong[]? numbers;

    private readonly NumberMap map = new(context.Key);

    protected sealed override void Ahead(MaskBatch batch, TextColumn from)
    {
        if (numbers is null || numbers.Length < batch.Count)
            numbers = new ulong[batch.Count];

        // Rows that wait for another one with as many digits.
        Span<int> waiting = stackalloc int[DigitRun.Most + 1];
        waiting.Fill(-1);
        for (var row = 0; row < batch.Count; row++)
        {
            if (from.IsNull(row) || batch.Keeps(row))
                continue;
            (numbers[row], var digits) = Read(from[row]);
            if (digits == 0)
                continue;
            if (waiting[digits] is >= 0 and var other)
                (numbers[other], numbers[row], waiting[digits]) = Pair(numbers[other], numbers[row], DigitRun.Size(digits));
            else
                waiting[digits] = row;
        }

        for (var digits = 1; digits <= DigitRun.Most; digits++)
        {
            if (waiting[digits] is >= 0 and var row)
                numbers[row] = (ulong)map.Map(numbers[row], DigitRun.Size(digits));
        }
    }

    protected sealed override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to) => Write(value, numbers![row], to);

    /// <summary>The digits that are permuted; none where the text is none of this kind.</summary>
    protected abstract (ulong Number, int Digits) Read(ReadOnlySpan<byte> value);

    /// <summary>Appends the masked text.</summary>
    /// <param name="number">What the digits have become; undefined where there are none.</param>
    protected abstract void Write(ReadOnlySpan<byte> value, ulong number, TextColumn to);

    private (ulong One, ulong Other, int Waiting) Pair(ulong one, ulong other, ulong size)
    {
        map.Map(ref one, ref other, size);
        return (one, other, -1);
    }
}
