using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Phones;

/// <summary>Telephone numbers of a country.</summary>
internal static class PhoneSource
{
    public static ValueSource? Create(SourceContext context, bool mobile)
    {
        var style = context.Option("format");
        if (context.Failed() || context.Country() is not { } country)
            return null;
        return PhoneFormats.Space(country.Code, country.Dial, style, mobile) is { } space
            ? PhraseSource.Create(context, space)
            : context.Refuse<ValueSource?>("country", $"no telephone numbers of {country.Name} are known", null);
    }
}
