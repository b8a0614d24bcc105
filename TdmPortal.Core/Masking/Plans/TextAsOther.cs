using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Masks texts as the values of another type that they say.</summary>
/// <param name="inner">Masks columns of the other type.</param>
/// <param name="key">For texts that say none.</param>
internal abstract class TextAsOther(Masker inner, MaskingKey key) : Masker
{
    public sealed override void Mask(MaskBatch batch, Column source, Column target)
    {
        var (texts, to) = ((TextColumn)source, (TextColumn)target);
        var (values, masked) = Columns;
        values.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (texts.IsNull(row) || batch.Keeps(row) || !Read(Trimmed(texts[row]), values, row))
                values.SetNull(row);
        }

        inner.Mask(batch, values, masked);
        to.Reset(batch.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            if (texts.IsNull(row))
            {
                to.AddNull();
                continue;
            }

            if (batch.Keeps(row))
                to.Append(texts[row]);
            else if (values.IsNull(row))
                Scramble(texts[row], to);
            else
                Write(masked, row, Trimmed(texts[row]), to);
            to.End();
        }
    }

    /// <summary>Room for the values and their masks: one pair a thread, as maskers are shared and columns are not.</summary>
    protected abstract (Column From, Column To) Columns { get; }

    /// <summary>Whether a text says a value, which then stands in the row.</summary>
    protected abstract bool Read(ReadOnlySpan<byte> text, Column to, int row);

    /// <summary>Appends a value in the form of the original.</summary>
    protected abstract void Write(Column from, int row, ReadOnlySpan<byte> original, TextColumn to);

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> text) => text.Trim((byte)' ');

    private void Scramble(ReadOnlySpan<byte> text, TextColumn to)
    {
        var numbers = key.Draw(key.Number(text));
        foreach (var one in text)
        {
            var (first, count) = (char)one switch
            {
                >= '0' and <= '9' => ((byte)'0', 10),
                >= 'a' and <= 'z' => ((byte)'a', 26),
                >= 'A' and <= 'Z' => ((byte)'A', 26),
                >= '\u0080' => ((byte)'x', 1),
                _ => (one, 1),
            };
            to.Append((byte)(first + (int)numbers.Below((ulong)count)));
        }
    }
}
