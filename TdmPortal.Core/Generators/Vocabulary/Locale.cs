
namespace TdmPortal.Core.Generators.Vocabulary;

/// <summary>A locale of the product: where its words come from and which country its places, numbers and accounts belong to.</summary>
/// <param name="Name">As in Bogus: <c>de</c>, <c>pt_BR</c>.</param>
/// <param name="Country">Two-letter code.</param>
/// <param name="Title">For people.</param>
/// <param name="Fallback">The locale whose words are taken where this one has none.</param>
internal sealed record Locale(string Name, string Country, string Title, string? Fallback = null)
{
    public static IReadOnlyList<Locale> All { get; } =
    [
        new("en", "US", "English (United States)"), new("en_GB", "GB", "English (United Kingdom)", "en"), new("en_AU", "AU", "English (Australia)", "en"),
        new("en_CA", "CA", "English (Canada)", "en"), new("en_IND", "IN", "English (India)", "en"), new("en_IE", "IE", "English (Ireland)", "en_GB"),
        new("de", "DE", "German (Germany)"), new("de_AT", "AT", "German (Austria)", "de"), new("de_CH", "CH", "German (Switzerland)", "de"),
        new("fr", "FR", "French (France)"), new("es", "ES", "Spanish (Spain)"), new("es_MX", "MX", "Spanish (Mexico)", "es"),
        new("it", "IT", "Italian (Italy)"), new("nl", "NL", "Dutch (Netherlands)"), new("nl_BE", "BE", "Dutch (Belgium)", "nl"),
        new("pt_PT", "PT", "Portuguese (Portugal)"), new("pt_BR", "BR", "Portuguese (Brazil)", "pt_PT"), new("pl", "PL", "Polish (Poland)"),
        new("cz", "CZ", "Czech (Czechia)"), new("sk", "SK", "Slovak (Slovakia)"), new("hr", "HR", "Croatian (Croatia)"),
        new("ro", "RO", "Romanian (Romania)"), new("sv", "SE", "Swedish (Sweden)"), new("nb_NO", "NO", "Norwegian (Norway)"),
        new("fi", "FI", "Finnish (Finland)"), new("tr", "TR", "Turkish (Türkiye)"), new("ru", "RU", "Russian (Russia)"),
        new("uk", "UA", "Ukrainian (Ukraine)"), new("el", "GR", "Greek (Greece)"), new("ja", "JP", "Japanese (Japan)"),
        new("zh_CN", "CN", "Chinese (China)"), new("ko", "KR", "Korean (Korea)"), new("id_ID", "ID", "Indonesian (Indonesia)"),
    ];

    private static readonly Dictionary<string, Locale> ByName = Names();

    /// <summary>This name, then those it falls back to.</summary>
    public IEnumerable<string> Chain
    {
        get
        {
            for (var locale = this; locale is not null; locale = locale.Fallback is null ? null : ByName[locale.Fallback])
                yield return locale.Name;
        }
    }

    /// <summary>The locale of that name, also in other spellings (<c>de-DE</c>, <c>cs</c>); English where there is none.</summary>
    public static Locale Get(string name) => Find(name) ?? All[0];

    /// <summary>As <see cref="Get"/>, but null where there is none.</summary>
    public static Locale? Find(string name)
    {
        var key = name.Replace('-', '_');
        return ByName.GetValueOrDefault(key) ?? (key.IndexOf('_', StringComparison.Ordinal) is > 0 and var at ? ByName.GetValueOrDefault(key[..at]) : null);
    }

    /// <summary>The locale that a country's own words are in; null where there is none.</summary>
    public static Locale? OfCountry(string country) => All.FirstOrDefault(locale => locale.Country == country);

    private static Dictionary<string, Locale> Names()
    {
        var names = All.ToDictionary(locale => locale.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var locale in All)
            names.TryAdd($"{locale.Name.Split('_')[0]}_{locale.Country}", locale);
        foreach (var (other, name) in new[] { ("cs", "cz"), ("cs_CZ", "cz"), ("pt", "pt_PT"), ("nb", "nb_NO"), ("no", "nb_NO"), ("zh", "zh_CN"), ("id", "id_ID"), ("se", "sv") })
            names.TryAdd(other, names[name]);
        return names;
    }
}
