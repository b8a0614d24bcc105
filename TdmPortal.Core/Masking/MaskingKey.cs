using System.Security.Cryptography;
using System.Text;

namespace TdmPortal.Core.Masking;

/// <summary>
/// A team's masking key, or one derived from it for an identity (HKDF, RFC 5869). Values under different derived keys tell nothing of
/// each other. Everything that is worked out with it goes by subkeys of its own, so no use weakens another. Immutable.
/// </summary>
public sealed class MaskingKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>Bytes that <see cref="Seal"/> adds.</summary>
    public const int SealAdds = Siv.Added;

    // AES-128 where values are masked by the million: it is as far out of reach as AES-256, and a third quicker.
    private const int ShortSize = 16;

    private readonly byte[] bytes;
    private readonly Cmac function;
    private readonly Lazy<AesBlock> counter;
    private readonly Lazy<Ff1> ff1;
    private readonly Lazy<Siv> siv;
    private readonly Lazy<byte[]> hmac;

    private MaskingKey(byte[] bytes)
    {
        this.bytes = bytes;
        function = new(new AesBlock(Subkey("number").AsSpan(0, ShortSize)));
        counter = new(() => new(Subkey("numbers").AsSpan(0, ShortSize)));
        ff1 = new(() => new(new AesBlock(Subkey("ff1").AsSpan(0, ShortSize))));
        siv = new(() => new(Subkey("siv mac"), Subkey("siv counter")));
        hmac = new(() => Subkey("hmac"));
    }

    /// <summary>Format-preserving encryption under this key.</summary>
    public Ff1 Ff1 => ff1.Value;

    /// <summary>A key of 32 bytes.</summary>
    public static MaskingKey FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new(bytes.ToArray()) : throw new ArgumentException($"a masking key has {Size} bytes", nameof(bytes));

    /// <summary>The key for a purpose; the same one for the same purpose.</summary>
    public MaskingKey Derive(string purpose) => new(HKDF.Expand(HashAlgorithmName.SHA256, bytes, Size, Encoding.UTF8.GetBytes("derived " + purpose)));

    /// <summary>A keyed pseudo-random number of a value's canonical bytes: AES-CMAC (RFC 4493), one AES block for up to 16 bytes.</summary>
    public UInt128 Number(ReadOnlySpan<byte> value) => Cmac.Number(function.Of(value));

    /// <summary>As <see cref="Number(ReadOnlySpan{byte})"/> of a whole number, most significant byte first.</summary>
    public UInt128 Number(long value)
    {
        // Eight bytes, the padding's one bit, and zeros.
        return Cmac.Number(function.OfPadded(Cmac.Block((UInt128)(ulong)value << 64 | 1UL << 63)));
    }

    /// <summary>As <see cref="Number(ReadOnlySpan{byte})"/> of 128 bits, most significant byte first.</summary>
    public UInt128 Number(UInt128 value) => Cmac.Number(function.Of(Cmac.Block(value)));

    /// <summary>Several numbers out of one that <see cref="Number(ReadOnlySpan{byte})"/> gave.</summary>
    public KeyedNumbers Draw(UInt128 seed) => new(counter.Value, seed);

    /// <summary>HMAC-SHA-256 (RFC 2104) of a value.</summary>
    /// <param name="target">32 bytes.</param>
    public void Hmac(ReadOnlySpan<byte> value, Span<byte> target) => HMACSHA256.HashData(hmac.Value, value, target);

    /// <summary>Seals a value so that only this key opens it (AES-SIV, RFC 5297); the same value gives the same bytes.</summary>
    /// <param name="target"><see cref="SealAdds"/> bytes more than the value.</param>
    public void Seal(ReadOnlySpan<byte> value, Span<byte> target) => siv.Value.Seal(value, null, target);

    /// <summary>Opens what <see cref="Seal"/> gave.</summary>
    /// <param name="target"><see cref="SealAdds"/> bytes less.</param>
    /// <returns>False: sealed under another key, or changed.</returns>
    public bool TryOpen(ReadOnlySpan<byte> sealedValue, Span<byte> target) => siv.Value.TryOpen(sealedValue, null, target);

    private byte[] Subkey(string use) => HKDF.Expand(HashAlgorithmName.SHA256, bytes, Size, Encoding.UTF8.GetBytes("use " + use));
}
