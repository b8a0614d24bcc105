using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TdmPortal.Core.Masking;
using Xunit;

namespace TdmPortal.Tests.Masking;

public sealed class MaskingKeyTests
{
    private const string Message = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
    private const string Key128 = "2b7e151628aed2a6abf7158809cf4f3c";
    private const string Key192 = "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b";
    private const string Key256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    private static readonly MaskingKey Key = MaskingKey.FromBytes(Enumerable.Range(0, 32).Select(one => (byte)one).ToArray());

    private static IEnumerable<AesWay> Ways => Enum.GetValues<AesWay>().Where(way => way == AesWay.Platform || way == AesBlock.Best);

    // FIPS 197, appendix C.
    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f", "69c4e0d86a7b0430d8cdb78070b4c55a")]
    [InlineData("000102030405060708090a0b0c0d0e0f1011121314151617", "dda97ca4864cdfe06eaf70a0ec0d7191")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "8ea2b7ca516745bfeafc49904b496089")]
    public void AesBlock_ExampleOfTheStandard_SameByEveryWay(string key, string cipher)
    {
        foreach (var way in Ways)
            Assert.Equal(cipher, Hex(new AesBlock(Convert.FromHexString(key), way).Encrypt(Vector128.Create(Convert.FromHexString("00112233445566778899aabbccddeeff")))));
    }

    [Fact]
    public void AesBlock_AnyKeyAndBlock_SameByEveryWay() =>
        Prop.ForAll(Arb.From(Gen.Elements(16, 24, 32).SelectMany(size => Gen.ArrayOf(Gen.Choose(0, 255).Select(one => (byte)one), size)).SelectMany(key => Gen.ArrayOf(Gen.Choose(0, 255).Select(one => (byte)one), 16).Select(block => (key, block)))), sample =>
            Assert.Single(Ways.Select(way => Hex(new AesBlock(sample.key, way).Encrypt(Vector128.Create(sample.block)))).Distinct())).QuickCheckThrowOnFailure();

    // RFC 4493, section 4 (AES-128), and NIST SP 800-38B's examples for AES-192 and AES-256.
    [Theory]
    [InlineData(Key128, 0, "bb1d6929e95937287fa37d129b756746")]
    [InlineData(Key128, 16, "070a16b46b4d4144f79bdd9dd04a287c")]
    [InlineData(Key128, 40, "dfa66747de9ae63030ca32611497c827")]
    [InlineData(Key128, 64, "51f0bebf7e3b9d92fc49741779363cfe")]
    [InlineData(Key192, 0, "d17ddf46adaacde531cac483de7a9367")]
    [InlineData(Key192, 16, "9e99a7bf31e710900662f65e617c5184")]
    [InlineData(Key192, 40, "8a1de5be2eb31aad089a82e6ee908b0e")]
    [InlineData(Key192, 64, "a1d5df0eed790f794d77589659f39a11")]
    [InlineData(Key256, 0, "028962f61b7bf89efc6b551f4667d983")]
    [InlineData(Key256, 16, "28a7023f452e8f82bd4bf28d8c37c35c")]
    [InlineData(Key256, 40, "aaf3d8f1de5640c232f5b169b9c911e6")]
    [InlineData(Key256, 64, "e1992190549f6ed5696a2c056c315410")]
    public void Cmac_ExamplesOfTheStandard_SameByEveryWay(string key, int length, string tag)
    {
        foreach (var way in Ways)
            Assert.Equal(tag, Hex(new Cmac(new AesBlock(Convert.FromHexString(key), way)).Of(Convert.FromHexString(Message).AsSpan(0, length))));
    }

    // RFC 5297, appendix A.1.
    [Fact]
    public void Siv_ExampleOfTheStandard_SealsAndOpens()
    {
        var siv = new Siv(Convert.FromHexString("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0"), Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
        var associated = Convert.FromHexString("101112131415161718191a1b1c1d1e1f2021222324252627");
        var text = Convert.FromHexString("112233445566778899aabbccddee");
        var target = new byte[text.Length + Siv.Added];
        siv.Seal(text, associated, target);
        Assert.Equal("85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c", Convert.ToHexStringLower(target));
        var opened = new byte[text.Length];
        Assert.True(siv.TryOpen(target, associated, opened));
        Assert.Equal(text, opened);
    }

    [Fact]
    public void Seal_AnyValue_OpensAgainAndNotWhenChanged() => Prop.ForAll<byte[], int>((value, at) =>
    {
        var target = new byte[value.Length + MaskingKey.SealAdds];
        Key.Seal(value, target);
        var again = new byte[target.Length];
        Key.Seal(value, again);
        Assert.Equal(target, again);
        var opened = new byte[value.Length];
        Assert.True(Key.TryOpen(target, opened));
        Assert.Equal(value, opened);
        Assert.False(Key.Derive("another").TryOpen(target, opened));
        target[Math.Abs(at % target.Length)] ^= 1;
        Assert.False(Key.TryOpen(target, opened));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hmac_IsTheStandardsFormula()
    {
        // RFC 4231, test case 2, shows that the formula below is HMAC-SHA-256; then the key's own is compared with it.
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Convert.ToHexStringLower(Formula("Jefe"u8.ToArray(), "what do ya want for nothing?"u8)));
        Assert.Equal("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", Convert.ToHexStringLower(Formula(Enumerable.Repeat((byte)0x0b, 20).ToArray(), "Hi There"u8)));
        var hash = new byte[32];
        Key.Hmac("anna"u8, hash);
        var bytes = Enumerable.Range(0, 32).Select(one => (byte)one).ToArray();
        Assert.Equal(Formula(HKDF.Expand(HashAlgorithmName.SHA256, bytes, 32, "use hmac"u8.ToArray()), "anna"u8), hash);
    }

    [Fact]
    public void Number_OfAnInteger_IsTheOneOfItsEightBytes() => Prop.ForAll<long>(value =>
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        Assert.Equal(Key.Number(bytes), Key.Number(value));
        var wide = new byte[16];
        BinaryPrimitives.WriteInt128BigEndian(wide, value);
        Assert.Equal(Key.Number(wide), Key.Number((UInt128)(Int128)value));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Number_NothingAllocated()
    {
        var values = new ValueKey(Key, CanonicalForm.Email);
        var sum = Key.Number("warm"u8) ^ values.Number("warm"u8) ^ Key.Ff1.EncryptNumber(7, 1 << 30) ^ values.Draw("warm"u8).Next();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            sum ^= Key.Number(i) ^ values.Number("Anna@Example.org"u8) ^ Key.Ff1.EncryptNumber((UInt128)(uint)i, 1 << 30) ^ values.Draw(i).Next();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(0u, sum);
    }

    [Fact]
    public void Derive_SamePurposeSameKey_AnotherSharesNothing()
    {
        Assert.Equal(Key.Derive("email").Number("a"u8), Key.Derive("email").Number("a"u8));
        Assert.NotEqual(Key.Derive("email").Number("a"u8), Key.Derive("phone").Number("a"u8));
        Assert.NotEqual(Key.Derive("email").Number("a"u8), Key.Number("a"u8));
    }

    [Fact]
    public void Draw_NumbersOfOneValue_AreSpreadAndBelowTheirBound()
    {
        var counts = new int[7];
        for (var value = 0; value < 2000; value++)
        {
            var numbers = Key.Draw(Key.Number(value));
            for (var i = 0; i < 5; i++)
                counts[numbers.Below(7)]++;
            Assert.InRange(numbers.Fraction(), 0, 0.9999999999999999);
        }

        // 10,000 draws, 1,429 each, standard deviation 35.
        Assert.All(counts, count => Assert.InRange(count, 1429 - 210, 1429 + 210));
    }

    private static byte[] Formula(byte[] key, ReadOnlySpan<byte> text)
    {
        var padded = new byte[64];
        key.CopyTo(padded, 0);
        byte[] inner = [.. padded.Select(one => (byte)(one ^ 0x36)), .. text];
        return SHA256.HashData([.. padded.Select(one => (byte)(one ^ 0x5c)), .. SHA256.HashData(inner)]);
    }

    private static string Hex(Vector128<byte> block) => Convert.ToHexStringLower(Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, 16).Select(at => (char)block[at]))));
}
