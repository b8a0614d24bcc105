using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using PlatformAes = System.Security.Cryptography.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace TdmPortal.Core.Masking;

/// <summary>
/// AES (FIPS 197) of single blocks, forward only: by the processor's instructions where it has them (some 15 ns a block; the platform's
/// one-shot calls cost a microsecond), else by the platform's own AES. All ways give the same bits. Immutable.
/// </summary>
internal sealed class AesBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Size = 16;

    // The platform's objects are not for several threads; each thread keeps the one that it used last.
    [ThreadStatic]
    private static (AesBlock Owner, PlatformAes Aes) platform;

    private readonly Vector128<byte>[] schedule;
    private readonly byte[] key;
    private readonly AesWay way;

    /// <param name="key">16, 24 or 32 bytes.</param>
    public AesBlock(ReadOnlySpan<byte> key)
        : this(key, Best)
    {
    }

    internal AesBlock(ReadOnlySpan<byte> key, AesWay way)
    {
        if (key.Length is not (16 or 24 or 32))
            throw new ArgumentException("an AES key has 16, 24 or 32 bytes", nameof(key));
        this.way = way;
        schedule = Expand(key);
        this.key = key.ToArray();
    }

    /// <summary>The quickest way that this processor has.</summary>
    public static AesWay Best => X86Aes.IsSupported ? AesWay.X86 : ArmAes.IsSupported ? AesWay.Arm : AesWay.Platform;

    /// <summary>One block enciphered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> Encrypt(Vector128<byte> block) =>
        X86Aes.IsSupported && way == AesWay.X86 ? ByX86(block) : ArmAes.IsSupported && way == AesWay.Arm ? ByArm(block) : ByPlatform(block);

    /// <summary>Four blocks enciphered: the processor works on all of them while each waits for its rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector128<byte> A, Vector128<byte> B, Vector128<byte> C, Vector128<byte> D) Encrypt(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, Vector128<byte> d)
    {
        if (!X86Aes.IsSupported || way != AesWay.X86)
            return (Encrypt(a), Encrypt(b), Encrypt(c), Encrypt(d));
        var keys = schedule;
        ref var first = ref MemoryMarshal.GetArrayDataReference(keys);
        var last = keys.Length - 1;
        (a, b, c, d) = (a ^ first, b ^ first, c ^ first, d ^ first);
        for (var round = 1; round < last; round++)
        {
            var one = Unsafe.Add(ref first, round);
            (a, b, c, d) = (X86Aes.Encrypt(a, one), X86Aes.Encrypt(b, one), X86Aes.Encrypt(c, one), X86Aes.Encrypt(d, one));
        }

        var end = Unsafe.Add(ref first, last);
        return (X86Aes.EncryptLast(a, end), X86Aes.EncryptLast(b, end), X86Aes.EncryptLast(c, end), X86Aes.EncryptLast(d, end));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> ByX86(Vector128<byte> block)
    {
        var keys = schedule;
        ref var first = ref MemoryMarshal.GetArrayDataReference(keys);
        var last = keys.Length - 1;
        block ^= first;
        for (var round = 1; round < last; round++)
            block = X86Aes.Encrypt(block, Unsafe.Add(ref first, round));
        return X86Aes.EncryptLast(block, Unsafe.Add(ref first, last));
    }

    private Vector128<byte> ByArm(Vector128<byte> block)
    {
        var keys = schedule;
        var last = keys.Length - 1;
        for (var round = 0; round < last - 1; round++)
            block = ArmAes.MixColumns(ArmAes.Encrypt(block, keys[round]));
        return ArmAes.Encrypt(block, keys[last - 1]) ^ keys[last];
    }

    [SuppressMessage("Security", "CA5358:Review cipher mode usage with cryptography experts", Justification = "One block is the building stone of CMAC and FF1, not a mode of its own.")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector128<byte> ByPlatform(Vector128<byte> block)
    {
        Span<byte> bytes = stackalloc byte[Size];
        block.CopyTo(bytes);
        if (platform.Owner != this)
        {
            platform.Aes?.Dispose();
            platform = (this, PlatformAes.Create());
            platform.Aes.Key = key;
        }

        platform.Aes.EncryptEcb(bytes, bytes, PaddingMode.None);
        return Vector128.Create<byte>(bytes);
    }

    /// <summary>The key expansion of FIPS 197, 5.2.</summary>
    private static Vector128<byte>[] Expand(ReadOnlySpan<byte> key)
    {
        var (words, rounds) = (key.Length / 4, key.Length / 4 + 6);
        Span<byte> all = stackalloc byte[Size * 15];
        key.CopyTo(all);
        Span<byte> word = stackalloc byte[4];
        byte constant = 1;
        for (var i = words; i < 4 * (rounds + 1); i++)
        {
            all.Slice(4 * (i - 1), 4).CopyTo(word);
            if (i % words == 0)
            {
                (word[0], word[1], word[2], word[3]) = ((byte)(Substitute(word[1]) ^ constant), Substitute(word[2]), Substitute(word[3]), Substitute(word[0]));
                constant = Double(constant);
            }
            else if (words > 6 && i % words == 4)
            {
                for (var at = 0; at < 4; at++)
                    word[at] = Substitute(word[at]);
            }

            for (var at = 0; at < 4; at++)
                all[4 * i + at] = (byte)(all[4 * (i - words) + at] ^ word[at]);
        }

        var expanded = new Vector128<byte>[rounds + 1];
        for (var round = 0; round <= rounds; round++)
            expanded[round] = Vector128.Create<byte>(all.Slice(Size * round, Size));
        CryptographicOperations.ZeroMemory(all);
        return expanded;
    }

    private static byte Double(byte value) => (byte)(value << 1 ^ (value >> 7) * 0x1B);

    /// <summary>The S-box: the inverse in GF(2⁸) (x²⁵⁴), then the affine map. Worked out, as it is needed a few dozen times a key only.</summary>
    private static byte Substitute(byte value)
    {
        byte inverse = 1;
        for (var bit = 7; bit >= 0; bit--)
        {
            inverse = Multiply(inverse, inverse);
            if ((254 >> bit & 1) != 0)
                inverse = Multiply(inverse, value);
        }

        return (byte)(inverse ^ Rotated(inverse, 1) ^ Rotated(inverse, 2) ^ Rotated(inverse, 3) ^ Rotated(inverse, 4) ^ 0x63);

        static byte Rotated(byte bits, int by) => (byte)(bits << by | bits >> 8 - by);
    }

    private static byte Multiply(byte left, byte right)
    {
        byte product = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= (byte)(-(right >> bit & 1) & left);
            left = Double(left);
        }

        return product;
    }
}
