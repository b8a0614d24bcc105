using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Masking.Proof;

/// <summary>Hashes of cells by what they say: texts without regard to surrounding blanks and the case of ASCII letters.</summary>
internal static class CellKey
{
    private const int OnStack = 256;

    /// <summary>Of a cell that is not null.</summary>
    public static ulong Of(Column column, int row) => column switch
    {
        TextColumn text => Of(text[row], 0),
        ArrayColumn array => OfArray(array, row),
        _ => ValueHash.Of(column, row),
    };

    /// <summary>128 bits: two different values have the same with probability 2⁻¹²⁸, so equal ones are the same value.</summary>
    public static UInt128 Whole(Column column, int row) => column switch
    {
        TextColumn text => new(Of(text[row], 0), Of(text[row], 1)),
        ArrayColumn array => new(OfArray(array, row), (ulong)(array.Offsets[row + 1] - array.Offsets[row])),
        WideColumn wide => (UInt128)wide.Values[row],
        // 64 bits are all there is.
        _ => ValueHash.Of(column, row),
    };

    /// <summary>Whether a text says nothing; others never are.</summary>
    public static bool IsEmpty(Column column, int row) => column switch
    {
        TextColumn text => text[row].Trim((byte)' ').IsEmpty,
        ArrayColumn array => array.Offsets[row + 1] == array.Offsets[row],
        _ => false,
    };

    private static ulong Of(ReadOnlySpan<byte> text, int which)
    {
        text = text.Trim((byte)' ');
        Span<byte> lower = text.Length < OnStack ? stackalloc byte[OnStack] : new byte[text.Length + 1];
        lower = lower[..(text.Length + 1)];
        for (var i = 0; i < text.Length; i++)
            lower[i] = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
        lower[text.Length] = (byte)(which * 0x5A);
        return ValueHash.Of(which == 0 ? lower[..text.Length] : lower);
    }

    private static ulong OfArray(ArrayColumn array, int row)
    {
        var hash = 1UL;
        for (var i = array.Offsets[row]; i < array.Offsets[row + 1]; i++)
            hash = ValueHash.Combine(hash, array.Elements.IsNull(i) ? 2 : Of(array.Elements, i));
        return hash;
    }
}
