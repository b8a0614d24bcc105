using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>A generator of text that writes one row at a time.</summary>
/// <param name="maxBytes">Room that a value may need.</param>
internal abstract class TextSource(int maxBytes) : ValueSource
{
    public sealed override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (target is not TextColumn text)
        {
            FillNumbers((LongColumn)target, rows, fill);
            return;
        }

        FillTexts(text, rows, fill);
    }

    /// <summary>As <see cref="Fill"/>, of texts; what can be decided once for all rows is decided where this is overridden.</summary>
    protected virtual void FillTexts(TextColumn target, ReadOnlySpan<long> rows, FillContext fill)
    {
        foreach (var row in rows)
        {
            target.Advance(Write(row, Randomness.Cell(fill.Key, row), target.Reserve(maxBytes)));
            target.End();
        }
    }

    /// <summary>Writes the value of a row, returns its bytes.</summary>
    /// <param name="cell">The field's own random bits in this row.</param>
    protected abstract int Write(long row, ulong cell, Span<byte> target);

    private void FillNumbers(LongColumn target, ReadOnlySpan<long> rows, FillContext fill)
    {
        Span<byte> digits = stackalloc byte[64];
        for (var i = 0; i < rows.Length; i++)
            target.Values[i] = Utf8.Digits(digits[..Write(rows[i], Randomness.Cell(fill.Key, rows[i]), digits)]);
    }
}
