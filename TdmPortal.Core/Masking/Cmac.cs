using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Masking;

/// <summary>
/// AES-CMAC (NIST SP 800-38B, RFC 4493): a pseudo-random function over texts of any length, none of which is the beginning of another's
/// (Iwata and Kurosawa, "OMAC: One-Key CBC MAC", 2003). One block for each 16 bytes. Immutable.
/// </summary>
internal sealed class Cmac
{
    private readonly AesBlock cipher;
    private readonly Vector128<byte> whole;
    private readonly Vector128<byte> padded;

    public Cmac(AesBlock cipher)
    {
        this.cipher = cipher;
        whole = Doubled(cipher.Encrypt(Vector128<byte>.Zero));
        padded = Doubled(whole);
    }

    /// <summary>The tag of a text.</summary>
    public Vector128<byte> Of(ReadOnlySpan<byte> text) => Of(text, Vector128<byte>.Zero);

    /// <summary>The tag of a text whose last 16 bytes are first combined with <paramref name="end"/>, as SIV wants it; of at least 16 bytes unless that is zero.</summary>
    public Vector128<byte> Of(ReadOnlySpan<byte> text, Vector128<byte> end)
    {
        // A short text, as nearly all values are, takes one block.
        if (text.Length < AesBlock.Size)
            return cipher.Encrypt(Padded(text) ^ padded);
        if (text.Length == AesBlock.Size)
            return cipher.Encrypt(Vector128.Create(text) ^ end ^ whole);
        return Long(text, end);
    }

    /// <summary>The tag of a text of less than 16 bytes that is already padded with a one bit and zeros.</summary>
    public Vector128<byte> OfPadded(Vector128<byte> block) => cipher.Encrypt(block ^ padded);

    /// <summary>The tag of a block.</summary>
    public Vector128<byte> Of(Vector128<byte> block) => cipher.Encrypt(block ^ whole);

    private Vector128<byte> Long(ReadOnlySpan<byte> text, Vector128<byte> end)
    {
        // Where the combined end lies across two blocks, each takes its part.
        var over = text.Length % AesBlock.Size;
        Span<byte> parts = stackalloc byte[2 * AesBlock.Size];
        parts.Clear();
        end.CopyTo(parts[over..]);
        var (before, last) = over == 0 ? (Vector128<byte>.Zero, end) : (Vector128.Create<byte>(parts[..16]), Vector128.Create<byte>(parts[16..]));
        var state = Vector128<byte>.Zero;
        while (text.Length > AesBlock.Size)
        {
            state ^= Vector128.Create(text[..AesBlock.Size]);
            text = text[AesBlock.Size..];
            if (text.Length <= AesBlock.Size)
                state ^= before;
            state = cipher.Encrypt(state);
        }

        return text.Length == AesBlock.Size
            ? cipher.Encrypt(state ^ Vector128.Create(text) ^ last ^ whole)
            : cipher.Encrypt(state ^ Padded(text) ^ last ^ padded);
    }

    private static Vector128<byte> Padded(ReadOnlySpan<byte> text)
    {
        // By two reads that overlap: bytes that are written one by one and read as a whole stall the processor for as long as AES takes.
        var length = text.Length;
        if (BitConverter.IsLittleEndian && length >= sizeof(ulong))
        {
            var upper = length == sizeof(ulong) ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(text[(length - sizeof(ulong))..]) >> 8 * (AesBlock.Size - length);
            return Vector128.Create(BinaryPrimitives.ReadUInt64LittleEndian(text), upper | 0x80UL << 8 * (length - sizeof(ulong))).AsByte();
        }

        if (BitConverter.IsLittleEndian && length >= sizeof(uint))
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(text) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(text[(length - sizeof(uint))..]) << 8 * (length - sizeof(uint));
            return Vector128.Create(low | 0x80UL << 8 * length, 0).AsByte();
        }

        return PaddedBytewise(text);
    }

    private static Vector128<byte> PaddedBytewise(ReadOnlySpan<byte> text)
    {
        Span<byte> block = stackalloc byte[AesBlock.Size];
        block.Clear();
        text.CopyTo(block);
        block[text.Length] = 0x80;
        return Vector128.Create<byte>(block);
    }

    /// <summary>Multiplied by x in GF(2¹²⁸).</summary>
    internal static Vector128<byte> Doubled(Vector128<byte> block)
    {
        Span<byte> bytes = stackalloc byte[AesBlock.Size];
        block.CopyTo(bytes);
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        number = number << 1 ^ (number >> 127) * 0x87;
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return Vector128.Create<byte>(bytes);
    }

    /// <summary>A block as a number, its first byte most significant.</summary>
    internal static UInt128 Number(Vector128<byte> block)
    {
        var halves = block.AsUInt64();
        return BitConverter.IsLittleEndian
            ? new(BinaryPrimitives.ReverseEndianness(halves[0]), BinaryPrimitives.ReverseEndianness(halves[1]))
            : new(halves[0], halves[1]);
    }

    /// <summary>A number as a block.</summary>
    internal static Vector128<byte> Block(UInt128 number)
    {
        var (upper, lower) = ((ulong)(number >> 64), (ulong)number);
        return BitConverter.IsLittleEndian
            ? Vector128.Create(BinaryPrimitives.ReverseEndianness(upper), BinaryPrimitives.ReverseEndianness(lower)).AsByte()
            : Vector128.Create(upper, lower).AsByte();
    }
}
