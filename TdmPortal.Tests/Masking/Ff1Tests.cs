using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using TdmPortal.Core.Masking;
using Xunit;

namespace TdmPortal.Tests.Masking;

public sealed class Ff1Tests
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const byte StillKey = 0;
    private const int Still = 7976;
    private const string Key128 = "2B7E151628AED2A6ABF7158809CF4F3C";
    private const string Key192 = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F";
    private const string Key256 = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";

    /// <summary>All nine of NIST's sample file for FF1.</summary>
    public static TheoryData<string, int, string, string, string> Samples => new()
    {
        { Key128, 10, "", "0123456789", "2433477484" },
        { Key128, 10, "39383736353433323130", "0123456789", "6124200773" },
        { Key128, 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum" },
        { Key192, 10, "", "0123456789", "2830668132" },
        { Key192, 10, "39383736353433323130", "0123456789", "2496655549" },
        { Key192, 36, "3737373770717273373737", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr" },
        { Key256, 10, "", "0123456789", "6657667009" },
        { Key256, 10, "39383736353433323130", "0123456789", "1001623463" },
        { Key256, 36, "3737373770717273373737", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    [Trait("Requirement", "D3")]
    public void Encrypt_SampleOfTheStandard_GivesItsCiphertextAndBack(string key, int radix, string tweak, string plain, string cipher)
    {
        foreach (var way in Enum.GetValues<AesWay>().Where(way => way == AesWay.Platform || way == AesBlock.Best))
        {
            var ff1 = new Ff1(new AesBlock(Convert.FromHexString(key), way));
            byte[] digits = [.. plain.Select(one => (byte)Alphabet.IndexOf(one, StringComparison.Ordinal))];
            ff1.Encrypt(radix, Convert.FromHexString(tweak), digits);
            Assert.Equal(cipher, string.Concat(digits.Select(one => Alphabet[one])));
            ff1.Decrypt(radix, Convert.FromHexString(tweak), digits);
            Assert.Equal(plain, string.Concat(digits.Select(one => Alphabet[one])));
        }
    }

    [Fact]
    public void Encrypt_AnyRadixLengthAndTweak_IsWhatTheStandardsStepsGive()
    {
        var lengths = Gen.Choose(2, 90);
        Prop.ForAll(Arb.From(Gen.Choose(0, 5).SelectMany(kind => (kind switch
        {
            0 => Gen.Constant(10),
            1 => Gen.Constant(2),
            2 => Gen.Choose(2, 256),
            3 => Gen.Choose(60000, 65536),
            _ => Gen.Choose(2, 65536),
        }).SelectMany(radix => lengths.Where(length => Ff1.Allows(radix, length)).SelectMany(length =>
            Gen.ArrayOf(Gen.Choose(0, radix - 1), length).SelectMany(digits => Gen.ArrayOf(Gen.Choose(0, 255)).Select(tweak => (Radix: radix, Digits: digits, Tweak: tweak))))))), sample =>
        {
            var key = Convert.FromHexString(Key256);
            byte[] tweak = [.. sample.Tweak.Select(one => (byte)one)];
            ushort[] digits = [.. sample.Digits.Select(one => (ushort)one)];
            new Ff1(key).Encrypt(sample.Radix, tweak, digits);
            Assert.Equal(Plainly(key, sample.Radix, tweak, sample.Digits), digits.Select(one => (int)one));
            new Ff1(key).Decrypt(sample.Radix, tweak, digits);
            Assert.Equal(sample.Digits, digits.Select(one => (int)one));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encrypt_NumbersOfADomainThatIsNoPower_IsABijection()
    {
        const int size = 1_000_003;
        var ff1 = new Ff1(Convert.FromHexString(Key256));
        var seen = new bool[size];
        for (var value = 0; value < size; value++)
        {
            var image = ff1.EncryptNumber((UInt128)(uint)value, size);
            Assert.False(seen[(int)image]);
            seen[(int)image] = true;
            if (value % 997 == 0)
                Assert.Equal((UInt128)(uint)value, ff1.DecryptNumber(image, size));
        }
    }

    [Fact]
    public void ChangeNumber_EveryNumber_IsABijectionWithoutFixedPoints()
    {
        const int size = 1_000_000;
        var ff1 = new Ff1([.. Enumerable.Repeat(StillKey, 16)]);
        var seen = new bool[size];
        for (var value = 0; value < size; value++)
        {
            var image = ff1.ChangeNumber((UInt128)(uint)value, size);
            Assert.False(seen[(int)image] || image == (UInt128)(uint)value);
            seen[(int)image] = true;
            if (value % 97 == 0)
                Assert.Equal((UInt128)(uint)value, ff1.RestoreNumber(image, size));
        }

        // Under this key some number would stay where it is; it and its neighbour come back too.
        Assert.Equal((UInt128)Still, ff1.EncryptNumber(Still, size));
        foreach (var value in new UInt128[] { Still - 1, Still, Still + 1, Still + 2 })
            Assert.Equal(value, ff1.RestoreNumber(ff1.ChangeNumber(value, size), size));
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    [InlineData(9_999_999_967)]
    [InlineData(10_000_000_000_000_000_000)]
    public void ChangeNumbers_TwoAtATime_BecomeWhatEachBecomes(ulong size)
    {
        var ff1 = new Ff1([.. Enumerable.Repeat(StillKey, 16)]);
        for (var step = 0UL; step < 500; step++)
        {
            // Beside numbers all over the domain those around the one that would stay where it is.
            var (one, other) = ((Still - 2 + step % 5) % size, step * 0x9E3779B97F4A7C15 % size);
            var (first, second) = (one, other);
            ff1.ChangeNumbers(ref first, ref second, size);
            Assert.Equal((ff1.ChangeNumber(one, size), ff1.ChangeNumber(other, size)), ((UInt128)first, (UInt128)second));
        }
    }

    [Fact]
    public void Encrypt_NumbersOfAnyDomain_StayInsideAndComeBack() =>
        Prop.ForAll(Arb.From(ArbMap.Default.GeneratorFor<ulong>().Two().Two().Select(four => (Number(four.Item1), Number(four.Item2)))), sample =>
        {
            var size = sample.Item1 % 3 == 0 ? sample.Item1 : sample.Item1 >> (int)(sample.Item2 % 108);
            if (size < Ff1.LeastDomain)
                size = 0;
            var value = size == 0 ? sample.Item2 : sample.Item2 % size;
            var ff1 = new Ff1(Convert.FromHexString(Key128));
            var image = ff1.EncryptNumber(value, size);
            Assert.True(size == 0 || image < size);
            Assert.Equal(value, ff1.DecryptNumber(image, size));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10, 5, false)]
    [InlineData(10, 6, true)]
    [InlineData(2, 19, false)]
    [InlineData(2, 20, true)]
    [InlineData(65536, 1, false)]
    [InlineData(65536, 2, true)]
    [InlineData(65537, 2, false)]
    [InlineData(1, 40, false)]
    public void Allows_ByTheNumberOfTexts(int radix, int length, bool allowed)
    {
        Assert.Equal(allowed, Ff1.Allows(radix, length));
        if (!allowed)
            Assert.Throws<ArgumentException>(() => new Ff1(Convert.FromHexString(Key128)).Encrypt(radix, default, new ushort[length]));
    }

    [Fact]
    public void Encrypt_NumberOfASmallDomainOrOutside_IsRefused()
    {
        var ff1 = new Ff1(Convert.FromHexString(Key128));
        Assert.Throws<ArgumentException>(() => ff1.EncryptNumber(5, 999_999));
        Assert.Throws<ArgumentException>(() => ff1.EncryptNumber(1_000_000, 1_000_000));
        Assert.Throws<ArgumentException>(() => ff1.Encrypt(10, default, new byte[] { 1, 2, 3, 4, 5, 6, 10 }));
    }

    private static UInt128 Number((ulong Upper, ulong Lower) halves) => new(halves.Upper, halves.Lower);

    /// <summary>Algorithm 7 of SP 800-38G, step by step.</summary>
    private static int[] Plainly(byte[] key, int radix, byte[] tweak, int[] digits)
    {
        var cipher = new AesBlock(key, AesWay.Platform);
        var (n, t) = (digits.Length, tweak.Length);
        var u = n / 2;
        var v = n - u;
        var (a, b) = (digits[..u], digits[u..]);
        var bits = 0;
        while (BigInteger.Pow(2, bits) < BigInteger.Pow(radix, v))
            bits++;
        var bytes = (bits + 7) / 8;
        var d = 4 * ((bytes + 3) / 4) + 4;
        byte[] p = [1, 2, 1, (byte)(radix >> 16), (byte)(radix >> 8), (byte)radix, 10, (byte)u, .. BigEndian(n, 4), .. BigEndian(t, 4)];
        for (var i = 0; i < 10; i++)
        {
            byte[] q = [.. tweak, .. new byte[(((-t - bytes - 1) % 16) + 16) % 16], (byte)i, .. BigEndian(Value(b), bytes)];
            var r = Vector128<byte>.Zero;
            foreach (var block in p.Concat(q).Chunk(16))
                r = cipher.Encrypt(r ^ Vector128.Create(block));
            var s = new List<byte>(Bytes(r));
            for (var j = 1; s.Count < d; j++)
                s.AddRange(Bytes(cipher.Encrypt(r ^ Vector128.Create(BigEndian(j, 16)))));
            var y = new BigInteger(s.Take(d).ToArray(), isUnsigned: true, isBigEndian: true);
            var m = i % 2 == 0 ? u : v;
            var c = (Value(a) + y) % BigInteger.Pow(radix, m);
            (a, b) = (b, Text(c, m));
        }

        return [.. a, .. b];

        BigInteger Value(int[] text) => text.Aggregate(BigInteger.Zero, (number, digit) => number * radix + digit);

        int[] Text(BigInteger number, int length)
        {
            var text = new int[length];
            for (var i = length - 1; i >= 0; i--, number /= radix)
                text[i] = (int)(number % radix);
            return text;
        }

        static byte[] BigEndian(BigInteger number, int length)
        {
            var all = number.ToByteArray(isUnsigned: true, isBigEndian: true);
            return [.. new byte[Math.Max(0, length - all.Length)], .. all[Math.Max(0, all.Length - length)..]];
        }

        static byte[] Bytes(Vector128<byte> block)
        {
            var bytes = new byte[16];
            block.CopyTo(bytes);
            return bytes;
        }
    }
}
