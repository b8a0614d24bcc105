using System.Runtime.InteropServices;

namespace TdmPortal.Core.Masking;

/// <summary>
/// As many pseudo-random numbers as are wanted out of one: AES in counter mode from where that one points to, under a key of its own.
/// Taking one gives the next; a copy gives the same ones again.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public struct KeyedNumbers
{
    private readonly AesBlock cipher;
    private UInt128 counter;
    private ulong left;
    private bool half;

    internal KeyedNumbers(AesBlock cipher, UInt128 seed)
    {
        this.cipher = cipher;
        counter = seed;
    }

    /// <summary>The next number, any of 64 bits.</summary>
    public ulong Next()
    {
        if (half)
        {
            half = false;
            return left;
        }

        var block = Cmac.Number(cipher.Encrypt(Cmac.Block(counter++)));
        (left, half) = ((ulong)block, true);
        return (ulong)(block >> 64);
    }

    /// <summary>The next number below <paramref name="size"/>; none is likelier than another by more than size / 2⁶⁴.</summary>
    public ulong Below(ulong size) => Math.BigMul(Next(), size, out _);

    /// <summary>The next number of [0, 1).</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));
}
