using System.Buffers.Binary;
using System.Buffers.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Texts that hold the UUIDs of another column are masked as those are, and written back with or without hyphens, in their own case. A text that is no UUID is scrambled.</summary>
internal sealed class TextAsUuid(Masker uuids, MaskingKey key) : TextAsOther(uuids, key)
{
    [ThreadStatic]
    private static (Column, Column)? columns;

    protected override (Column From, Column To) Columns => columns ??= (new WideColumn(), new WideColumn());

    protected override bool Read(ReadOnlySpan<byte> text, Column to, int row)
    {
        if (!Utf8Parser.TryParse(text, out Guid value, out var used, text.Length == 32 ? 'N' : 'D') || used != text.Length)
            return false;
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        ((WideColumn)to).Values[row] = BinaryPrimitives.ReadInt128BigEndian(bytes);
        return true;
    }

    protected override void Write(Column from, int row, ReadOnlySpan<byte> original, TextColumn to)
    {
        Span<byte> bytes = stackalloc byte[36];
        BinaryPrimitives.WriteInt128BigEndian(bytes, ((WideColumn)from).Values[row]);
        var value = new Guid(bytes[..16], bigEndian: true);
        Utf8Formatter.TryFormat(value, bytes, out var written, original.Length == 32 ? 'N' : 'D');
        LetterCase.Like(original, bytes[..written]);
        to.Append(bytes[..written]);
    }
}
