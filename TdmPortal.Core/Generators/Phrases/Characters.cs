using System.Text;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>A given number of ASCII characters, each from the same alphabet.</summary>
internal sealed class Characters(string alphabet, int length) : TextSpace
{
    public const string Digits = "0123456789";
    public const string FirstDigits = "123456789";
    public const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    public const string Lower = "abcdefghijklmnopqrstuvwxyz";
    public const string Base64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    public const string Vin = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    public const string Password = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#$%&*+-=?@";
    public const string Hex = "0123456789abcdef";

    private readonly byte[] alphabet = Encoding.ASCII.GetBytes(alphabet);

    public override UInt128 Count { get; } = Power((UInt128)alphabet.Length, length);

    public override int MaxBytes => length;

    public override int MaxLength => length;

    public override bool IsFixedSize => true;

    public override int Write(ref Draw draw, Span<byte> target)
    {
        // One draw of 64 bits serves eight characters: 32 bits and a multiplication are even enough for alphabets this small.
        var n = (uint)alphabet.Length;
        ulong bits = 0;
        for (var i = 0; i < length; i++)
        {
            if ((i & 7) == 0)
                bits = draw.Next();
            target[i] = alphabet[(int)Math.BigMul(bits, n, out bits)];
        }

        return length;
    }

    public override int WriteRanked(UInt128 rank, Span<byte> target)
    {
        var n = (UInt128)alphabet.Length;
        for (var i = length - 1; i >= 0; i--)
        {
            (rank, var digit) = UInt128.DivRem(rank, n);
            target[i] = alphabet[(int)digit];
        }

        return length;
    }

    public override bool Contains(byte value) => alphabet.Contains(value);

    private static UInt128 Power(UInt128 n, int exponent)
    {
        UInt128 result = 1;
        for (var i = 0; i < exponent; i++)
            result = Times(result, n);
        return result;
    }
}
