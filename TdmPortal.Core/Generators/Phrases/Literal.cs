using System.Text;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>One text.</summary>
internal sealed class Literal(string text) : TextSpace
{
    private readonly byte[] bytes = Encoding.UTF8.GetBytes(text);

    public ReadOnlySpan<byte> Bytes => bytes;

    public override UInt128 Count => 1;

    public override int MaxBytes => bytes.Length;

    public override int MaxLength => Utf8.Length(bytes);

    public override bool IsFixedSize => true;

    public override int Write(ref Draw draw, Span<byte> target) => WriteRanked(0, target);

    public override int WriteRanked(UInt128 rank, Span<byte> target)
    {
        bytes.CopyTo(target);
        return bytes.Length;
    }

    public override bool Contains(byte value) => bytes.Contains(value);
}
