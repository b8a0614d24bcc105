namespace TdmPortal.Core.Masking;

/// <summary>The prefix of phone numbers by locale (ITU-T E.164, list of assigned country codes), for those that are written without it.</summary>
internal static class CallingCodes
{
    private static readonly Dictionary<string, string> ByCountry = new(StringComparer.OrdinalIgnoreCase)
    {
        ["US"] = "1", ["CA"] = "1", ["GB"] = "44", ["IE"] = "353", ["AU"] = "61", ["NZ"] = "64", ["ZA"] = "27", ["NG"] = "234", ["GH"] = "233", ["IN"] = "91",
        ["DE"] = "49", ["AT"] = "43", ["CH"] = "41", ["FR"] = "33", ["BE"] = "32", ["NL"] = "31", ["ES"] = "34", ["MX"] = "52", ["IT"] = "39", ["PT"] = "351", ["BR"] = "55",
        ["PL"] = "48", ["CZ"] = "420", ["SK"] = "421", ["HR"] = "385", ["RO"] = "40", ["NO"] = "47", ["SE"] = "46", ["FI"] = "358", ["DK"] = "45", ["TR"] = "90",
        ["RU"] = "7", ["UA"] = "380", ["GR"] = "30", ["HU"] = "36", ["JP"] = "81", ["KR"] = "82", ["CN"] = "86", ["TW"] = "886", ["ID"] = "62", ["VN"] = "84", ["IL"] = "972",
        ["IR"] = "98", ["SA"] = "966", ["AE"] = "971", ["AZ"] = "994", ["GE"] = "995", ["LV"] = "371", ["LT"] = "370", ["EE"] = "372", ["NP"] = "977",
    };

    // Languages that are written without a country, where one is meant.
    private static readonly Dictionary<string, string> ByLanguage = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "US", ["de"] = "DE", ["fr"] = "FR", ["es"] = "ES", ["it"] = "IT", ["nl"] = "NL", ["pl"] = "PL", ["cs"] = "CZ", ["cz"] = "CZ", ["sk"] = "SK", ["hr"] = "HR",
        ["ro"] = "RO", ["nb"] = "NO", ["sv"] = "SE", ["fi"] = "FI", ["da"] = "DK", ["tr"] = "TR", ["ru"] = "RU", ["uk"] = "UA", ["el"] = "GR", ["hu"] = "HU", ["ja"] = "JP",
        ["ko"] = "KR", ["zh"] = "CN", ["id"] = "ID", ["vi"] = "VN", ["he"] = "IL", ["fa"] = "IR", ["ar"] = "SA", ["az"] = "AZ", ["ge"] = "GE", ["lv"] = "LV", ["pt"] = "PT",
    };

    /// <summary>Digits, without a plus; empty where the locale names no country that is known.</summary>
    public static string Of(string locale)
    {
        var parts = locale.Split('_', '-');
        var country = parts.Length > 1 && ByCountry.ContainsKey(parts[^1]) ? parts[^1] : ByLanguage.GetValueOrDefault(parts[0]);
        return country is null ? "" : ByCountry[country];
    }
}
