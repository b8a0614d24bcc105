using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>The rows that a masker is given; filled anew for each column and batch.</summary>
internal sealed class RowsOfBatch : MaskBatch
{
    private int count;
    private ulong[]? kept;
    private byte[] scratch = [];

    /// <summary>One for each companion, in their order.</summary>
    public Column[] Companions { get; set; } = [];

    public override int Count => count;

    public void Load(int rows, ulong[]? keptRows) => (count, kept) = (rows, keptRows);

    public override bool Keeps(int row) => kept is { } bits && (bits[row >> 6] & 1UL << row) != 0;

    public override Column Companion(int place) => Companions[place];

    public override Span<byte> Scratch(int size)
    {
        if (scratch.Length < size)
            scratch = new byte[Math.Max(size, scratch.Length * 2)];
        return scratch.AsSpan(0, size);
    }
}
