using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Phones;

/// <summary>Telephone numbers in the country's form, from ranges set aside for fiction where a country has them.</summary>
internal static class PhoneGenerators
{
    public static IReadOnlyList<Generator> All { get; } =
    [
        Make("phone.number", "A telephone number in the country's form, from numbers set aside for fiction where there are any.", Kinds.Text,
            [Country, Option("format", "How it is written.", "national", "national", "international", "e164")], "telephone, landline, fax, contact"),
        Make("phone.mobile", "A mobile number in the country's form, from numbers set aside for fiction where there are any.", Kinds.Text,
            [Country, Option("format", "How it is written.", "national", "national", "international", "e164")], "cell, cellphone, handy"),
        Make("phone.countryCode", "The prefix of the place's country, such as +49.", Kinds.Text, [Of], "prefix, dialling code"),
        Words("phone.extension", "An extension of an office.", "!## || !###", "internal number"),
        Make("phone.imei", "The serial number of a mobile phone with its check digit, from the test range.", Kinds.Text, [], "device, handset"),
        Words("phone.model", "A mobile phone that does not exist.", "[phone.maker] [phone.series] #", "device, smartphone"),
    ];
}
