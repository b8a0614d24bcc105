using System.Text;
using TdmPortal.Core.PersonalData;
using Xunit;

namespace TdmPortal.Tests.PersonalData;

[Trait("Requirement", "D3")]
public sealed class TextFinderTests
{
    [Theory]
    [InlineData("write to anna.mueller+x@firma-nord.de, please", "email=anna.mueller+x@firma-nord.de")]
    [InlineData("Call me at +49 30 23125 123 tomorrow", "phone=+49 30 23125 123")]
    [InlineData("office (202) 555-0143, ext 12", "phone=(202) 555-0143")]
    [InlineData("202-555-0143", "phone=202-555-0143")]
    [InlineData("Rückruf unter 0171/3920012 erbeten", "phone=0171/3920012")]
    [InlineData("tél. 01 99 00 12 34", "phone=01 99 00 12 34")]
    [InlineData("0043 660 123 45 67", "phone=0043 660 123 45 67")]
    [InlineData("+14155550123", "phone=+14155550123")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00 is mine", "iban=DE89 3704 0044 0532 0130 00")]
    [InlineData("GB82WEST12345698765432", "iban=GB82WEST12345698765432")]
    [InlineData("paid by 4111 1111 1111 1111 12/26", "card=4111 1111 1111 1111")]
    [InlineData("amex 378282246310005", "card=378282246310005")]
    [InlineData("from 203.0.113.77 at night", "ip=203.0.113.77")]
    [InlineData("host 2001:db8::ff00:42:8329 answered", "ip=2001:db8::ff00:42:8329")]
    [InlineData("mac 3c:22:fb:4a:9d:01", "mac=3c:22:fb:4a:9d:01")]
    [InlineData("00-1A-2B-3C-4D-5E", "mac=00-1A-2B-3C-4D-5E")]
    [InlineData("see https://www.linkedin.com/in/anna-mueller.", "url=https://www.linkedin.com/in/anna-mueller")]
    [InlineData("born 12.03.1985 in Wien", "birth_date=12.03.1985|city=Wien")]
    [InlineData("geboren am 1985-03-12", "birth_date=1985-03-12")]
    [InlineData("at 52.5200, 13.4050", "geo=52.5200, 13.4050")]
    [InlineData("spoke with Anna Müller about it", "full_name=Anna Müller")]
    [InlineData("Herr Schmidt hat angerufen", "last_name=Schmidt")]
    [InlineData("Dear Mrs. O'Connor, thanks", "last_name=O'Connor")]
    [InlineData("talked to Jean-Pierre Dupont today", "full_name=Jean-Pierre Dupont")]
    [InlineData("customer is Smith, Robert", "full_name=Smith, Robert")]
    [InlineData("lives at 12 Baker Street, London", "street=12 Baker Street|city=London")]
    [InlineData("Lieferung an Hauptstraße 12a, 10115 Berlin", "street=Hauptstraße 12a|postcode=10115|city=Berlin")]
    [InlineData("12 rue de la Paix, 75002 Paris", "street=12 rue de la Paix|postcode=75002|city=Paris")]
    [InlineData("Via Roma 5 a Milano", "street=Via Roma 5|city=Milano")]
    [InlineData("Calle Mayor, 3", "street=Calle Mayor, 3")]
    [InlineData("password: hunter2!", "password=hunter2!")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE", "secret=AKIAIOSFODNN7EXAMPLE")]
    [InlineData("passport C01X00T47", "passport=C01X00T47")]
    [InlineData("wallet 0x52908400098527886E0F7030069857D2E4169EE7", "wallet=0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("SW1A 1AA", "postcode=SW1A 1AA")]
    public void Find_APiece_IsFoundWithItsKind(string text, string expected) => Assert.Equal(expected, Found(text));

    [Theory]
    [InlineData("219-46-8137", "social_security")] // US
    [InlineData("AB 12 34 56 C", "social_security")] // GB
    [InlineData("NHS number: id 943 476 5919", "national_id")] // GB
    [InlineData("Steuer-ID 86 095 742 719", "tax_id")] // DE
    [InlineData("86095742719", "tax_id")] // DE
    [InlineData("1 84 12 76 451 089 46", "social_security")] // FR
    [InlineData("184127645108946", "social_security")] // FR
    [InlineData("12345678Z", "national_id")] // ES
    [InlineData("X1234567L", "national_id")] // ES
    [InlineData("RSSMRA85T10A562S", "tax_id")] // IT
    [InlineData("PESEL 44051401359", "national_id")] // PL
    [InlineData("BSN 111222333", "national_id")] // NL
    [InlineData("85.07.30-033.28", "national_id")] // BE
    [InlineData("811228-9874", "national_id")] // SE
    [InlineData("131052-308T", "national_id")] // FI
    [InlineData("756.9217.0769.85", "social_security")] // CH
    [InlineData("529.982.247-25", "tax_id")] // BR
    [InlineData("SIN 130 692 544", "social_security")] // CA
    [InlineData("TFN 123 456 782", "tax_id")] // AU
    [InlineData("2341 2341 2346", "national_id")] // IN
    [InlineData("736028/5163", "national_id")] // CZ
    [InlineData("11010519491231002X", "national_id")] // CN
    [InlineData("BOXW310820HNERXN09", "national_id")] // MX
    [InlineData("1234567FA", "tax_id")] // IE
    [InlineData("10000000146", "national_id")] // TR
    [InlineData("1HGCM82633A004352", "vin")]
    public void Find_ANationalNumber_IsFoundByItsCheckDigits(string text, string kind) => Assert.StartsWith(kind + "=", Found(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("123-45-0000")]
    [InlineData("DE88 3704 0044 0532 0130 00")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("12345678A")]
    [InlineData("RSSMRA85T10A562T")]
    [InlineData("131052-308U")]
    [InlineData("756.9217.0769.84")]
    [InlineData("529.982.247-26")]
    [InlineData("2023-01-05 10:22:33.123456")]
    [InlineData("01.02.2023 12:30")]
    [InlineData("version 1.2.3.4")]
    [InlineData("0.123456789")]
    [InlineData("1.234.567,89")]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("order #4512345678, 3 items at 19.99")]
    [InlineData("The quick brown fox jumps over the lazy dog")]
    [InlineData("Handcrafted Granite Chair")]
    [InlineData("Payment received on Monday in May")]
    [InlineData("user@localhost")]
    [InlineData("Ergonomic Cotton Shirt, size XL, price 12.50 EUR")]
    [InlineData("12:34:56")]
    [InlineData("SELECT a::text FROM b")]
    [InlineData("")]
    [InlineData("@@@:::+++((("), InlineData("\u0000\u0001")]
    public void Find_WhatIsNotPersonal_IsLeft(string text) => Assert.Equal("", Found(text));

    [Fact]
    public void Find_BytesThatAreNoText_AreWalkedOver()
    {
        var random = new byte[4096];
        for (var i = 0; i < random.Length; i++)
            random[i] = (byte)((i * 2654435761u) >> 13);
        var found = new List<TextFinding>();
        TextFinder.Default.Find(random, found);
        Assert.All(found, finding => Assert.InRange(finding.Start + finding.Length, 1, random.Length));
    }

    [Fact]
    public void Find_Pieces_AreInOrderAndDoNotOverlap()
    {
        var text = "Dear Anna Müller, Hauptstraße 12, 10115 Berlin, +49 30 23125 123, anna@nord.de, DE89370400440532013000, 4111111111111111, born 12.03.1985"u8;
        var found = new List<TextFinding>();
        TextFinder.Default.Find(text, found);
        Assert.Equal(["full_name", "street", "postcode", "city", "phone", "email", "iban", "card", "birth_date"], found.Select(finding => finding.Kind.Name));
        for (var i = 1; i < found.Count; i++)
            Assert.True(found[i - 1].Start + found[i - 1].Length <= found[i].Start);
    }

    [Fact]
    public void Find_AnyText_AllocatesNothing()
    {
        var text = "Dear Anna Müller, Hauptstraße 12, 10115 Berlin, +49 30 23125 123, anna@nord.de, DE89370400440532013000, 4111111111111111, 2001:db8::1"u8;
        var found = new List<TextFinding>(64);
        TextFinder.Default.Find(text, found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            TextFinder.Default.Find(text, found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Find_OnlySomeKinds_LeavesTheOthers()
    {
        var found = new List<TextFinding>();
        new TextFinder(kinds: ["phone"]).Find("anna@nord.de, +49 30 23125 123"u8, found);
        Assert.Equal("phone", Assert.Single(found).Kind.Name);
    }

    private static string Found(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = new List<TextFinding>();
        TextFinder.Default.Find(bytes, found);
        return string.Join('|', found.Select(finding => $"{finding.Kind.Name}={Encoding.UTF8.GetString(bytes, finding.Start, finding.Length)}"));
    }
}
