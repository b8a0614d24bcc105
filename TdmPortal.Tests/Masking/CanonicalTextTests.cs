using System.Text;
using TdmPortal.Core.Masking;
using Xunit;

namespace TdmPortal.Tests.Masking;

public sealed class CanonicalTextTests
{
    private static readonly MaskingKey Key = MaskingKey.FromBytes(new byte[32]);

    [Theory]
    [InlineData(CanonicalForm.Text, "Anna", "  ANNA ", "anna")]
    [InlineData(CanonicalForm.Text, "Jos\u00e9", "JOSE\u0301", "jos\u00e9")]
    [InlineData(CanonicalForm.Email, "a.b@example.org", "A.B@Example.ORG ", "a.b@example.org")]
    [InlineData(CanonicalForm.Phone, "+49 30 1234567", "0049-30-1234567", "49301234567")]
    [InlineData(CanonicalForm.Phone, "+49 (0)30 1234567", "030 / 1234567", "49301234567")]
    [InlineData(CanonicalForm.Phone, "+49 30 1234567", "+49301234567 x12", "49301234567")]
    [InlineData(CanonicalForm.Code, "DE89 3704 0044 0532 0130 00", "de89370400440532013000", "DE89370400440532013000")]
    [InlineData(CanonicalForm.Number, "42", "00042", "42")]
    [InlineData(CanonicalForm.Number, "1.50", " +1.5", "1.5")]
    [InlineData(CanonicalForm.Number, "-0.0", "0", "0")]
    [InlineData(CanonicalForm.Exact, "Anna", "Anna", "Anna")]
    public void Canonical_SameInThatForm_SameNumber(CanonicalForm form, string one, string other, string canonical)
    {
        var values = new ValueKey(Key, form, "49");
        Span<byte> target = stackalloc byte[200];
        Assert.Equal(canonical, Encoding.UTF8.GetString(target[..values.Canonical(Encoding.UTF8.GetBytes(one), target)]));
        Assert.Equal(canonical, Encoding.UTF8.GetString(target[..values.Canonical(Encoding.UTF8.GetBytes(other), target)]));
        Assert.Equal(values.Number(Encoding.UTF8.GetBytes(one)), values.Number(Encoding.UTF8.GetBytes(other)));
    }

    [Theory]
    [InlineData(CanonicalForm.Exact, "Anna", "anna")]
    [InlineData(CanonicalForm.Text, "Anna", "Ann a")]
    [InlineData(CanonicalForm.Phone, "+49 30 1234567", "+48 30 1234567")]
    [InlineData(CanonicalForm.Number, "42", "-42")]
    [InlineData(CanonicalForm.Number, "4.2", "42")]
    [InlineData(CanonicalForm.Code, "AB-1", "AB-2")]
    public void Canonical_DifferentInThatForm_DifferentNumber(CanonicalForm form, string one, string other)
    {
        var values = new ValueKey(Key, form, "49");
        Assert.NotEqual(values.Number(Encoding.UTF8.GetBytes(one)), values.Number(Encoding.UTF8.GetBytes(other)));
    }

    [Fact]
    public void Number_IntegerAndTextThatSaysIt_AreTheSame()
    {
        var values = new ValueKey(Key, CanonicalForm.Number);
        Assert.Equal(values.Number(-42), values.Number("-00042 "u8));
        Assert.Equal(values.Number(long.MaxValue), values.Number("9223372036854775807"u8));
    }

    [Theory]
    [InlineData("(212) 555-0134", "1 212 555 0134")]
    [InlineData("+1 212-555-0134", "212.555.0134")]
    public void Phone_NorthAmerican_SameWithAndWithoutItsPrefix(string one, string other)
    {
        var values = new ValueKey(Key, CanonicalForm.Phone, "1");
        Assert.Equal(values.Number(Encoding.UTF8.GetBytes(one)), values.Number(Encoding.UTF8.GetBytes(other)));
    }

    [Theory]
    [InlineData("ANNA", "Mary", "MARY")]
    [InlineData("anna", "Mary", "mary")]
    [InlineData("Anna", "Mary", "Mary")]
    [InlineData("A", "Mary", "Mary")]
    [InlineData("12", "Mary", "Mary")]
    [InlineData("ÉVA", "José Müller", "JOSÉ MÜLLER")]
    public void Like_OwnCase_IsKept(string original, string masked, string expected)
    {
        var text = Encoding.UTF8.GetBytes(masked);
        LetterCase.Like(Encoding.UTF8.GetBytes(original), text);
        Assert.Equal(expected, Encoding.UTF8.GetString(text));
    }
}
