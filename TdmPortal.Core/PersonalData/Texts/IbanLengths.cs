using TdmPortal.Core.Generators.Finance;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>How long the account numbers of each country are (IBAN registry of SWIFT), and whether their check digits are right (ISO 7064 mod 97-10).</summary>
internal static class IbanLengths
{
    // Those that the generator does not make.
    private const string Others =
        "AD24 AE23 AL28 AZ28 BA20 BH22 BY28 CR22 DO28 EG29 FO18 GE22 GI23 GL18 GT28 IL23 IQ23 IS26 JO30 KW30 KZ20 LB28 LC32 LI21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MU30 PK24 PS29 QA29 RS22 SA24 SC31 SM27 ST25 SV28 TL23 TN24 VA22 VG24 XK20";

    private static readonly byte[] Lengths = Read();

    /// <summary>Characters without blanks; 0 where the country has no such numbers.</summary>
    public static int Of(byte first, byte second) => Lengths[((first - 'A') * 26) + second - 'A'];

    /// <summary>Capital letters and digits, with anything between them.</summary>
    public static bool IsRight(ReadOnlySpan<byte> text)
    {
        // The first four characters go to the end.
        var rest = 0;
        for (var round = 0; round < 2; round++)
        {
            var place = 0;
            foreach (var c in text)
            {
                if (!char.IsAsciiLetterOrDigit((char)c))
                    continue;
                if (place++ < 4 == (round == 1))
                    rest = char.IsAsciiDigit((char)c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + (c & 0x5F) - 'A' + 10) % 97;
            }
        }

        return rest == 1;
    }

    private static byte[] Read()
    {
        var lengths = new byte[26 * 26];
        foreach (var country in IbanFormats.Countries)
            lengths[((country[0] - 'A') * 26) + country[1] - 'A'] = (byte)(IbanFormats.Find(country)!.Length + 4);
        foreach (var entry in Others.Split(' '))
            lengths[((entry[0] - 'A') * 26) + entry[1] - 'A'] = (byte)(((entry[2] - '0') * 10) + entry[3] - '0');
        return lengths;
    }
}
