using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Masking;

/// <summary>
/// FF1 (NIST SP 800-38G, algorithms 7 and 8): format-preserving encryption, a permutation of all texts of n digits of a
/// radix chosen by a key and a tweak. Domains below 1,000,000 are refused, as revision 1 of the standard demands. Usual lengths (up to
/// 38 decimal digits) are worked out in 64-bit halves without allocation, at one AES block a round; longer ones by <see cref="BigInteger"/>. Immutable.
/// </summary>
public sealed class Ff1
{
    /// <summary>The least number of values that may be permuted.</summary>
    public const int LeastDomain = 1_000_000;

    /// <summary>The largest radix.</summary>
    public const int LargestRadix = 1 << 16;

    private const int Rounds = 10;

    private readonly AesBlock cipher;
    private readonly Ff1Numbers?[] domains = new Ff1Numbers?[16];

    /// <param name="key">An AES key of 16, 24 or 32 bytes.</param>
    public Ff1(ReadOnlySpan<byte> key)
        : this(new AesBlock(key))
    {
    }

    internal Ff1(AesBlock cipher) => this.cipher = cipher;

    /// <summary>Whether texts of so many digits may be permuted: radix 2 to 65,536, at least 2 digits, radix^length ≥ <see cref="LeastDomain"/>.</summary>
    public static bool Allows(int radix, int length)
    {
        if (radix is < 2 or > LargestRadix || length < 2)
            return false;
        ulong domain = 1;
        for (var i = 0; i < length && domain < LeastDomain; i++)
            domain *= (uint)radix;
        return domain >= LeastDomain;
    }

    /// <summary>Enciphers digits in place.</summary>
    /// <param name="radix">2 to 256 here; each digit is less.</param>
    /// <param name="tweak">Varies the permutation; not secret. May be empty.</param>
    /// <exception cref="ArgumentException">Such a domain is not allowed (<see cref="Allows"/>).</exception>
    public void Encrypt(int radix, ReadOnlySpan<byte> tweak, Span<byte> digits) => Digits<byte>(radix, tweak, digits, forward: true);

    /// <summary>Enciphers digits in place.</summary>
    /// <inheritdoc cref="Encrypt(int, ReadOnlySpan{byte}, Span{byte})"/>
    public void Encrypt(int radix, ReadOnlySpan<byte> tweak, Span<ushort> digits) => Digits<ushort>(radix, tweak, digits, forward: true);

    /// <summary>Deciphers digits in place.</summary>
    /// <inheritdoc cref="Encrypt(int, ReadOnlySpan{byte}, Span{byte})"/>
    public void Decrypt(int radix, ReadOnlySpan<byte> tweak, Span<byte> digits) => Digits<byte>(radix, tweak, digits, forward: false);

    /// <summary>Deciphers digits in place.</summary>
    /// <inheritdoc cref="Encrypt(int, ReadOnlySpan{byte}, Span{byte})"/>
    public void Decrypt(int radix, ReadOnlySpan<byte> tweak, Span<ushort> digits) => Digits<ushort>(radix, tweak, digits, forward: false);

    /// <summary>Where a number of [0, <paramref name="size"/>) goes: FF1 over the texts of 2, 4 or 8 digits of the least radix that has enough of them, again where it leaves the domain (cycle walking).</summary>
    /// <param name="size">At least <see cref="LeastDomain"/>; 0 stands for 2¹²⁸.</param>
    /// <exception cref="ArgumentException">The domain is too small, or the value lies outside.</exception>
    public UInt128 EncryptNumber(UInt128 value, UInt128 size) => Numbers(value, size).Encrypt(value);

    /// <summary>What goes to a number of [0, <paramref name="size"/>).</summary>
    /// <inheritdoc cref="EncryptNumber(UInt128, UInt128)"/>
    public UInt128 DecryptNumber(UInt128 value, UInt128 size) => Numbers(value, size).Decrypt(value);

    /// <summary>As <see cref="EncryptNumber(UInt128, UInt128)"/>, one-to-one too, but no number becomes itself (which one in <paramref name="size"/> does by chance).</summary>
    /// <inheritdoc cref="EncryptNumber(UInt128, UInt128)"/>
    public UInt128 ChangeNumber(UInt128 value, UInt128 size) => Numbers(value, size).Change(value);

    /// <summary>As <see cref="ChangeNumber"/> of two numbers, in less time than one after the other.</summary>
    /// <inheritdoc cref="EncryptNumber(UInt128, UInt128)"/>
    public void ChangeNumbers(ref ulong one, ref ulong other, ulong size) => Numbers(Math.Max(one, other), size).Change(ref one, ref other);

    /// <summary>What <see cref="ChangeNumber"/> makes this number of.</summary>
    /// <inheritdoc cref="EncryptNumber(UInt128, UInt128)"/>
    public UInt128 RestoreNumber(UInt128 value, UInt128 size) => Numbers(value, size).Restore(value);

    /// <summary>The block P enciphered.</summary>
    internal static Vector128<byte> Begin(AesBlock cipher, int radix, int length, int tweakBytes)
    {
        // P = [1][2][1][radix]³[10][u mod 256][n]⁴[t]⁴
        var p = (UInt128)0x010201 << 104 | (UInt128)(uint)radix << 80 | (UInt128)Rounds << 72 | (UInt128)(byte)(length / 2) << 64 | (ulong)(uint)length << 32 | (uint)tweakBytes;
        return cipher.Encrypt(Cmac.Block(p));
    }

    /// <summary>The domain of a size, made ready; those that were used lately are kept.</summary>
    private Ff1Numbers Numbers(UInt128 value, UInt128 size)
    {
        var last = unchecked(size - 1);
        if (last < LeastDomain - 1)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"FF1 needs a domain of at least {LeastDomain} values"), nameof(size));
        if (value > last)
            throw new ArgumentException("the value lies outside of the domain", nameof(value));

        // Threads may each make the same one: it is the same then.
        ref var kept = ref domains[(int)((ulong)last * 0x9E3779B97F4A7C15UL >> 60)];
        if (kept is { } known && known.Size == size)
            return known;
        return kept = new(cipher, size);
    }

    private void Digits<T>(int radix, ReadOnlySpan<byte> tweak, Span<T> digits, bool forward)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!Allows(radix, digits.Length))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"FF1 needs a radix of 2 to {LargestRadix} and at least {LeastDomain} texts of that length; {digits.Length} digits of radix {radix} are too few"), nameof(digits));
        var left = digits[..(digits.Length / 2)];
        var right = digits[(digits.Length / 2)..];
        if (Power(radix, right.Length) is not { } rightPower)
        {
            Long(radix, tweak, digits, forward);
            return;
        }

        // The left half is as long as the right one, or a digit shorter.
        var leftPower = left.Length == right.Length ? rightPower : rightPower / (uint)radix;
        var bytes = (64 - BitOperations.LeadingZeroCount(rightPower - 1) + 7) / 8;
        var state = Start(radix, digits.Length, bytes, tweak);
        var (a, b) = (Number(left, radix), Number(right, radix));
        if (forward)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var power = round % 2 == 0 ? leftPower : rightPower;
                var y = Remainder(state.Round(cipher, round, b), power);
                (a, b) = (b, a >= power - y ? a - (power - y) : a + y);
            }
        }
        else
        {
            for (var round = Rounds - 1; round >= 0; round--)
            {
                var power = round % 2 == 0 ? leftPower : rightPower;
                var y = Remainder(state.Round(cipher, round, a), power);
                (a, b) = (b >= y ? b - y : b + (power - y), a);
            }
        }

        Write(a, left, radix);
        Write(b, right, radix);
    }

    /// <summary>radix^length where it fits into 64 bits.</summary>
    private static ulong? Power(int radix, int length)
    {
        ulong power = 1;
        for (var i = 0; i < length; i++)
        {
            if (power > ulong.MaxValue / (uint)radix)
                return null;
            power *= (uint)radix;
        }

        return power;
    }

    private static ulong Remainder(UInt128 number, ulong by)
    {
        var upper = (ulong)(number >> 64);
        if (upper == 0)
            return (ulong)number % by;
        if (by >> 48 != 0)
            return (ulong)(number % by);

        // 96 bits by less than 48: the platform's 128-bit division is several times slower.
        var lower = (ulong)number;
        var rest = upper % by;
        for (var shift = 48; shift >= 0; shift -= 16)
            rest = (rest << 16 | (lower >> shift & 0xFFFF)) % by;
        return rest;
    }

    private static ulong Number<T>(ReadOnlySpan<T> digits, int radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong number = 0;
        foreach (var digit in digits)
            number = number * (uint)radix + Checked(digit, radix);
        return number;
    }

    private static uint Checked<T>(T digit, int radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        var value = uint.CreateTruncating(digit);
        return value < (uint)radix ? value : throw new ArgumentException("a digit is not less than the radix", nameof(digit));
    }

    private static void Write<T>(ulong number, Span<T> digits, int radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (radix == 10)
        {
            // Division by a constant is a multiplication.
            for (var i = digits.Length - 1; i >= 0; i--)
            {
                var next = number / 10;
                digits[i] = T.CreateTruncating(number - next * 10);
                number = next;
            }

            return;
        }

        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, (uint)radix);
            digits[i] = T.CreateTruncating(digit);
        }
    }

    /// <summary>The block P enciphered, with those blocks of Q that no round changes.</summary>
    private State Start(int radix, int length, int bytes, ReadOnlySpan<byte> tweak)
    {
        var chain = Begin(cipher, radix, length, tweak.Length);
        while (tweak.Length >= AesBlock.Size)
        {
            chain = cipher.Encrypt(chain ^ Vector128.Create(tweak[..AesBlock.Size]));
            tweak = tweak[AesBlock.Size..];
        }

        // The rest of the tweak shares a block with the round and the number where they fit together.
        Span<byte> rest = stackalloc byte[AesBlock.Size];
        rest.Clear();
        tweak.CopyTo(rest);
        var block = Vector128.Create<byte>(rest);
        if (tweak.Length + bytes + 1 > AesBlock.Size)
            (chain, block) = (cipher.Encrypt(chain ^ block), Vector128<byte>.Zero);
        return new(chain ^ block, bytes);
    }

    /// <summary>Numbers that do not fit into 64 bits a half.</summary>
    private void Long<T>(int radix, ReadOnlySpan<byte> tweak, Span<T> digits, bool forward)
        where T : unmanaged, IBinaryInteger<T>
    {
        var left = digits[..(digits.Length / 2)];
        var right = digits[(digits.Length / 2)..];
        var rightPower = BigInteger.Pow(radix, right.Length);
        var leftPower = left.Length == right.Length ? rightPower : rightPower / radix;
        var bytes = ((int)(rightPower - 1).GetBitLength() + 7) / 8;
        var taken = 4 * ((bytes + 3) / 4) + 4;
        var chain = Begin(cipher, radix, digits.Length, tweak.Length);
        var q = new byte[(tweak.Length + 1 + bytes + 15) / 16 * 16];
        tweak.CopyTo(q);
        var s = new byte[(taken + 15) / 16 * 16];
        var (a, b) = (Big(left, radix), Big(right, radix));
        for (var step = 0; step < Rounds; step++)
        {
            var round = forward ? step : Rounds - 1 - step;
            var power = round % 2 == 0 ? leftPower : rightPower;
            if (forward)
            {
                (a, b) = (b, (a + F(round, b)) % power);
            }
            else
            {
                var before = (b - F(round, a)) % power;
                (a, b) = (before.Sign < 0 ? before + power : before, a);
            }
        }

        WriteBig(a, left, radix);
        WriteBig(b, right, radix);

        BigInteger F(int round, BigInteger half)
        {
            var number = q.AsSpan(q.Length - bytes);
            number.Clear();
            half.TryWriteBytes(number[^half.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);
            q[^(bytes + 1)] = (byte)round;
            var r = chain;
            for (var at = 0; at < q.Length; at += AesBlock.Size)
                r = cipher.Encrypt(r ^ Vector128.Create<byte>(q.AsSpan(at, AesBlock.Size)));
            r.CopyTo(s);
            for (var (at, counter) = (AesBlock.Size, 1u); at < s.Length; at += AesBlock.Size, counter++)
                cipher.Encrypt(r ^ Cmac.Block(counter)).CopyTo(s.AsSpan(at));
            return new(s.AsSpan(0, taken), isUnsigned: true, isBigEndian: true);
        }
    }

    private static BigInteger Big<T>(ReadOnlySpan<T> digits, int radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        var number = BigInteger.Zero;
        foreach (var digit in digits)
            number = number * radix + Checked(digit, radix);
        return number;
    }

    private static void WriteBig<T>(BigInteger number, Span<T> digits, int radix)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            number = BigInteger.DivRem(number, radix, out var digit);
            digits[i] = T.CreateTruncating((uint)digit);
        }
    }

    /// <param name="chain">The chain before the last block of Q, combined with what that block holds in every round.</param>
    /// <param name="bytes">b: bytes of a half as a number; at most 8.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct State(Vector128<byte> chain, int bytes)
    {
        private readonly int shift = 128 - 8 * (bytes <= 4 ? 8 : 12);

        /// <summary>y: the first d bytes of the round's output.</summary>
        public UInt128 Round(AesBlock cipher, int round, ulong half) =>
            Cmac.Number(cipher.Encrypt(chain ^ Cmac.Block((UInt128)(uint)round << 8 * bytes | half))) >> shift;
    }
}
