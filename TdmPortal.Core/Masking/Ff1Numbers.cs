using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Masking;

/// <summary>
/// FF1 over the numbers of [0, size), made ready: a number is written with 2, 4 or 8 digits of the least radix for which there are
/// enough, so that hardly any leaves the domain (at most 1 in 30) and is walked back. Immutable.
/// </summary>
internal sealed class Ff1Numbers
{
    private const int Rounds = 10;

    private readonly AesBlock cipher;
    private readonly Vector128<byte> chain;
    private readonly UInt128 last;

    /// <summary>How many values a half has; 0 stands for 2⁶⁴.</summary>
    private readonly ulong power;
    private readonly ulong reciprocal;
    private readonly int bytes;

    /// <param name="size">At least <see cref="Ff1.LeastDomain"/>; 0 stands for 2¹²⁸.</param>
    public Ff1Numbers(AesBlock cipher, UInt128 size)
    {
        this.cipher = cipher;
        last = unchecked(size - 1);
        var digits = last <= uint.MaxValue ? 2 : last <= ulong.MaxValue ? 4 : 8;
        var radix = Radix(digits);
        ulong half = 1;
        for (var i = 0; i < digits / 2; i++)
            half = unchecked(half * radix);
        power = half;
        bytes = (64 - (int)ulong.LeadingZeroCount(unchecked(half - 1)) + 7) / 8;
        reciprocal = half == 0 ? 0 : ulong.MaxValue / half;
        chain = Ff1.Begin(cipher, (int)radix, digits, 0);
    }

    /// <summary>What the domain's size is.</summary>
    public UInt128 Size => unchecked(last + 1);

    public UInt128 Encrypt(UInt128 value)
    {
        do
            value = Once(value, forward: true);
        while (value > last);
        return value;
    }

    public UInt128 Decrypt(UInt128 value)
    {
        do
            value = Once(value, forward: false);
        while (value > last);
        return value;
    }

    /// <summary>
    /// As <see cref="Encrypt"/>, but no number becomes itself: where a run of numbers would, they and the number behind them take each
    /// other's places in turn. Costs hardly more, as the processor works on both numbers that are looked at side by side.
    /// </summary>
    public UInt128 Change(UInt128 value)
    {
        var before = Before(value);
        UInt128 image, former;
        if (bytes <= 4)
        {
            var (one, other) = Pair((ulong)value, (ulong)before);
            (image, former) = (one <= last ? one : Encrypt(one), other <= last ? other : Encrypt(other));
        }
        else
        {
            (image, former) = (Encrypt(value), Encrypt(before));
        }

        if (image == value)
            return Encrypt(After(value));
        if (former != before)
            return image;
        while (Before(before) is var earlier && Encrypt(earlier) == earlier)
            before = earlier;
        return before;
    }

    /// <summary>As <see cref="Change(UInt128)"/> of two numbers: the processor works on one while it waits for the other's rounds.</summary>
    public void Change(ref ulong one, ref ulong other)
    {
        if (bytes <= 4)
        {
            var (before, former) = ((ulong)Before(one), (ulong)Before(other));
            var (a, b, c, d) = Four(one, before, other, former);
            one = a == one || b == before || a > last || b > last ? (ulong)Change(one) : (ulong)a;
            other = c == other || d == former || c > last || d > last ? (ulong)Change(other) : (ulong)c;
            return;
        }

        (one, other) = ((ulong)Change(one), (ulong)Change(other));
    }

    /// <summary>What <see cref="Change(UInt128)"/> makes this number of.</summary>
    public UInt128 Restore(UInt128 image)
    {
        if (Encrypt(image) == image)
        {
            if (Before(image) is var earlier && Encrypt(earlier) == earlier)
                return earlier;
            while (Encrypt(image) == image)
                image = After(image);
            return image;
        }

        var value = Decrypt(image);
        var before = Before(value);
        return Encrypt(before) == before ? before : value;
    }

    private UInt128 Before(UInt128 value) => value == 0 ? last : value - 1;

    private UInt128 After(UInt128 value) => value == last ? 0 : value + 1;

    private ulong Radix(int digits)
    {
        // The least radix that has enough, by bisection: it is worked out once a domain.
        var (low, high) = (2UL, 65536UL);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Reaches(middle, digits))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private bool Reaches(ulong radix, int digits)
    {
        // radix^digits > last, without leaving 128 bits.
        var left = last;
        for (var i = 0; i < digits; i++)
            left /= radix;
        return left == 0;
    }

    private UInt128 Once(UInt128 value, bool forward)
    {
        var (a, b) = power == 0 ? ((ulong)(value >> 64), (ulong)value)
            : value <= ulong.MaxValue ? Math.DivRem((ulong)value, power) : ((ulong)(value / power), (ulong)(value % power));
        if (forward)
        {
            for (var round = 0; round < Rounds; round++)
                (a, b) = (b, Plus(a, F(round, b)));
        }
        else
        {
            for (var round = Rounds - 1; round >= 0; round--)
                (a, b) = (Minus(b, F(round, a)), a);
        }

        return power == 0 ? new(a, b) : (UInt128)a * power + b;
    }

    /// <summary>Two numbers of at most 64 bits at once: each waits for its own rounds only, so the processor does both in little more than the time of one.</summary>
    private (UInt128 One, UInt128 Other) Pair(ulong one, ulong other)
    {
        var (a, b) = Math.DivRem(one, power);
        var (c, d) = Math.DivRem(other, power);
        for (var round = 0; round < Rounds; round++)
        {
            var number = (ulong)round << 8 * bytes;
            var first = cipher.Encrypt(chain ^ Low(number | b));
            var second = cipher.Encrypt(chain ^ Low(number | d));
            (a, b) = (b, Plus(a, Short(first)));
            (c, d) = (d, Plus(c, Short(second)));
        }

        return ((UInt128)a * power + b, (UInt128)c * power + d);
    }

    /// <summary>As <see cref="Pair"/>, of four.</summary>
    private (UInt128 A, UInt128 B, UInt128 C, UInt128 D) Four(ulong one, ulong two, ulong three, ulong four)
    {
        var (a, b) = Math.DivRem(one, power);
        var (c, d) = Math.DivRem(two, power);
        var (e, f) = Math.DivRem(three, power);
        var (g, h) = Math.DivRem(four, power);
        for (var round = 0; round < Rounds; round++)
        {
            var number = (ulong)round << 8 * bytes;
            var (first, second, third, fourth) = cipher.Encrypt(chain ^ Low(number | b), chain ^ Low(number | d), chain ^ Low(number | f), chain ^ Low(number | h));
            (a, b) = (b, Plus(a, Short(first)));
            (c, d) = (d, Plus(c, Short(second)));
            (e, f) = (f, Plus(e, Short(third)));
            (g, h) = (h, Plus(g, Short(fourth)));
        }

        return ((UInt128)a * power + b, (UInt128)c * power + d, (UInt128)e * power + f, (UInt128)g * power + h);
    }

    private ulong Plus(ulong left, ulong right) => power == 0 || left < power - right ? left + right : left - (power - right);

    private ulong Minus(ulong left, ulong right) => power == 0 || left >= right ? left - right : left + (power - right);

    /// <summary>The round's number modulo the half's power.</summary>
    private ulong F(int round, ulong half)
    {
        if (bytes <= 4)
            return Short(cipher.Encrypt(chain ^ Low((ulong)round << 8 * bytes | half)));
        var y = Cmac.Number(cipher.Encrypt(chain ^ Cmac.Block((UInt128)(uint)round << 8 * bytes | half))) >> 32;
        return power == 0 ? (ulong)y : (ulong)(y % power);
    }

    /// <summary>The first eight bytes modulo the power, by its reciprocal: a division would take as long as half of AES.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Short(Vector128<byte> block)
    {
        var number = BinaryPrimitives.ReverseEndianness(block.AsUInt64()[0]);
        var rest = number - Math.BigMul(number, reciprocal, out _) * power;
        while (rest >= power)
            rest -= power;
        return rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Low(ulong number) => Vector128.Create(0, BinaryPrimitives.ReverseEndianness(number)).AsByte();
}
