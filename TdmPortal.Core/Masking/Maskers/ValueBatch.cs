using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Values that are masked outside a table: pieces of a text, members of JSON, an example.</summary>
/// <param name="companions">What <see cref="MaskerContext.Companions"/> asks for.</param>
internal sealed class ValueBatch(int count, params IReadOnlyList<Column> companions) : MaskBatch
{
    private byte[] scratch = [];

    public override int Count => count;

    public override bool Keeps(int row) => false;

    public override Column Companion(int place) => companions[place];

    public override Span<byte> Scratch(int size)
    {
        if (scratch.Length < size)
            scratch = new byte[Math.Max(size, 256)];
        return scratch.AsSpan(0, size);
    }
}
