using System.Globalization;
using System.Text;
using TdmPortal.Core.Generators.Finance;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Masking.Maskers;

/// <summary>Different originals of the kind that a masker is for.</summary>
internal static class MaskerValues
{
    public static string[] Of(MaskerDefinition masker, int count) => [.. Enumerable.Range(1, count).Select(i => One(masker, i))];

    private static string One(MaskerDefinition masker, int i) => masker.Name switch
    {
        "email" => Invariant($"anna.miller{i}@acme{i % 7}.com"),
        "phone" => Invariant($"+49 171 {i * 37 % 10_000_000:0000000}"),
        "card" => Card(i),
        "iban" => Iban(i),
        "ip" => Invariant($"{10 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}.{i % 200}"),
        "mac" => Invariant($"00:1A:2B:{(i >> 16) & 255:X2}:{(i >> 8) & 255:X2}:{i & 255:X2}"),
        "vin" => Invariant($"1M8GDM9AXKP{i:000000}"),
        "first_name" => ((string[])["Anna", "John", "Maria", "Peter", "Zoë", "Jean-Luc"])[i % 6],
        "last_name" => ((string[])["Miller", "Smith", "Müller", "O'Neil", "García"])[i % 5],
        "full_name" => ((string[])["Anna Miller", "Dr. John Smith", "Müller, Peter"])[i % 3],
        "initials" => "A.M.",
        "free_text" => Invariant($"Wrote to anna{i}@acme.com"),
        "json" => Invariant($$"""{"name":"Anna","mail":"anna{{i}}@acme.com"}"""),
        "rank" => Invariant($"{i * 10}"),
        "url" => Invariant($"https://www.acme.com/users/{i}"),
        "geo" => Invariant($"{i % 90}.520008"),
        _ => masker.Types[0] switch
        {
            FieldType.Integer or FieldType.Decimal or FieldType.Double => i.ToString(CultureInfo.InvariantCulture),
            FieldType.Boolean => i % 3 == 0 ? "true" : "false",
            FieldType.Date => DateTime.UnixEpoch.AddDays(i % 20_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldType.Time => Invariant($"{i % 24:00}:{i % 60:00}:00"),
            FieldType.Timestamp => DateTime.UnixEpoch.AddMinutes(i * 17L).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            FieldType.Uuid => Invariant($"{i:x8}-4f89-41d3-9a0c-0305e82c3301"),
            FieldType.Json => Invariant($$"""{"a":{{i}}}"""),
            _ => Invariant($"AB-{i:0000000}"),
        },
    };

    private static string Card(int i)
    {
        var text = Encoding.ASCII.GetBytes(Invariant($"411111{i:000000000}0"));
        Checks.Luhn(text);
        return Encoding.ASCII.GetString(text);
    }

    private static string Iban(int i)
    {
        var text = Encoding.ASCII.GetBytes(Invariant($"DE0037040044{i:0000000000}"));
        IbanSource.WriteCheck(text);
        return Encoding.ASCII.GetString(text);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
