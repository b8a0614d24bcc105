using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Generators.Addresses;

/// <summary>Reads the argument <c>country</c>.</summary>
internal static class CountryArgument
{
    /// <summary>The country asked for, else the locale's; null, with a problem reported, when there is none of that code.</summary>
    public static Country? Country(this SourceContext context)
    {
        var code = context.OptionalText("country") is { Length: > 0 } given ? given : Locale.Get(context.Locale).Country;
        return Addresses.Country.Find(code) ?? context.Refuse<Country?>("country", $"\"{code}\" is not one of {string.Join(", ", Addresses.Country.All.Select(c => c.Code))}", null);
    }
}
