using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TdmPortal.Core.Masking;

/// <summary>A team's masking key, or one derived from it for an identity (HKDF, RFC 5869). Values under different derived keys tell nothing of each other.</summary>
public sealed class MaskingKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    private readonly byte[] bytes;

    private MaskingKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>A key of 32 bytes.</summary>
    public static MaskingKey FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new(bytes.ToArray()) : throw new ArgumentException($"a masking key has {Size} bytes", nameof(bytes));

    /// <summary>The key for a purpose.</summary>
    public MaskingKey Derive(string purpose) => new(HKDF.Expand(HashAlgorithmName.SHA256, bytes, Size, Encoding.UTF8.GetBytes(purpose)));

    /// <summary>The key itself, for FF1 and HMAC.</summary>
    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>A keyed pseudo-random number of a value's canonical bytes.</summary>
    public UInt128 Number(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(bytes, value, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>As <see cref="Number(ReadOnlySpan{byte})"/> of a whole number.</summary>
    public UInt128 Number(long value)
    {
        Span<byte> text = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(text, value);
        return Number(text);
    }
}
