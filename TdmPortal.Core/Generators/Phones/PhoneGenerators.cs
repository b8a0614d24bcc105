using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Phones;

/// <summary>Telephone numbers in the country's form, from ranges set aside for fiction where a country has them.</summary>
internal static class PhoneGenerators
{
    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("phone.number", "A telephone number in the country's form, from numbers set aside for fiction where there are any.", Kinds.Text,
            [OfCountry, Option("format", "How it is written.", "national", "national", "international", "e164")], "telephone, landline, fax, contact") with { Create = static c => PhoneSource.Create(c, mobile: false) },
        Make("phone.mobile", "A mobile number in the country's form, from numbers set aside for fiction where there are any.", Kinds.Text,
            [OfCountry, Option("format", "How it is written.", "national", "national", "international", "e164")], "cell, cellphone, handy") with { Create = static c => PhoneSource.Create(c, mobile: true) },
        Make("phone.countryCode", "The prefix of the place's country, such as +49.", Kinds.Text, [Of], "prefix, dialling code") with { Create = static c => Addresses.AddressSource.Create(c, Addresses.AddressPart.DialCode) },
        Words("phone.extension", "An extension of an office.", "!## || !###", "internal number"),
        Make("phone.imei", "The serial number of a mobile phone with its check digit, from the test range.", Kinds.Text, [], "device, handset") with { Create = static c => Phrases.CheckedSource.Create(c, "00440245#####00", Finance.Checks.Luhn) },
        Words("phone.model", "A mobile phone that does not exist.", "[phone.maker] [phone.series] #", "device, smartphone"),
    ];
}
