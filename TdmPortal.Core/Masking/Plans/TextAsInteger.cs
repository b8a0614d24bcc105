using System.Buffers.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Texts that hold the integers of another column are masked as those are, and written back as texts: leading zeros are kept. A text that is no integer is scrambled.</summary>
internal sealed class TextAsInteger(Masker integers, MaskingKey key) : TextAsOther(integers, key)
{
    [ThreadStatic]
    private static (Column, Column)? columns;

    protected override (Column From, Column To) Columns => columns ??= (new LongColumn(), new LongColumn());

    protected override bool Read(ReadOnlySpan<byte> text, Column to, int row) =>
        Utf8Parser.TryParse(text, out ((LongColumn)to).Values[row], out var used) && used == text.Length;

    protected override void Write(Column from, int row, ReadOnlySpan<byte> original, TextColumn to)
    {
        var value = ((LongColumn)from).Values[row];
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var written);
        var padded = original is [(byte)'0', _, ..];
        for (var zeros = padded ? original.Length - written : 0; zeros > 0; zeros--)
            to.Append((byte)'0');
        to.Append(digits[..written]);
    }
}
